// placeholder until generated
export type View = { screen: Screen, person: PersonShown | null, issuer: string, attempt: AttemptShown | null, notice: NoticeShown | null, activity: Array<ActivityShown>, bridge: BridgeShown, session_since: number | null, last_renewed: number | null, sign_out_owed: boolean, sessions_page: boolean, device: string, version: string, platform: Platform, };
export type Screen = { "name": "starting" } | { "name": "signed_out" } | { "name": "waiting_for_browser" } | { "name": "exchanging" } | { "name": "signed_in", connection: ConnectionShown, } | { "name": "keychain_unavailable" } | { "name": "ended", reason: MessageShown, };
export type ConnectionShown = "connecting" | "online" | "offline";
export type PersonShown = { name: string, email: string | null, organization: string | null, role: string | null, };
export type AttemptShown = { address: string | null, deadline: number, loopback: boolean, scheme_taken: boolean, };
export type NoticeShown = { code: string, message: MessageShown, };
export type MessageShown = { key: string, arguments: Array<[string, string]>, };
export type ActivityShown = { at: number, ended: EndReason | null, kind: Kind, surface: Surface | null, device: string, };
export type BridgeShown = "absent" | "live" | "reconnecting";
export type Platform = "linux" | "macos" | "windows";
export type EndReason = "signed_out" | "signed_out_on_desktop" | "ended_by_user" | "signed_out_everywhere" | "ended_by_admin" | "user_disabled" | "user_deprovisioned" | "password_changed" | "second_factor_changed" | "policy_tightened" | "token_replayed" | "idle_too_long" | "too_old";
export type Kind = "browser" | "desktop";
export type Surface = "workspace" | "dashboard" | "cti" | "desktop" | "account";
