// The practice line of this widget: at most one call, in this frame or in another one of it.
//
// HubSpot loads one widget twice, and people open a CRM in several tabs: frames of one partition
// tell each other of their call, and any of them can hang it up.

import type { CallState, PracticeCall } from '@unified-login/practice-line';
import type { Call } from '../crm/crm.ts';

export type LineState =
  /** `failed`: the last call could not be connected, or was lost. */
  | { status: 'idle'; failed: boolean }
  | { status: 'connecting'; number: string }
  | {
      status: 'talking';
      number: string;
      since: number;
      muted: boolean;
      source: 'microphone' | 'tone';
    }
  /** In another frame of this widget. */
  | { status: 'elsewhere'; number: string; since: number };

/** What frames of one widget tell each other. */
type Word = { say: 'who' } | { say: 'call'; call: Call | null } | { say: 'hang up' };

export interface Channel {
  post(word: unknown): void;
  close(): void;
}

export interface Outside {
  dial(): PracticeCall;
  /** Absent where the browser has none. */
  channel?: (heard: (word: unknown) => void) => Channel;
  /** A call of this frame is on, or over. */
  told(call: Call, phase: 'started' | 'ended'): void;
}

const IDLE: LineState = { status: 'idle', failed: false };

export class Line {
  readonly #outside: Outside;
  readonly #followers = new Set<(state: LineState) => void>();
  readonly #channel: Channel | undefined;
  #state: LineState = IDLE;
  #practice: PracticeCall | null = null;
  #call: Call | null = null;

  constructor(outside: Outside) {
    this.#outside = outside;
    this.#channel = outside.channel?.((word) => this.#hear(word as Partial<Word> | null));
    this.#post({ say: 'who' });
  }

  get state(): LineState {
    return this.#state;
  }

  subscribe(told: (state: LineState) => void): () => void {
    this.#followers.add(told);
    told(this.#state);
    return () => void this.#followers.delete(told);
  }

  /** Calls a number; does nothing while there is a call. */
  call(number: string): void {
    if (this.#state.status !== 'idle') {
      return;
    }
    this.#show({ status: 'connecting', number });
    const practice = this.#outside.dial();
    this.#practice = practice;
    practice.subscribe((state) => this.#follow(practice, number, state));
  }

  /** Ends the call, wherever in this widget it is. */
  hangUp(): void {
    if (this.#state.status === 'elsewhere') {
      this.#post({ say: 'hang up' });
    }
    this.#practice?.hangUp();
  }

  mute(muted: boolean): void {
    this.#practice?.mute(muted);
  }

  /** How loud the echo is, from 0 to 1. */
  level(): number {
    return this.#practice?.level() ?? 0;
  }

  /** Ends the call of this frame and forgets everything: nobody is signed in any more. */
  drop(): void {
    this.#practice?.hangUp();
    this.#show(IDLE);
  }

  /** There is no call, as the service knows; a frame that had one went without a word. */
  noneElsewhere(): void {
    if (this.#state.status === 'elsewhere') {
      this.#show(IDLE);
    }
  }

  close(): void {
    this.#practice?.hangUp();
    this.#channel?.close();
  }

  #follow(practice: PracticeCall, number: string, state: CallState): void {
    if (practice !== this.#practice) {
      return;
    }
    if (state.status === 'talking') {
      const { since, muted, source } = state;
      this.#show({ status: 'talking', number, since, muted, source });
      if (!this.#call) {
        this.#call = { id: practice.id, number, started: since };
        this.#tell('started');
      }
    } else if (state.status === 'ended' || state.status === 'failed') {
      this.#practice = null;
      this.#show({ status: 'idle', failed: state.status === 'failed' });
      this.#tell('ended');
      this.#call = null;
    }
  }

  #tell(phase: 'started' | 'ended'): void {
    if (this.#call) {
      this.#post({ say: 'call', call: phase === 'started' ? this.#call : null });
      this.#outside.told(this.#call, phase);
    }
  }

  #hear(word: Partial<Word> | null): void {
    switch (word?.say) {
      case 'who':
        if (this.#call) {
          this.#post({ say: 'call', call: this.#call });
        }
        return;
      case 'hang up':
        return this.#practice?.hangUp();
      case 'call':
        return this.#elsewhere((word as { call: Call | null }).call);
      case undefined:
    }
  }

  #elsewhere(call: Call | null): void {
    if (this.#state.status === 'idle' && call) {
      this.#show({ status: 'elsewhere', number: call.number, since: call.started });
    } else if (this.#state.status === 'elsewhere' && !call) {
      this.#show(IDLE);
    }
  }

  #post(word: Word): void {
    this.#channel?.post(word);
  }

  #show(state: LineState): void {
    this.#state = state;
    for (const told of [...this.#followers]) {
      told(state);
    }
  }
}

const CHANNEL = 'unified-login-cti-line';

/** The channel among frames of this widget in this browser and partition. */
export function channel(heard: (word: unknown) => void): Channel {
  const opened = new BroadcastChannel(CHANNEL);
  opened.onmessage = ({ data }) => heard(data);
  return { post: (word) => opened.postMessage(word), close: () => opened.close() };
}
