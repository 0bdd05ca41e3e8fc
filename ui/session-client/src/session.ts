// Runs the machine in a browser.

import { step } from './machine.ts';
import { first, type Effect, type Input, type Message, type Model } from './model.ts';
import { browser, type Channel, type Platform, type Stream } from './platform.ts';
import { Reports } from './reports.ts';
import type { SessionState } from './state.ts';
import { isAnswer, isMessage, readEvent } from './reading.ts';
import { askToSignOut, JSON_HEADERS, type SignOut } from './sign-out.ts';
import type { Changed } from './wire.ts';

export interface Options {
  /** Where the surface's origin answers, if not at the root of this one. */
  base?: string;
  /** For tests. */
  platform?: Platform;
}

export interface Session {
  readonly state: SessionState;
  /** Calls `told` with the present state and with each new one. */
  subscribe(told: (state: SessionState) => void): () => void;
  /** Something changed that the state does not hold, for instance the availability. */
  onChanged(told: (what: Changed) => void): () => void;
  /** Goes to the sign-in and comes back to `returnTo`, a path of this origin. */
  signIn(returnTo?: string): void;
  /** Without `when`, a person on a call is asked first. */
  signOut(when?: 'now' | 'after_call'): Promise<SignOut>;
  /** Says that a call goes on, until it is reported as over or the page goes. */
  reportCall(call: string, active: boolean): void;
  /** Asks the service now, for instance after an answer of 401. */
  recheck(): void;
  close(): void;
}

/** Ticks tell a sleep: a hidden tab's timers come once a minute, a sleeping computer's not at all. */
const TICK = 15_000;
const SLEPT = 100_000;

function heldSession({ held }: Model): string | null {
  return held?.status === 'signed_in' ? held.session : null;
}

export function createSession({ base = '', platform = browser() }: Options = {}): Session {
  const { clock } = platform;
  const shared = platform.channel !== undefined && platform.lock !== undefined;
  const followers = new Set<(state: SessionState) => void>();
  const watchers = new Set<(what: Changed) => void>();
  const ends: (() => void)[] = [];
  let model: Model = first({ shared }, platform.visible(), platform.online());
  let channel: Channel | undefined;
  let stream: Stream | undefined;
  let release: (() => void) | undefined;
  let wish = 0;
  let timer: number | undefined;
  let routine: number | undefined;
  let ticked = clock.now();
  let closed = false;

  const reports = new Reports(platform, (call, active, last) => {
    const sent = platform.fetch(`${base}/session/call`, {
      method: 'PUT',
      headers: JSON_HEADERS,
      body: JSON.stringify({ call, active }),
      // Sent even if the page goes.
      keepalive: last || !active,
    });
    sent.then((answer) => answer.status === 401 && take({ on: 'timer' })).catch(() => undefined);
  });

  function take(input: Input): void {
    if (closed) {
      return;
    }
    const before = model.state;
    const held = heldSession(model);
    const [after, effects] = step(model, input, { random: platform.random() });
    model = after;
    if (held !== null && held !== heldSession(after)) {
      reports.over();
    }
    // What is shown first, so that nothing that takes time keeps it waiting.
    if (!same(before, after.state)) {
      for (const told of [...followers]) {
        told(after.state);
      }
    }
    effects.forEach(perform);
  }

  function perform(effect: Effect): void {
    switch (effect.do) {
      case 'check':
        return void check(effect.check);
      case 'timer':
        clear(timer);
        timer = clock.set(effect.after, () => take({ on: 'timer' }));
        return;
      case 'routine':
        clear(routine);
        routine = clock.set(effect.after, () => take({ on: 'routine' }));
        return;
      case 'lead':
        return lead();
      case 'resign':
        wish++;
        release?.();
        release = undefined;
        return;
      case 'open':
        return open();
      case 'close':
        stream?.close();
        stream = undefined;
        return;
      case 'say':
        channel?.post(effect.message satisfies Message);
        return;
      case 'changed':
        for (const told of [...watchers]) {
          told(effect.what);
        }
        return;
      case 'mute':
        channel?.close();
        channel = undefined;
        return;
      case 'unmute':
        return join();
    }
  }

  function lead(): void {
    if (!release) {
      const mine = ++wish;
      const told =
        (input: Input): (() => void) =>
        () => {
          if (mine === wish) {
            take(input);
          }
        };
      const name = `${base}/unified-login/stream`;
      release = platform.lock?.(name, told({ on: 'lead' }), told({ on: 'alone' }));
    }
  }

  async function check(number: number): Promise<void> {
    try {
      const answer = await platform.fetch(`${base}/session`, {
        headers: { accept: 'application/json' },
      });
      const body: unknown = answer.ok ? await answer.json() : undefined;
      take(
        isAnswer(body)
          ? { on: 'answer', check: number, answer: body }
          : { on: 'failure', check: number },
      );
    } catch {
      take({ on: 'failure', check: number });
    }
  }

  function open(): void {
    // A stream that was closed says nothing any more, whatever was on its way.
    const opened: Stream = platform.stream(`${base}/events`, {
      event(name, data) {
        const input = opened === stream ? readEvent(name, data) : undefined;
        if (input) {
          take(input);
        }
      },
      broken() {
        if (opened === stream) {
          take({ on: 'broken' });
        }
      },
    });
    stream = opened;
  }

  function join(): void {
    channel ??= platform.channel?.(`${base}/unified-login/session`, (message) => {
      if (isMessage(message)) {
        take({ on: 'message', message });
      }
    });
  }

  function clear(set: number | undefined): void {
    if (set !== undefined) {
      clock.clear(set);
    }
  }

  function tick(): void {
    looked();
    ticking = clock.set(TICK, tick);
  }

  /** Whether the clock went on while this page did not. */
  function looked(): void {
    const passed = clock.now() - ticked;
    ticked = clock.now();
    if (passed > SLEPT) {
      take({ on: 'woke' });
    }
  }

  const LIFE: Record<string, (event: Event) => void> = {
    pagehide(event) {
      reports.over();
      if ((event as PageTransitionEvent).persisted) {
        take({ on: 'left' });
      }
    },
    freeze: () => take({ on: 'left' }),
    pageshow: () => take({ on: 'returned' }),
    resume: () => take({ on: 'returned' }),
    visibilitychange() {
      looked();
      take({ on: 'visible', visible: platform.visible() });
    },
    online: () => take({ on: 'online', online: true }),
    offline: () => take({ on: 'online', online: false }),
  };

  join();
  let ticking = clock.set(TICK, tick);
  ends.push(platform.listen(Object.keys(LIFE), (event) => LIFE[event.type]?.(event)));
  take({ on: 'start' });

  async function signOut(when?: 'now' | 'after_call'): Promise<SignOut> {
    const { held } = model;
    const out = await askToSignOut(platform, base, when);
    if (out.status === 'signed_out' && out.here && held?.status === 'signed_in') {
      const at = new Date(clock.now()).toISOString();
      const ended = { reason: 'signed_out', surface: held.surface, at } as const;
      take({ on: 'ended', session: held.session, ended });
    }
    // The service's own words; or what became of it otherwise.
    take({ on: 'timer' });
    return out.status === 'signed_out' ? { status: 'signed_out' } : out;
  }

  return {
    get state() {
      return model.state;
    },
    subscribe(told) {
      followers.add(told);
      told(model.state);
      return () => void followers.delete(told);
    },
    onChanged(told) {
      watchers.add(told);
      return () => void watchers.delete(told);
    },
    signIn: (returnTo = platform.here()) =>
      platform.go(`${base}/sign-in?return_to=${encodeURIComponent(returnTo)}`),
    signOut,
    reportCall: (call, active) => reports.report(call, active),
    recheck: () => take({ on: 'timer' }),
    close() {
      reports.over();
      closed = true;
      [timer, routine, ticking].forEach(clear);
      ends.forEach((end) => end());
      stream?.close();
      channel?.close();
      release?.();
    },
  };
}

function same(one: SessionState, other: SessionState): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
