// What the service says on a surface's origin.

export type Role = 'agent' | 'supervisor' | 'admin';

export type Surface = 'workspace' | 'dashboard' | 'cti' | 'desktop' | 'account';

export type EndReason =
  | 'signed_out'
  | 'signed_out_on_desktop'
  | 'ended_by_user'
  | 'signed_out_everywhere'
  | 'ended_by_admin'
  | 'user_disabled'
  | 'user_deprovisioned'
  | 'password_changed'
  | 'second_factor_changed'
  | 'policy_tightened'
  | 'token_replayed'
  | 'idle_too_long'
  | 'too_old';

export interface Person {
  id: string;
  name: string;
  email: string;
  role: Role;
}

export interface Organization {
  id: string;
  name: string;
}

export interface Call {
  surface: Surface;
  since: string;
}

export interface Ended {
  reason: EndReason;
  surface: Surface | null;
  at: string;
}

/** Someone is signed in. */
export interface SignedIn {
  status: 'signed_in';
  session: string;
  surface: Surface;
  since: string;
  person: Person;
  organization: Organization;
  surfaces: { workspace: string; dashboard: string | null; cti: string; account: string };
  call: Call | null;
  ending: { at: string; reason: EndReason; after_call: boolean } | null;
  policy: { crm_mismatch: 'warn' | 'block' };
}

/** Nobody is; how the last sign-in here ended, if there was one. */
export interface SignedOut {
  status: 'signed_out';
  ended: Ended | null;
}

/** Someone is, but may not use this surface. */
export interface Refused {
  status: 'refused';
  why: 'role';
  person: Person;
  organization: Organization;
  ask: string[];
}

export type Answer = SignedIn | SignedOut | Refused;

export type Changed = 'call' | 'availability' | 'ending' | 'session';
