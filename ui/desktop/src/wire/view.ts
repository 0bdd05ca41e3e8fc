// What the window is given. Generated from src-tauri/view.rs.

export type View = { 
/**
 * What the app is doing; decides the screen.
 */
screen: Screen, 
/**
 * Who is signed in, or was until now.
 */
person: PersonShown | null, 
/**
 * The identity provider, as a person reads it: host and port, and a path where there is one.
 */
issuer: string, 
/**
 * The sign-in under way.
 */
attempt: AttemptShown | null, 
/**
 * Something that the person should know.
 */
notice: NoticeShown | null, 
/**
 * What happened to the person's other sessions, newest first.
 */
activity: Array<ActivityShown>, 
/**
 * Whether session events arrive.
 */
bridge: BridgeShown, 
/**
 * Since when the session lasts.
 */
session_since: number | null, 
/**
 * When it ended, where it did not end by a sign-out here.
 */
ended_at: number | null, 
/**
 * When it was last renewed.
 */
last_renewed: number | null, 
/**
 * A sign-out that the service has not been told of yet.
 */
sign_out_owed: boolean, 
/**
 * Where else the person is signed in, last used first; absent until that is known, and where
 * the issuer does not say.
 */
elsewhere: Array<ElsewhereShown> | null, 
/**
 * What can be opened in the browser.
 */
pages: PagesShown, 
/**
 * This computer's name.
 */
device: string, 
/**
 * The app's version.
 */
version: string, 
/**
 * For advice that differs.
 */
platform: Platform, };

export type Screen = { "name": "starting" } | { "name": "signed_out" } | { "name": "waiting_for_browser" } | { "name": "exchanging" } | { "name": "signed_in", 
/**
 * Whether the service confirms it.
 */
connection: ConnectionShown, } | { "name": "keychain_unavailable" } | { "name": "record_unreadable", 
/**
 * A newer version of this app wrote it, and can still use it.
 */
newer: boolean, } | { "name": "settings_unusable" } | { "name": "ended", 
/**
 * Why.
 */
reason: MessageShown, };

export type ConnectionShown = "connecting" | "online" | "offline";

export type PersonShown = { 
/**
 * Name.
 */
name: string, 
/**
 * Email address.
 */
email: string | null, 
/**
 * The organization's name.
 */
organization: string | null, 
/**
 * The role, as the issuer names it.
 */
role: string | null, };

export type AttemptShown = { 
/**
 * The address for another browser.
 */
address: string | null, 
/**
 * When it ends by itself.
 */
deadline: number, 
/**
 * It comes back over a loopback address.
 */
loopback: boolean, 
/**
 * The app chose that way itself: another program opens its links.
 */
scheme_taken: boolean, };

export type NoticeShown = { 
/**
 * Stable code.
 */
code: string, 
/**
 * What to say.
 */
message: MessageShown, };

export type MessageShown = { 
/**
 * The message's name.
 */
key: string, 
/**
 * Pairs of name and value.
 */
arguments: Array<[string, string]>, };

export type ActivityShown = { 
/**
 * When.
 */
at: number, 
/**
 * Why it ended; absent when it started.
 */
ended: EndReason | null, 
/**
 * The kind of that session.
 */
kind: Kind, 
/**
 * Where the person did it.
 */
surface: Surface | null, 
/**
 * That session's device.
 */
device: string, };

export type BridgeShown = "absent" | "live" | "reconnecting";

export type ElsewhereShown = { 
/**
 * Its kind.
 */
kind: Kind, 
/**
 * Its device.
 */
device: string, 
/**
 * The operating system; empty where it is not known.
 */
platform: string, 
/**
 * Where that is, as far as the service knows.
 */
place: string | null, 
/**
 * Since when.
 */
since: number, 
/**
 * When it was last used.
 */
last_used: number, };

export type PagesShown = { 
/**
 * Sessions and devices.
 */
sessions: boolean, 
/**
 * Workspace in the browser.
 */
workspace: boolean, 
/**
 * The Dashboard, where the person may see it.
 */
dashboard: boolean, };

export type Platform = "linux" | "macos" | "windows";

export type EndReason = "signed_out" | "signed_out_on_desktop" | "ended_by_user" | "signed_out_everywhere" | "ended_by_admin" | "user_disabled" | "user_deprovisioned" | "password_changed" | "second_factor_changed" | "policy_tightened" | "token_replayed" | "idle_too_long" | "too_old";

export type Kind = "browser" | "desktop";

export type Surface = "workspace" | "dashboard" | "cti" | "desktop" | "account";
