// Generated from crates/service/src/surfaces/wire.rs.

export type SessionState = { "status": "signed_in" } & SignedInState | { "status": "signed_out", 
/**
 * How the session ended that this browser had here, if it had one. Nothing personal.
 */
ended: EndedState | null, } | { "status": "refused" } & RefusedState;

export type SignedInState = { 
/**
 * The browser session.
 */
session: string, 
/**
 * The surface that answers.
 */
surface: Surface, 
/**
 * Since when the session lasts.
 */
since: string, 
/**
 * Who.
 */
person: PersonState, 
/**
 * Whose employee.
 */
organization: OrganizationState, 
/**
 * Where the other surfaces are.
 */
surfaces: SurfaceAddresses, 
/**
 * The call of this browser session, if there is one.
 */
call: CallState | null, 
/**
 * The end that waits for the call, if one does.
 */
ending: EndingState | null, 
/**
 * What the organization wants of surfaces.
 */
policy: PolicyState, };

export type RefusedState = { 
/**
 * Why not.
 */
why: RefusedWhy, 
/**
 * Who.
 */
person: PersonState, 
/**
 * Whose employee.
 */
organization: OrganizationState, 
/**
 * Where else to go.
 */
surfaces: SurfaceAddresses, 
/**
 * The names of people to ask.
 */
ask: Array<string>, };

export type RefusedWhy = "role" | "organization";

export type PersonState = { 
/**
 * Which one.
 */
id: string, 
/**
 * The name.
 */
name: string, 
/**
 * The address.
 */
email: string, 
/**
 * What the person may do.
 */
role: Role, };

export type OrganizationState = { 
/**
 * Which one.
 */
id: string, 
/**
 * Its name.
 */
name: string, };

export type SurfaceAddresses = { 
/**
 * Workspace in the browser.
 */
workspace: string, 
/**
 * The Dashboard; `null` for a person whom it would refuse.
 */
dashboard: string | null, 
/**
 * The widget.
 */
cti: string, 
/**
 * The account pages.
 */
account: string, };

export type CallState = { 
/**
 * Where.
 */
surface: Surface, 
/**
 * Since when.
 */
since: string, };

export type EndingState = { 
/**
 * When it comes at the latest.
 */
at: string, 
/**
 * Why.
 */
reason: EndReason, 
/**
 * Whether it comes as soon as the call is over.
 */
after_call: boolean, };

export type EndedState = { 
/**
 * Why.
 */
reason: EndReason, 
/**
 * Where the person was, if a person ended it.
 */
surface: Surface | null, 
/**
 * When.
 */
at: string, };

export type PolicyState = { 
/**
 * What the widget does when the CRM's person is another one.
 */
crm_mismatch: CrmMismatch, 
/**
 * Whether a sign-out on a surface ends the person's other browsers too (rule 1).
 */
sign_out_ends_all_browsers: boolean, };

export type CrmMismatch = "warn" | "block";

export type SignOut = { 
/**
 * When, for a person who was asked; without it a call is in the way (409, UL-1310).
 */
when: SignOutWhen | null, };

export type SignOutWhen = "now" | "after_call";

export type SignOutAnswer = { "status": "signed_out" } | { "status": "after_call", 
/**
 * The call, if it is not over already.
 */
call: CallState | null, };

export type CallReport = { 
/**
 * Which call; chosen by the page.
 */
call: string, 
/**
 * Whether it goes on.
 */
active: boolean, };

export type AvailabilityState = { 
/**
 * Whether the person takes calls.
 */
availability: Availability, };

export type Availability = "available" | "busy" | "away";

export type Changed = { 
/**
 * What is not as it was.
 */
what: ChangedWhat, };

export type ChangedWhat = "call" | "availability" | "ending" | "session";

export type StreamPlace = { 
/**
 * Where the sequence stands.
 */
sequence: number, };

export type ProblemAnswer = { 
/**
 * Its stable code.
 */
code: string, 
/**
 * What happened and what to do, in one sentence.
 */
message: string, 
/**
 * The field that it is about, if it is about one.
 */
field?: string, 
/**
 * The call that is in the way (UL-1310).
 */
call?: CallState, };

export type EmbeddingHost = { 
/**
 * The organization's list; exact origins, or a leading wildcard label.
 */
origins: Array<string>, };

export type EmbeddingAttempt = { 
/**
 * Its name; no secret.
 */
attempt: string, 
/**
 * The window's address.
 */
window: string, 
/**
 * What the frame hands to the window that it opened.
 */
hand: string, 
/**
 * What the frame waits with.
 */
wait: string, };

export type EmbeddingWait = { 
/**
 * The frame's own secret.
 */
wait: string, };

export type EmbeddingWaitAnswer = { "status": "waiting" } | { "status": "signed_in" };

export type WindowConfirm = { 
/**
 * The attempt.
 */
attempt: string, 
/**
 * What the frame handed over.
 */
hand: string, };

export type WindowNext = { 
/**
 * Where the window goes on.
 */
next: string, };

export type SessionEvent = { 
/**
 * Its place in the service's sequence; a stream resumes after it. Never reused, always
 * rising.
 */
sequence: number, 
/**
 * Whose session.
 */
user: UserId, 
/**
 * Which session.
 */
session: SessionId, 
/**
 * Its kind.
 */
kind: Kind, 
/**
 * When.
 */
at: string, 
/**
 * Where the person was when it happened, if a person did it.
 */
surface?: Surface | null, 
/**
 * The session's device, in words ("Chromium on Linux", "Mira's laptop").
 */
device: string, } & ({ "what": "started" } | { "what": "renewed" } | { "what": "ended", 
/**
 * Why.
 */
reason: EndReason, });

export type What = { "what": "started" } | { "what": "renewed" } | { "what": "ended", 
/**
 * Why.
 */
reason: EndReason, };

export type EndReason = "signed_out" | "signed_out_on_desktop" | "ended_by_user" | "signed_out_everywhere" | "ended_by_admin" | "user_disabled" | "user_deprovisioned" | "password_changed" | "second_factor_changed" | "policy_tightened" | "token_replayed" | "idle_too_long" | "too_old";

export type Kind = "browser" | "desktop";

export type Surface = "workspace" | "dashboard" | "cti" | "desktop" | "account";

export type Role = "agent" | "supervisor" | "admin";

export type SessionId = string;

export type UserId = string;
