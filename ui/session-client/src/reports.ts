// Calls, reported while they last: silence of a minute ends one at the service.

import type { Platform } from './platform.ts';

const EVERY = 20_000;

export class Reports {
  readonly #platform: Platform;
  readonly #send: (call: string, active: boolean, last: boolean) => void;
  readonly #timers = new Map<string, number>();

  constructor(platform: Platform, send: (call: string, active: boolean, last: boolean) => void) {
    this.#platform = platform;
    this.#send = send;
  }

  report(call: string, active: boolean): void {
    if (active !== this.#timers.has(call)) {
      this.#stop(call);
      if (active) {
        this.#again(call);
      }
      this.#send(call, active, false);
    }
  }

  /** The page goes, and its calls with it. */
  over(): void {
    for (const call of [...this.#timers.keys()]) {
      this.#stop(call);
      this.#send(call, false, true);
    }
  }

  #again(call: string): void {
    const timer = this.#platform.clock.set(EVERY, () => {
      this.#send(call, true, false);
      this.#again(call);
    });
    this.#timers.set(call, timer);
  }

  #stop(call: string): void {
    const timer = this.#timers.get(call);
    if (timer !== undefined) {
      this.#platform.clock.clear(timer);
      this.#timers.delete(call);
    }
  }
}
