// Who is signed in on this surface, and what becomes of it. See README.md.

export { createSession } from './session.ts';
export type { Options, Session } from './session.ts';
export type { SignOut } from './sign-out.ts';
export type { Checking, Connection, SessionState, Unreachable } from './state.ts';
export type {
  Answer,
  Availability,
  Call,
  Changed,
  Ended,
  EndReason,
  Organization,
  Person,
  Refused,
  Role,
  SignedIn,
  SignedOut,
  Surface,
} from './wire.ts';
