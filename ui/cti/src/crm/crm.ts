// What the widget and a CRM have to say to each other, whichever CRM it is.

import type { Host } from './host.ts';

export type CrmName = 'hubspot' | 'zendesk' | 'salesforce';

/** Who the CRM says is using it. Not every CRM says it, and none says it to sign anyone in. */
export interface CrmPerson {
  name: string | null;
  email: string;
}

export interface Call {
  id: string;
  number: string;
  /** Milliseconds since 1970. */
  started: number;
}

/** What the widget hears of the CRM. */
export interface Heard {
  /** A number in the CRM was clicked. */
  onDial(number: string): void;
  /** The CRM's own button for it was pressed. */
  onEndCall(): void;
}

/** What the CRM writes beside its own handle of the phone. */
export interface Labels {
  ready: string;
  signIn: string;
  onCall: string;
}

/** What the CRM hears of the widget. */
export interface Crm {
  /** Who the CRM says is using it; null where it does not say. */
  crmPerson(): Promise<CrmPerson | null>;
  /** `available` is null while it is not known; it is reported when it is. */
  reportSignedIn(available: boolean | null): void;
  reportSignedOut(): void;
  reportAvailable(available: boolean): void;
  reportCall(call: Call, phase: 'started' | 'ended'): void;
  /** Brings the widget in front of the person. */
  show(): void;
  close(): void;
}

/**
 * Gets in touch with the CRM. Settles when the CRM has answered, which it may never do; rejects
 * with a [`CrmProblem`] where it cannot be.
 */
export type Connect = (host: Host, heard: Heard, labels: Labels) => Promise<Crm>;

/** Why there is no way to the CRM. */
export class CrmProblem extends Error {
  readonly code: string;

  constructor(code: string, detail: string) {
    super(detail);
    this.code = code;
  }
}
