// A session that stays as it is told, for the stories.

import type { Role, Session, SessionState, SignedIn } from '@unified-login/session-client';
import { HOUR, before, mira, people, sam } from './people';

export function signedIn(role: Role): SignedIn {
  const { id, name, email } = role === 'admin' ? mira : sam;
  return {
    status: 'signed_in',
    session: '1',
    surface: 'dashboard',
    since: before(3 * HOUR),
    person: { id, name, email, role },
    organization: { id: 'acme', name: 'Acme' },
    surfaces: {
      workspace: 'https://workspace.acme.example',
      dashboard: 'https://dashboard.acme.example',
      cti: 'https://cti.acme.example',
      account: 'https://id.acme.example',
    },
    call: null,
    ending: null,
    policy: { crm_mismatch: 'warn', sign_out_ends_all_browsers: false },
  };
}

export const states: Record<string, SessionState> = {
  admin: { ...signedIn('admin'), connection: 'live' },
  supervisor: { ...signedIn('supervisor'), connection: 'live' },
  lost: { ...signedIn('admin'), connection: 'lost' },
  refused: {
    status: 'refused',
    why: 'role',
    person: { id: 'theo', name: 'Theo Brandt', email: 'theo@acme.example', role: 'agent' },
    organization: { id: 'acme', name: 'Acme' },
    surfaces: signedIn('agent').surfaces,
    ask: [mira.name, people[3]?.name ?? ''],
    connection: 'live',
  },
  'signed-out': {
    status: 'signed_out',
    ended: { reason: 'signed_out', surface: 'cti', at: before(4 * 60_000) },
    connection: 'live',
  },
  checking: { status: 'checking', was: null, connection: 'live' },
  unreachable: { status: 'unreachable', was: null, connection: 'lost' },
};

export function session(state: SessionState): Session {
  const nothing = (): void => undefined;
  return {
    state,
    subscribe(told) {
      told(state);
      return nothing;
    },
    onChanged: () => nothing,
    signIn: nothing,
    signOut: async () => ({ status: 'signed_out' }),
    reportCall: nothing,
    recheck: nothing,
    close: nothing,
  };
}
