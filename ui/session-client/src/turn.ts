// One step of the machine while it is taken: the model so far, and what is to be done.

import { about } from './backoff.ts';
import type { Chance, Effect, Message, Model } from './model.ts';
import type { SessionState } from './state.ts';
import type { Changed, Ended } from './wire.ts';

const ROUTINE = 5 * 60_000;
const ROUTINE_ALONE = 30_000;

export class Turn {
  model: Model;
  readonly effects: Effect[] = [];
  protected readonly random: number;

  constructor(model: Model, chance: Chance) {
    this.model = model;
    this.random = chance.random;
  }

  protected set(change: Partial<Model>): void {
    this.model = { ...this.model, ...change };
  }

  /** Sets what is shown, with the connection as it now is. */
  protected show(state: Partial<SessionState>): void {
    const lost = !this.model.online || this.model.failures > 0;
    this.set({
      state: {
        ...(state.status ? state : this.model.state),
        connection: lost ? 'lost' : 'live',
      } as SessionState,
    });
  }

  protected check(): void {
    const check = this.model.begun + 1;
    this.set({ begun: check });
    this.effects.push({ do: 'check', check });
  }

  protected later(after: number): void {
    this.effects.push({ do: 'timer', after });
  }

  protected routine(): void {
    const every = this.model.abilities.shared ? ROUTINE : ROUTINE_ALONE;
    this.effects.push({ do: 'routine', after: about(every, this.random) });
  }

  protected say(message: Message): void {
    this.effects.push({ do: 'say', message });
  }

  protected changed(what: Changed): void {
    this.effects.push({ do: 'changed', what });
    this.say({ ul: 'changed', what });
  }

  protected forget(session: string, ended: Ended): void {
    this.set({ ended: new Map([...this.model.ended, [session, ended]]) });
  }

  protected open(): void {
    if (this.model.stream === 'closed' && this.model.held && !this.model.away) {
      this.set({ stream: 'opening' });
      this.effects.push({ do: 'open' });
    }
  }

  protected close(): void {
    if (this.model.stream !== 'closed') {
      this.set({ stream: 'closed', missed: true });
      this.effects.push({ do: 'close' });
    }
  }

  protected resign(): void {
    this.set({ leading: false, stream: 'closed', missed: false });
    this.effects.push({ do: 'close' }, { do: 'resign' });
  }
}
