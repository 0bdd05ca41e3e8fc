// A browser with tabs of one origin, and a service, both small enough to look through. Time stands
// still until a test moves it.

import type { Answer, EndReason, Ended, SignedIn, Surface } from '../wire.ts';
import { Tab } from './tab.ts';

export type { Tab } from './tab.ts';

export const START = Date.UTC(2026, 10, 24, 14, 2);

interface Timer {
  at: number;
  then: () => void;
}

interface Request {
  tab: Tab;
  method: string;
  path: string;
  body: unknown;
}

export function person(name: string) {
  return { id: `id-${name}`, name, email: `${name}@acme.example`, role: 'agent' } as const;
}

export function signedIn(session: string, name = 'mira', more: Partial<SignedIn> = {}): SignedIn {
  return {
    status: 'signed_in',
    session,
    surface: 'workspace',
    since: new Date(START).toISOString(),
    person: person(name),
    organization: { id: 'acme', name: 'Acme' },
    surfaces: { workspace: 'w', dashboard: null, cti: 'c', account: 'i' },
    call: null,
    ending: null,
    policy: { crm_mismatch: 'warn', sign_out_ends_all_browsers: false },
    ...more,
  };
}

export function end(reason: EndReason = 'signed_out', surface: Surface | null = 'cti'): Ended {
  return { reason, surface, at: new Date(START).toISOString() };
}

export class World {
  time = START;
  timers = new Map<number, Timer>();
  tabs: Tab[] = [];
  requests: Request[] = [];

  /** What the service says to this browser's cookies. */
  answer: Answer = { status: 'signed_out', ended: null };
  /** What the sign-out says, if not that it is done. */
  signOutAnswer: { status: number; body: unknown } | undefined;
  reachable = true;
  /** Answers wait until the test lets them go. */
  held: (() => void)[] | undefined;

  #timer = 0;
  #random = 1;
  lockHolder: { release: () => void } | undefined;
  lockQueue: { then: () => void }[] = [];

  /** The same every time, and never the same twice. */
  random = (): number => {
    this.#random = (this.#random * 48271) % 2147483647;
    return this.#random / 2147483647;
  };

  open(abilities: { channel?: boolean; lock?: boolean | 'refused' } = {}): Tab {
    const tab = new Tab(this, abilities);
    this.tabs.push(tab);
    return tab;
  }

  checks(): number {
    return this.requests.filter(({ path }) => path === '/session').length;
  }

  streams(): Tab[] {
    return this.tabs.filter((tab) => tab.listening);
  }

  /** The service tells all open streams of this browser. */
  tell(name: string, data: unknown): void {
    for (const tab of this.streams()) {
      tab.listening?.event(name, JSON.stringify(data));
    }
  }

  /** The session of this browser ends at the service. */
  endSession(session: string, ended: Ended): void {
    this.answer = { status: 'signed_out', ended };
    const { reason, surface, at } = ended;
    this.tell('session', { session, what: 'ended', reason, surface, at, sequence: 7 });
  }

  /** Cuts all streams. */
  cut(): void {
    for (const tab of this.streams()) {
      const heard = tab.listening;
      tab.listening = undefined;
      heard?.broken();
    }
  }

  setTimer(after: number, then: () => void): number {
    this.timers.set(++this.#timer, { at: this.time + after, then });
    return this.#timer;
  }

  /** Lets time pass, and what is due happen. */
  async pass(length: number): Promise<void> {
    const until = this.time + length;
    await settle();
    for (;;) {
      const due = [...this.timers].filter(([, timer]) => timer.at <= until);
      const next = due.sort(([, one], [, other]) => one.at - other.at)[0];
      if (!next) {
        break;
      }
      this.timers.delete(next[0]);
      this.time = Math.max(this.time, next[1].at);
      next[1].then();
      await settle();
    }
    this.time = until;
  }

  /** The computer sleeps: time goes on, and nothing else does. */
  sleep(length: number): void {
    this.time += length;
    for (const timer of this.timers.values()) {
      timer.at += length;
    }
  }

  async fetch(tab: Tab, path: string, init: RequestInit): Promise<Response> {
    const method = init.method ?? 'GET';
    const body: unknown = init.body ? JSON.parse(String(init.body)) : undefined;
    this.requests.push({ tab, method, path, body });
    if (!this.reachable || !tab.network) {
      throw new TypeError('failed to fetch');
    }
    const answer = this.#respond(path);
    if (this.held) {
      await new Promise<void>((go) => this.held?.push(go));
    }
    return answer;
  }

  #respond(path: string): Response {
    if (path === '/session/sign-out') {
      if (this.signOutAnswer) {
        return Response.json(this.signOutAnswer.body, { status: this.signOutAnswer.status });
      }
      const { answer } = this;
      if (answer.status === 'signed_in') {
        this.endSession(answer.session, end('signed_out', answer.surface));
      }
      return Response.json({ status: 'signed_out' });
    }
    return path === '/session' ? Response.json(this.answer) : Response.json({});
  }
}

/** Everything that can happen without time passing has happened. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 40; turn++) {
    await Promise.resolve();
  }
}

/** Tabs of a browser that somebody is signed in in. */
export async function tabs(count: number, answer: Answer = signedIn('s1')) {
  const world = new World();
  world.answer = answer;
  const all = Array.from({ length: count }, () => world.open());
  await settle();
  return { world, all, tab: all[0] as Tab, other: all[1] as Tab };
}

export function statuses(world: World): string[] {
  return world.tabs.map((tab) => tab.state.status);
}
