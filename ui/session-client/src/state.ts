// What a page is told.

import type { Refused, SignedIn, SignedOut } from './wire.ts';

/** `lost`: the service cannot be reached at present; what is shown may be old. */
export type Connection = 'live' | 'lost';

/**
 * Not known yet. `was` is the session that was shown before and is being asked about again: a
 * page may keep what belongs to it, out of sight, until the next state says whether it still is.
 */
export interface Checking {
  status: 'checking';
  was: string | null;
}

/** It could not be found out; it is tried again and again. `was` as above. */
export interface Unreachable {
  status: 'unreachable';
  was: string | null;
}

export type SessionState = (Checking | Unreachable | SignedIn | SignedOut | Refused) & {
  connection: Connection;
};
