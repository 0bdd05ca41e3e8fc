// What the service says on a surface's origin, by the names that pages use.

export type {
  Availability,
  CallState as Call,
  ChangedWhat as Changed,
  EndReason,
  EndedState as Ended,
  OrganizationState as Organization,
  PersonState as Person,
  Role,
  SessionState as Answer,
  Surface,
} from './wire/session.ts';

import type { SessionState } from './wire/session.ts';

export type SignedIn = Extract<SessionState, { status: 'signed_in' }>;
export type SignedOut = Extract<SessionState, { status: 'signed_out' }>;
export type Refused = Extract<SessionState, { status: 'refused' }>;
