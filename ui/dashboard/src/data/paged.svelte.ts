// A long list, read a page at a time.

import { failure, type Failure } from '@unified-login/design/data';

interface Page<T> {
  items: T[];
  next: string | null;
}

export class Paged<T> {
  #items = $state.raw<T[]>();
  #next = $state.raw<string | null>(null);
  #failure = $state.raw<Failure>();
  #busy = $state(false);
  #pages = 0;
  #turn = 0;

  constructor(readonly read: (cursor: string | null) => Promise<Page<T>>) {}

  get items(): T[] | undefined {
    return this.#items;
  }

  get more(): boolean {
    return this.#next !== null;
  }

  get failure(): Failure | undefined {
    return this.#failure;
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** From the beginning. */
  load(): Promise<void> {
    return this.#read(null);
  }

  /** From the beginning, unless somebody has read on: their place is not taken away. */
  async refresh(): Promise<void> {
    if (this.#pages <= 1) {
      await this.load();
    }
  }

  loadMore(): Promise<void> {
    return this.#read(this.#next);
  }

  /** Takes something out that is gone. */
  remove(gone: (item: T) => boolean): void {
    this.#items = this.#items?.filter((item) => !gone(item));
  }

  async #read(cursor: string | null): Promise<void> {
    const turn = ++this.#turn;
    this.#busy = true;
    try {
      const page = await this.read(cursor);
      if (turn === this.#turn) {
        this.#items = cursor === null ? page.items : [...(this.#items ?? []), ...page.items];
        this.#pages = cursor === null ? 1 : this.#pages + 1;
        this.#next = page.next;
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
}
