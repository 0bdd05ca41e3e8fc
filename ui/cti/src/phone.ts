// What the widget's screens show, and what a person can do there. The running widget is one; the
// stories are others.

import type { Call, Session, SessionState } from '@unified-login/session-client';
import type { EmbedState } from '@unified-login/session-client/embed';
import type { Availability } from './availability.ts';
import type { CrmName, CrmPerson } from './crm/crm.ts';
import type { LinkState } from './crm/link.ts';
import type { LineState } from './line/line.ts';

export interface View {
  crm: CrmName | null;
  /** Whether there is a page around this one. */
  framed: boolean;
  session: SessionState;
  /** The answer is slow in coming. That is no sign-out. */
  slow: boolean;
  /** The way to sign in inside a frame. */
  signIn: EmbedState;
  /** The browser was asked for its own sign-in, and did not give it. */
  storageRefused: boolean;
  /** The person signed in, and the frame still has no sign-in: this browser keeps no cookie here. */
  notKept: boolean;
  link: LinkState;
  /** Somebody else than ours, if the CRM says so. */
  other: CrmPerson | null;
  availability: Availability | null;
  line: LineState;
  /** The session's call, where it is none of this widget's. */
  callElsewhere: Call | null;
  /** What is in the field. */
  number: string;
  /** A number that was clicked in the CRM while it could not be called. */
  wanted: string | null;
  /** What went wrong last: a message's name, and its code. */
  problem: { message: string; code: string } | null;
}

export interface Phone {
  readonly session: Session;
  readonly view: View;
  signIn(): void;
  useStorage(): void | Promise<void>;
  setAvailability(to: Availability): void;
  type(number: string): void;
  call(): void;
  hangUp(): void;
  mute(muted: boolean): void;
  /** How loud the echo is, from 0 to 1. */
  level(): number;
  /** Loads the widget again, for a CRM that does not answer. */
  reload(): void;
  dismiss(): void;
}

/** Whether the CRM's person keeps this one from using the phone. */
export function blocked(view: View): boolean {
  const { session, other } = view;
  return (
    other !== null && session.status === 'signed_in' && session.policy.crm_mismatch === 'block'
  );
}

/** Whether a call may begin. */
export function mayCall(view: View): boolean {
  const { session, line, callElsewhere } = view;
  return (
    session.status === 'signed_in' &&
    session.ending === null &&
    callElsewhere === null &&
    line.status === 'idle' &&
    !blocked(view)
  );
}
