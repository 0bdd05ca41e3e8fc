// One call: its states, and what it leaves behind, which is nothing.

import { browser, type Line, type Phone } from './phone.ts';

export type CallState =
  | { status: 'connecting' }
  | { status: 'talking'; since: number; source: 'microphone' | 'tone'; muted: boolean }
  | { status: 'ended'; lasted: number }
  /** The browser could not connect the line, or lost it. */
  | { status: 'failed' };

export interface PracticeCall {
  /** The call's name, for reports. */
  readonly id: string;
  readonly state: CallState;
  subscribe(told: (state: CallState) => void): () => void;
  mute(muted: boolean): void;
  hangUp(): void;
  /** How loud the echo is at present, from 0 to 1. */
  level(): number;
}

/** A loopback connects in a blink or not at all. */
const PATIENCE = 15_000;

/** Calls the echo. In answer to a person's press, so that sound may be played. */
export function dial(phone: Phone = browser()): PracticeCall {
  const followers = new Set<(state: CallState) => void>();
  let state: CallState = { status: 'connecting' };
  let line: Line | undefined;
  const impatience = phone.set(PATIENCE, () => over({ status: 'failed' }));

  function show(next: CallState): void {
    state = next;
    for (const told of [...followers]) {
      told(next);
    }
  }

  /** For good: nothing comes after it. */
  function over(last: CallState): void {
    if (state.status === 'connecting' || state.status === 'talking') {
      phone.clear(impatience);
      line?.close();
      show(last);
    }
  }

  function isOver(): boolean {
    return state.status === 'ended' || state.status === 'failed';
  }

  async function connect(): Promise<void> {
    const opened = await phone.connect(() => over({ status: 'failed' }));
    line = opened;
    if (isOver()) {
      opened.close();
      return;
    }
    phone.clear(impatience);
    show({ status: 'talking', since: phone.now(), source: 'tone', muted: false });
    // The question for the microphone may stand unanswered; the call does not wait for it.
    if ((await opened.useMicrophone()) && state.status === 'talking') {
      opened.mute(state.muted);
      show({ ...state, source: 'microphone' });
    }
  }

  connect().catch(() => over({ status: 'failed' }));

  return {
    id: phone.name(),
    get state() {
      return state;
    },
    subscribe(told) {
      followers.add(told);
      told(state);
      return () => void followers.delete(told);
    },
    mute(muted) {
      if (state.status === 'talking') {
        line?.mute(muted);
        show({ ...state, muted });
      }
    },
    hangUp() {
      const lasted = state.status === 'talking' ? phone.now() - state.since : 0;
      over({ status: 'ended', lasted });
    },
    level: () => line?.level() ?? 0,
  };
}
