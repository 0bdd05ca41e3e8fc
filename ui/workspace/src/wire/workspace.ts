// Generated from crates/service/src/workspace/wire.rs.

export type OwnSessions = { 
/**
 * Live ones.
 */
sessions: Array<OwnSession>, };

export type OwnSession = { 
/**
 * Which one.
 */
id: string, 
/**
 * A browser or the desktop app.
 */
kind: Kind, 
/**
 * The device's name ("Mira's laptop", "Chrome on Linux").
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
 * Whether it is this browser's.
 */
this: boolean, };

export type EndOwnSessions = { 
/**
 * Which ones; another person's are not touched.
 */
sessions: Array<string>, };

export type Ended = { 
/**
 * So many have ended.
 */
ended: number, 
/**
 * So many are on a call and end when it is over.
 */
after_call: number, };

export type Account = { 
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
role: Role, 
/**
 * The organization's name.
 */
organization: string, 
/**
 * Whether there is a password to change.
 */
password_set: boolean, };

export type ChangeAccount = { 
/**
 * The new name.
 */
name: string, };

export type ChangePassword = { 
/**
 * The password until now.
 */
current: string, 
/**
 * The new one.
 */
new: string, };

export type Kind = "browser" | "desktop";

export type Role = "agent" | "supervisor" | "admin";
