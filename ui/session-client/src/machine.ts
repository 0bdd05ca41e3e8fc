// The life of the session as one tab sees it. Pure: what happens comes in, what is to be done
// goes out; time and chance come in with it.
//
// Two rules hold everything together. An end is final: no answer that was on its way brings a
// session back. And what is not known is not shown: a page that was away says `checking` until the
// service has answered.

import { backoff } from './backoff.ts';
import {
  known,
  same,
  type Chance,
  type Effect,
  type Input,
  type Message,
  type Model,
} from './model.ts';
import { Turn } from './turn.ts';
import type { Answer, Ended } from './wire.ts';

/** Hidden tabs answer what another tab said not all at once. */
const SPREAD = 300;

/** One step. */
export function step(before: Model, input: Input, chance: Chance): [Model, Effect[]] {
  const turn = new Life(before, chance);
  turn.take(input);
  return [turn.model, turn.effects];
}

class Life extends Turn {
  take(input: Input): void {
    const { model } = this;
    switch (input.on) {
      case 'start':
        this.check();
        return this.routine();
      case 'answer':
        return this.#answered(input.check, input.answer);
      case 'failure':
        return this.#failed(input.check);
      case 'timer':
        return model.away ? undefined : this.check();
      case 'routine':
        if (!model.away && (model.leading || model.visible)) {
          this.check();
        }
        return this.routine();
      case 'lead':
        this.set({ leading: true, stream: 'closed' });
        return this.open();
      case 'alone':
        this.set({ abilities: { shared: false } });
        this.check();
        return this.routine();
      case 'hello':
        this.set({ stream: 'open', breaks: 0 });
        this.say({ ul: 'stream', live: true });
        if (this.model.missed) {
          this.set({ missed: false });
          this.check();
        }
        return;
      case 'ended':
        return this.#end(input.session, input.ended, true);
      case 'changed':
        this.changed(input.what);
        return input.what === 'availability' ? undefined : this.check();
      case 'others':
        return this.changed('session');
      case 'reset':
        return this.check();
      case 'broken':
        return this.#broken();
      case 'message':
        return this.#heard(input.message);
      case 'left':
        return this.#leave();
      case 'returned':
        return this.#return();
      case 'woke':
        this.#cover();
        this.close();
        return model.away ? undefined : this.check();
      case 'visible':
        this.set({ visible: input.visible });
        return input.visible && !model.away ? this.check() : undefined;
      case 'online':
        this.set({ online: input.online });
        this.show({});
        return input.online && !model.away && this.#asksItself() ? this.check() : undefined;
    }
  }

  /** Others in the background wait for the leader's word. */
  #asksItself(): boolean {
    const { leading, visible, state, abilities } = this.model;
    return leading || visible || !abilities.shared || state.status === 'unreachable';
  }

  #answered(check: number, answer: Answer): void {
    const { model } = this;
    if (check <= model.counted || model.away) {
      return;
    }
    this.set({ counted: check, failures: 0 });
    const over = answer.status === 'signed_in' ? model.ended.get(answer.session) : undefined;
    if (over) {
      // It was on its way when the session ended.
      return this.#adopt({ status: 'signed_out', ended: over });
    }
    const news = !same(known(model), answer);
    this.#adopt(answer);
    if (news) {
      this.say({ ul: 'told', answer });
    }
  }

  /** Takes an answer for what is so. */
  #adopt(answer: Answer): void {
    const { held } = this.model;
    const session = held?.status === 'signed_in' ? held.session : null;
    if (session && answer.status === 'signed_out' && answer.ended) {
      this.forget(session, answer.ended);
    }
    if (session && answer.status === 'signed_in' && answer.session !== session) {
      // The stream is the other session's.
      this.close();
    }
    this.set({ held: answer.status === 'signed_out' ? null : answer });
    this.show(answer);
    if (answer.status === 'signed_out') {
      this.resign();
    } else if (this.model.leading) {
      this.open();
    } else if (this.model.abilities.shared && held === null) {
      this.effects.push({ do: 'lead' });
    }
  }

  #failed(check: number): void {
    const { model } = this;
    if (check <= model.counted || model.away) {
      return;
    }
    this.set({ failures: model.failures + 1, counted: check });
    const { state } = model;
    if (state.status === 'checking') {
      this.show({ status: 'unreachable', was: state.was });
    } else {
      this.show({});
    }
    this.later(backoff(this.model.failures, this.random));
  }

  #end(session: string, ended: Ended, tell: boolean): void {
    const { held, state } = this.model;
    const own = held?.status === 'signed_in' && held.session === session;
    // The service's own words replace those that this tab found when it signed out.
    const again = state.status === 'signed_out' && this.model.ended.has(session);
    this.forget(session, ended);
    if (own || again) {
      this.set({ held: null });
      this.show({ status: 'signed_out', ended });
      this.resign();
    }
    if (tell) {
      this.say({ ul: 'ended', session, ended });
    }
    if (tell && !own && !again) {
      this.changed('session');
    }
  }

  #broken(): void {
    const breaks = this.model.breaks + 1;
    this.set({ stream: 'closed', missed: true, breaks });
    this.effects.push({ do: 'close' });
    this.say({ ul: 'stream', live: false });
    // A check first: it says whether there is still a session to have a stream for.
    this.later(backoff(breaks, this.random));
  }

  #heard(message: Message): void {
    const { model } = this;
    if (model.away) {
      return;
    }
    switch (message.ul) {
      case 'ended':
        return this.#end(message.session, message.ended, false);
      case 'changed':
        this.effects.push({ do: 'changed', what: message.what });
        return;
      case 'stream':
        if (message.live && (model.failures > 0 || model.state.status === 'unreachable')) {
          this.later(Math.round(this.random * SPREAD));
        } else if (!message.live && model.visible) {
          // Whoever looks at this tab is to know if there is no connection.
          this.later(backoff(1, this.random));
        }
        return;
      case 'told':
        return this.#told(message.answer);
    }
  }

  /** Another tab's answer: about the same session it is ours too; else ask for ourselves. */
  #told(answer: Answer): void {
    const { held } = this.model;
    const mine = held?.status === 'signed_in' ? held : null;
    if (mine && answer.status === 'signed_in' && answer.session === mine.session) {
      return this.#adopt(answer);
    }
    if (same(known(this.model), answer)) {
      return;
    }
    if (held && answer.status !== 'signed_out' && answer.person.id !== held.person.id) {
      // Another person: nothing of this one stays in sight while we ask.
      this.resign();
      this.set({ held: null });
      this.show({ status: 'checking', was: null });
    }
    if (this.model.visible) {
      this.check();
    } else {
      this.later(Math.round(this.random * SPREAD));
    }
  }

  /** Out of sight until an answer says that it may be seen. */
  #cover(): void {
    const { held, state } = this.model;
    if (state.status !== 'signed_out') {
      const was = held?.status === 'signed_in' ? held.session : null;
      this.show({ status: 'checking', was });
    }
  }

  #leave(): void {
    if (!this.model.away) {
      this.#cover();
      this.resign();
      this.set({ away: true });
      this.effects.push({ do: 'mute' });
    }
  }

  #return(): void {
    if (this.model.away) {
      this.set({ away: false });
      this.effects.push({ do: 'unmute' });
      this.check();
      if (this.model.held && this.model.abilities.shared) {
        this.effects.push({ do: 'lead' });
      }
    }
  }
}
