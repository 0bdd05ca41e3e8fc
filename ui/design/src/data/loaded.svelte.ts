// Something read from the service, with the states on the way: nothing yet, there, old, failed.

import { failure, type Failure } from './failure';

export class Loaded<T> {
  #value = $state.raw<T>();
  #failure = $state.raw<Failure>();
  #busy = $state(false);
  #turn = 0;

  constructor(readonly read: () => Promise<T>) {}

  /** The newest there is; stays while it is read anew, and when that fails. */
  get value(): T | undefined {
    return this.#value;
  }

  get failure(): Failure | undefined {
    return this.#failure;
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** Reads anew. Of several at a time the last counts. */
  async load(): Promise<void> {
    const turn = ++this.#turn;
    this.#busy = true;
    try {
      const value = await this.read();
      if (turn === this.#turn) {
        this.#value = value;
        this.#failure = undefined;
      }
    } catch (error) {
      if (turn === this.#turn) {
        this.#failure = failure(error);
      }
    } finally {
      if (turn === this.#turn) {
        this.#busy = false;
      }
    }
  }

  /** What the service has answered to a change. */
  set(value: T): void {
    this.#turn += 1;
    this.#busy = false;
    this.#failure = undefined;
    this.#value = value;
  }
}
