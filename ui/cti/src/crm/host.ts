// The page that this frame is in, and which messages are its own.
//
// A CRM's script takes messages from anybody: the first SYNC that reaches HubSpot's SDK makes its
// sender the host. So everything that did not come from the page around this frame, from an origin
// on the list, is stopped here, before a script of a CRM is loaded.

import { CrmProblem } from './crm.ts';
import { allows, ancestors, parentOrigin } from './origins.ts';

export class Host {
  readonly #list: readonly string[];
  #origin: string | null;

  /** `list`: the organization's origins for this CRM. Rejects a host that is not one of them. */
  constructor(list: readonly string[]) {
    this.#list = list;
    const foreign = ancestors()?.find((origin) => !allows(list, origin));
    if (foreign !== undefined) {
      throw new CrmProblem('UL-3101', foreign);
    }
    const origin = parentOrigin();
    if (origin !== null && !allows(list, origin)) {
      throw new CrmProblem('UL-3101', origin);
    }
    this.#origin = origin;
  }

  /** Its origin; null until it has spoken, in a browser that does not tell before. */
  get origin(): string | null {
    return this.#origin;
  }

  /** Whether an origin that the frame's address names is this host's. */
  is(origin: string): boolean {
    return this.#origin === null ? allows(this.#list, origin) : origin === this.#origin;
  }

  /** Whether a message is the host's. The first one settles who it is, where nothing else did. */
  spoke(event: MessageEvent): boolean {
    if (event.source !== window.parent || !this.is(event.origin)) {
      return false;
    }
    this.#origin ??= event.origin;
    return true;
  }

  /**
   * Lets nothing through to listeners added later but the host's messages that `fits` accepts, and
   * those of this origin's own pages. Gives the way to end it.
   */
  guard(fits: (data: unknown) => boolean): () => void {
    const watch = (event: MessageEvent): void => {
      const own = event.origin === location.origin && event.source !== window.parent;
      if (!own && !(this.spoke(event) && fits(event.data))) {
        event.stopImmediatePropagation();
      }
    };
    addEventListener('message', watch, true);
    return () => removeEventListener('message', watch, true);
  }
}
