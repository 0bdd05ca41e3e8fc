// What a tab knows, what happens to it, and what is to be done about it.

import type { SessionState } from './state.ts';
import type { Answer, Changed, Ended, Refused, SignedIn } from './wire.ts';

/** What tabs of one origin tell each other. */
export type Message =
  | { ul: 'ended'; session: string; ended: Ended }
  | { ul: 'told'; answer: Answer }
  | { ul: 'changed'; what: Changed }
  | { ul: 'stream'; live: boolean };

/** What happens. */
export type Input =
  | { on: 'start' }
  | { on: 'answer'; check: number; answer: Answer }
  | { on: 'failure'; check: number }
  | { on: 'timer' }
  | { on: 'routine' }
  // This tab holds the origin's one stream from now on.
  | { on: 'lead' }
  // The browser lets this tab share nothing.
  | { on: 'alone' }
  | { on: 'hello' }
  | { on: 'ended'; session: string; ended: Ended }
  | { on: 'changed'; what: Changed }
  // Another of the person's sessions began or ended.
  | { on: 'others' }
  | { on: 'reset' }
  | { on: 'broken' }
  | { on: 'message'; message: Message }
  // Into and out of the back/forward cache, or frozen.
  | { on: 'left' }
  | { on: 'returned' }
  // The computer slept.
  | { on: 'woke' }
  | { on: 'visible'; visible: boolean }
  | { on: 'online'; online: boolean };

/** What is to be done. */
export type Effect =
  | { do: 'check'; check: number }
  // One timer: a new one replaces it.
  | { do: 'timer'; after: number }
  | { do: 'routine'; after: number }
  | { do: 'lead' }
  | { do: 'resign' }
  | { do: 'open' }
  | { do: 'close' }
  | { do: 'say'; message: Message }
  | { do: 'changed'; what: Changed }
  // Leave and join the tabs' channel.
  | { do: 'mute' }
  | { do: 'unmute' };

/** What a tab can count on. Without both, each tab asks for itself. */
export interface Abilities {
  shared: boolean;
}

export interface Model {
  readonly abilities: Abilities;
  readonly state: SessionState;
  /** Who was there at the last answer. */
  readonly held: SignedIn | Refused | null;
  /** Sessions that are over, and how each ended. */
  readonly ended: ReadonlyMap<string, Ended>;
  /** Checks are numbered: the last begun, and the last whose answer counted. */
  readonly begun: number;
  readonly counted: number;
  /** Checks that failed, and streams that broke or did not open, in a row. */
  readonly failures: number;
  readonly breaks: number;
  readonly leading: boolean;
  readonly stream: 'closed' | 'opening' | 'open';
  /** The stream was broken: what happened since is not known. */
  readonly missed: boolean;
  readonly visible: boolean;
  readonly online: boolean;
  readonly away: boolean;
}

export interface Chance {
  /** At least 0, less than 1. */
  random: number;
}

export function first(abilities: Abilities, visible: boolean, online: boolean): Model {
  return {
    abilities,
    state: { status: 'checking', was: null, connection: online ? 'live' : 'lost' },
    held: null,
    ended: new Map(),
    begun: 0,
    counted: 0,
    failures: 0,
    breaks: 0,
    leading: false,
    stream: 'closed',
    missed: false,
    visible,
    online,
    away: false,
  };
}

/** The last answer, as far as this tab goes by it. */
export function known(model: Model): Answer | null {
  if (model.held) {
    return model.held;
  }
  return model.state.status === 'signed_out' ? strip(model.state) : null;
}

function strip({ status, ended }: { status: 'signed_out'; ended: Ended | null }): Answer {
  return { status, ended };
}

export function same(one: Answer | null, other: Answer): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
