// The call of this tab: it goes on while one looks at other screens, and is reported.

import { dial, type CallState, type PracticeCall } from '@unified-login/practice-line';
import type { Session } from '@unified-login/session-client';

export type Dial = () => PracticeCall;

export class Line {
  #call = $state.raw<PracticeCall>();
  #state = $state.raw<CallState>();
  readonly #session: Session;
  readonly #dial: Dial;

  constructor(session: Session, how: Dial = dial) {
    this.#session = session;
    this.#dial = how;
  }

  /** How the call is, or how the last one went. */
  get state(): CallState | undefined {
    return this.#state;
  }

  get busy(): boolean {
    return this.#state?.status === 'connecting' || this.#state?.status === 'talking';
  }

  call(): void {
    if (this.busy) {
      return;
    }
    const call = this.#dial();
    this.#call = call;
    call.subscribe((state) => {
      this.#state = state;
      // Twice the same is no matter.
      this.#session.reportCall(call.id, state.status === 'talking');
    });
  }

  mute(muted: boolean): void {
    this.#call?.mute(muted);
  }

  hangUp(): void {
    this.#call?.hangUp();
  }

  level(): number {
    return this.#call?.level() ?? 0;
  }
}
