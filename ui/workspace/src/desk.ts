// What every screen works with.

import { createContext } from 'svelte';
import type { Session, SignedIn } from '@unified-login/session-client';
import type { Api } from './api';
import type { Line } from './line.svelte';

export interface Desk {
  readonly api: Api;
  readonly session: Session;
  /** Who is signed in. */
  readonly signed: SignedIn;
  /** Whether the service cannot be reached at present. */
  readonly lost: boolean;
  /** Moves on, for times in words. */
  readonly now: number;
  readonly line: Line;
  /** Says what was done. */
  say(text: string, tone?: 'good' | 'warn'): void;
}

export const [desk, provideDesk] = createContext<Desk>();
