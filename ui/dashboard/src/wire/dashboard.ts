// Generated from crates/service/src/dashboard/wire.rs.

export type People = { 
/**
 * By name; invited people come last.
 */
people: Array<PersonShown>, 
/**
 * Whether there are more than can be shown: search for somebody.
 */
more: boolean, };

export type PersonShown = { 
/**
 * Which one; of an invited person, which invitation.
 */
id: string, 
/**
 * The name; of an invited person it may be empty.
 */
name: string, 
/**
 * The address.
 */
email: string, 
/**
 * What the person may do.
 */
role: Role, 
/**
 * Whether the person may sign in.
 */
status: PersonStatus, 
/**
 * The person's team.
 */
team: TeamName | null, 
/**
 * How many sessions are live.
 */
live_sessions: number, 
/**
 * When one of them was last used.
 */
last_used: string | null, };

export type PersonStatus = "active" | "disabled" | "invited";

export type PersonName = { 
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
email: string, };

export type InvitePerson = { 
/**
 * The address.
 */
email: string, 
/**
 * The name; the person may choose another.
 */
name?: string | null, 
/**
 * What the person will be.
 */
role: Role, 
/**
 * The team.
 */
team?: string | null, };

export type Invited = { 
/**
 * The person as listed from now on.
 */
person: PersonShown, };

export type ChangePerson = { 
/**
 * What the person may do from now on.
 */
role: Role, 
/**
 * The person's team; `null`: none.
 */
team: string | null, 
/**
 * An Admin who gives up the own role has been told what that means.
 */
even_myself?: boolean, };

export type Teams = { 
/**
 * By name.
 */
teams: Array<Team>, };

export type Team = { 
/**
 * Which one.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Who is in it.
 */
members: Array<PersonName>, 
/**
 * The Supervisors who lead it.
 */
leaders: Array<PersonName>, };

export type TeamName = { 
/**
 * Which one.
 */
id: string, 
/**
 * Its name.
 */
name: string, };

export type TeamFields = { 
/**
 * Its name.
 */
name: string, 
/**
 * Who is in it; a person leaves another team for it. Without it: as it was.
 */
members?: Array<string>, 
/**
 * Which Supervisors lead it. Without it: as it was.
 */
leaders?: Array<string>, };

export type LiveSessions = { 
/**
 * Of all people for an Admin, of the own teams' for a Supervisor.
 */
sessions: Array<LiveSession>, 
/**
 * What to send as `cursor` for the next page, if there is one.
 */
next: string | null, };

export type LiveSession = { 
/**
 * Which one.
 */
id: string, 
/**
 * Whose.
 */
person: PersonName, 
/**
 * A browser or the desktop app.
 */
kind: Kind, 
/**
 * The device's name.
 */
device: string, 
/**
 * The operating system; may be empty.
 */
platform: string, 
/**
 * The browser, or the app and its version.
 */
agent: string, 
/**
 * The address it was last used from.
 */
address: string, 
/**
 * Where that is, if it is known.
 */
place: string | null, 
/**
 * When it began.
 */
since: string, 
/**
 * When it was last used.
 */
last_used: string, 
/**
 * Whether it is the one that asks.
 */
this: boolean, 
/**
 * Whether it is on a call.
 */
on_call: boolean, 
/**
 * Whether it ends as soon as the call is over.
 */
ending: boolean, 
/**
 * Whether the person who asks may end it.
 */
may_end: boolean, };

export type EndWhen = { 
/**
 * At once, also during a call; otherwise when the call is over.
 */
now: boolean, 
/**
 * An Admin who ends the own sessions, or disables the own account, has been told.
 */
even_myself?: boolean, };

export type Ended = { 
/**
 * So many have ended.
 */
ended: number, 
/**
 * So many are on a call and end when it is over.
 */
after_call: number, };

export type CrmOrigins = { 
/**
 * The widget's address for each CRM.
 */
widget: CrmWidgets, 
/**
 * `HubSpot`.
 */
hubspot: Array<string>, 
/**
 * Zendesk.
 */
zendesk: Array<string>, 
/**
 * Salesforce.
 */
salesforce: Array<string>, };

export type CrmOriginsFields = { 
/**
 * `HubSpot`.
 */
hubspot: Array<string>, 
/**
 * Zendesk.
 */
zendesk: Array<string>, 
/**
 * Salesforce.
 */
salesforce: Array<string>, };

export type CrmWidgets = { 
/**
 * `HubSpot`.
 */
hubspot: string, 
/**
 * Zendesk.
 */
zendesk: string, 
/**
 * Salesforce.
 */
salesforce: string, };

export type Clients = { 
/**
 * By name.
 */
clients: Array<ClientShown>, };

export type ClientShown = { 
/**
 * The `client_id`.
 */
id: string, 
/**
 * Whether it has a secret.
 */
secret_set: boolean, 
/**
 * When it was registered.
 */
created_at: string, 
/**
 * How its logout tokens fare.
 */
deliveries: Deliveries, 
/**
 * Its name for people.
 */
name: string, 
/**
 * Where answers may be sent; compared exactly.
 */
redirect_uris: Array<string>, 
/**
 * Where a person may be sent after signing out.
 */
post_logout_redirect_uris: Array<string>, 
/**
 * How it authenticates at the token endpoint.
 */
token_endpoint_auth_method: TokenEndpointAuth, 
/**
 * What its ID tokens are signed with.
 */
id_token_signed_response_alg: SigningAlgorithm, 
/**
 * Whether it must push its requests first (RFC 9126).
 */
require_pushed_authorization_requests: boolean, 
/**
 * Where it is told of sign-outs (OpenID Connect Back-Channel Logout 1.0 §2.2).
 */
backchannel_logout_uri: string | null, 
/**
 * Whether it needs to be told which session.
 */
backchannel_logout_session_required: boolean, };

export type ClientFields = { 
/**
 * Its name for people.
 */
name: string, 
/**
 * Where answers may be sent; compared exactly.
 */
redirect_uris: Array<string>, 
/**
 * Where a person may be sent after signing out.
 */
post_logout_redirect_uris: Array<string>, 
/**
 * How it authenticates at the token endpoint.
 */
token_endpoint_auth_method: TokenEndpointAuth, 
/**
 * What its ID tokens are signed with.
 */
id_token_signed_response_alg: SigningAlgorithm, 
/**
 * Whether it must push its requests first (RFC 9126).
 */
require_pushed_authorization_requests: boolean, 
/**
 * Where it is told of sign-outs (OpenID Connect Back-Channel Logout 1.0 §2.2).
 */
backchannel_logout_uri: string | null, 
/**
 * Whether it needs to be told which session.
 */
backchannel_logout_session_required: boolean, };

export type ClientCreated = { 
/**
 * The client.
 */
client: ClientShown, 
/**
 * Its secret, shown this once; `null` for a public client.
 */
secret: string | null, };

export type ClientSecret = { 
/**
 * The new secret, shown this once.
 */
secret: string, };

export type TokenEndpointAuth = "none" | "client_secret_basic" | "client_secret_post";

export type SigningAlgorithm = "ES256" | "RS256";

export type Deliveries = { 
/**
 * So many were not taken so far, and are tried again.
 */
failing: number, 
/**
 * So many it will not be told of any more.
 */
given_up: number, 
/**
 * What the client answered last.
 */
last_error: string | null, 
/**
 * When the next try is made.
 */
next_try: string | null, };

export type Audit = { 
/**
 * The entries.
 */
entries: Array<AuditShown>, 
/**
 * What to send as `cursor` for the next page, if there is one.
 */
next: string | null, };

export type AuditShown = { 
/**
 * When.
 */
at: string, 
/**
 * Who.
 */
actor: ActorShown, 
/**
 * What, as a stable dotted word.
 */
action: string, 
/**
 * About whom, if anyone.
 */
subject: PersonName | null, 
/**
 * About which session, if any.
 */
session: string | null, 
/**
 * On which surface, if any.
 */
surface: Surface | null, 
/**
 * From which address, if any.
 */
address: string | null, 
/**
 * Why, as a stable word, if it has a reason.
 */
reason: string | null, };

export type ActorShown = { 
/**
 * A person, or what else.
 */
kind: ActorKind, 
/**
 * Which person.
 */
id: string | null, 
/**
 * The person's name.
 */
name: string | null, };

export type ActorKind = "person" | "anonymous" | "operator" | "service";

export type Settings = { 
/**
 * Its name.
 */
name: string, 
/**
 * Whether a sign-out in one browser ends the person's other browser sessions (rule 1).
 */
sign_out_ends_all_browsers: boolean, 
/**
 * Days until an unused browser session ends: 1 to 30.
 */
browser_idle_days: number, 
/**
 * Days until any browser session ends: 1 to 180.
 */
browser_absolute_days: number, 
/**
 * Days until an unused desktop session ends: 1 to 90.
 */
desktop_idle_days: number, 
/**
 * What the widget does when the CRM's person is another one.
 */
crm_mismatch: CrmMismatch, };

export type SettingsFields = { 
/**
 * Whether a sign-out in one browser ends the person's other browser sessions (rule 1).
 */
sign_out_ends_all_browsers: boolean, 
/**
 * Days until an unused browser session ends: 1 to 30.
 */
browser_idle_days: number, 
/**
 * Days until any browser session ends: 1 to 180.
 */
browser_absolute_days: number, 
/**
 * Days until an unused desktop session ends: 1 to 90.
 */
desktop_idle_days: number, 
/**
 * What the widget does when the CRM's person is another one.
 */
crm_mismatch: CrmMismatch, };

export type CrmMismatch = "warn" | "block";

export type Kind = "browser" | "desktop";

export type Role = "agent" | "supervisor" | "admin";

export type Surface = "workspace" | "dashboard" | "cti" | "desktop" | "account";
