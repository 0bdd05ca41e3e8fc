// A form on its way to the service: one at a time, with what is wrong told at its field.

import { failure, type Failure } from './failure';

export class Submitted {
  #busy = $state(false);
  #failure = $state.raw<Failure>();

  get busy(): boolean {
    return this.#busy;
  }

  /** What is wrong with one field. */
  at(field: string): string | undefined {
    const { field: of, message = '' } = this.#failure ?? {};
    // Of a list the whole field, whichever entry it is: `redirect_uris[2]`.
    return of === field || of?.startsWith(`${field}[`) ? message : undefined;
  }

  /** What is wrong and belongs to none of these fields. */
  beside(fields: readonly string[]): Failure | undefined {
    const found = this.#failure;
    return found && !fields.some((field) => this.at(field) !== undefined) ? found : undefined;
  }

  /** Whether it was done. */
  async run(work: () => Promise<unknown>): Promise<boolean> {
    if (this.#busy) {
      return false;
    }
    this.#busy = true;
    this.#failure = undefined;
    try {
      await work();
      return true;
    } catch (error) {
      this.#failure = failure(error);
      return false;
    } finally {
      this.#busy = false;
    }
  }
}
