// What every screen works with.

import { createContext } from 'svelte';
import type { SignedIn } from '@unified-login/session-client';
import type { Api } from './data/api';

export interface Desk {
  readonly api: Api;
  /** Who is signed in. */
  readonly signed: SignedIn;
  /** Whether this person may change things. */
  readonly mayChange: boolean;
  /** Whether the service cannot be reached at present. */
  readonly lost: boolean;
  /** Moves on, for times in words. */
  readonly now: number;
  /** Says what was done. */
  say(text: string, tone?: 'good' | 'warn'): void;
}

export const [desk, provideDesk] = createContext<Desk>();
