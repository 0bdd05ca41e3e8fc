// A tab: what a browser gives it, and what it has shown.

import type { Channel, Heard, Platform, Stream } from '../platform.ts';
import { createSession, type Session } from '../session.ts';
import type { World } from './world.ts';

export class Tab {
  visible = true;
  network = true;
  listening: Heard | undefined;
  opened = 0;
  went: string[] = [];
  shown: string[] = [];
  /** The sessions that were shown, and `undefined` where an end was. */
  sessions: (string | undefined)[] = [];
  changes: string[] = [];
  heard: ((message: unknown) => void) | undefined;
  session: Session;
  #listeners = new Map<string, Set<(event: Event) => void>>();

  constructor(
    readonly world: World,
    abilities: { channel?: boolean; lock?: boolean | 'refused' },
  ) {
    this.session = createSession({ platform: this.#platform(abilities) });
    this.session.subscribe((state) => {
      this.shown.push(state.status);
      if (state.status === 'signed_in') {
        this.sessions.push(state.session);
      } else if (state.status === 'signed_out' && state.ended) {
        this.sessions.push(undefined);
      }
    });
    this.session.onChanged((what) => this.changes.push(what));
  }

  get state() {
    return this.session.state;
  }

  fire(name: string, more: object = {}): void {
    const event = Object.assign(new Event(name), more);
    for (const then of this.#listeners.get(name) ?? []) {
      then(event);
    }
  }

  look(visible: boolean): void {
    this.visible = visible;
    this.fire('visibilitychange');
  }

  #platform({
    channel = true,
    lock = true,
  }: {
    channel?: boolean;
    lock?: boolean | 'refused';
  }): Platform {
    const { world } = this;
    const platform: Platform = {
      clock: {
        now: () => world.time,
        set: (after, then) => world.setTimer(after, then),
        clear: (timer) => void world.timers.delete(timer),
      },
      random: world.random,
      fetch: (path, init) => world.fetch(this, path, init),
      stream: (_path, heard) => this.#stream(heard),
      listen: (names, then) => {
        for (const name of names) {
          const all = this.#listeners.get(name) ?? new Set();
          this.#listeners.set(name, all.add(then));
        }
        return () => names.forEach((name) => this.#listeners.get(name)?.delete(then));
      },
      visible: () => this.visible,
      online: () => this.network,
      go: (address) => void this.went.push(address),
      here: () => '/here?x=1',
    };
    if (channel) {
      platform.channel = (_name, heard) => this.#channel(heard);
    }
    if (lock) {
      platform.lock = (_name, then, refused) =>
        lock === 'refused' ? (queueMicrotask(refused), () => undefined) : this.#lock(then);
    }
    return platform;
  }

  #stream(heard: Heard): Stream {
    this.opened++;
    this.listening = heard;
    queueMicrotask(() => {
      if (this.listening !== heard) {
        return;
      }
      if (this.world.reachable && this.network && this.world.answer.status !== 'signed_out') {
        heard.event('hello', '{"sequence":1}');
      } else {
        this.listening = undefined;
        heard.broken();
      }
    });
    return {
      close: () => {
        if (this.listening === heard) {
          this.listening = undefined;
        }
      },
    };
  }

  #channel(heard: (message: unknown) => void): Channel {
    this.heard = heard;
    return {
      post: (message) => {
        for (const tab of this.world.tabs) {
          const copy: unknown = structuredClone(message);
          if (tab !== this) {
            queueMicrotask(() => tab.heard?.(copy));
          }
        }
      },
      close: () => {
        this.heard = undefined;
      },
    };
  }

  #lock(then: () => void): () => void {
    const { world } = this;
    const wish = { then };
    const release = (): void => {
      const place = world.lockQueue.indexOf(wish);
      if (place >= 0) {
        world.lockQueue.splice(place, 1);
      }
      if (world.lockHolder?.release === release) {
        world.lockHolder = undefined;
        grant();
      }
    };
    const grant = (): void => {
      const next = world.lockQueue.shift();
      if (next) {
        world.lockHolder = { release: releases.get(next) ?? release };
        queueMicrotask(next.then);
      }
    };
    releases.set(wish, release);
    world.lockQueue.push(wish);
    if (!world.lockHolder) {
      grant();
    }
    return release;
  }
}

const releases = new WeakMap<object, () => void>();
