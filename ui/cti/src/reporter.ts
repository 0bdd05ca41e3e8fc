// What the CRM is told of the person: how it is when it begins to listen, then what changes. What
// is not known yet is not told.

import type { Call, Crm } from './crm/crm.ts';

/** `in`: whether somebody is signed in who may use the phone here; null while it is not known. */
export interface Presence {
  in: boolean | null;
  available: boolean | null;
}

export class Reporter {
  #crm: Crm | null = null;
  #now: Presence = { in: null, available: null };
  #told: Presence | null = null;

  /** The CRM listens from now on. */
  attach(crm: Crm): void {
    this.#crm = crm;
    this.#tell();
  }

  person(now: Presence): void {
    this.#now = now;
    this.#tell();
  }

  call(call: Call, phase: 'started' | 'ended'): void {
    this.#crm?.reportCall(call, phase);
  }

  #tell(): void {
    const { in: signedIn, available } = this.#now;
    if (!this.#crm || signedIn === null) {
      return;
    }
    const before = this.#told;
    this.#told = { in: signedIn, available: available ?? before?.available ?? null };
    if (before?.in !== signedIn) {
      if (signedIn) {
        this.#crm.reportSignedIn(available);
      } else {
        this.#crm.reportSignedOut();
      }
    } else if (signedIn && available !== null && before.available !== available) {
      this.#crm.reportAvailable(available);
    }
  }
}
