// The session's state, for components.

import type { Session, SessionState } from '@unified-login/session-client';

export class LiveSession {
  #state = $state.raw<SessionState>() as SessionState;

  constructor(readonly session: Session) {
    this.#state = session.state;
    $effect(() => session.subscribe((state) => (this.#state = state)));
  }

  get state(): SessionState {
    return this.#state;
  }

  /** Shown as lost only where something is shown that may be old. */
  get lost(): boolean {
    return this.#state.connection === 'lost' && this.#state.status === 'signed_in';
  }
}
