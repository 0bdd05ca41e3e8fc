// One view for every state that the phone can be in, for looking at it and for the accessibility
// tests.

import type { Session, SessionState, SignedIn } from '@unified-login/session-client';
import type { Phone, View } from '../phone.ts';

/** 24 November 2026, 14:02 UTC: the stories always look the same. */
export const NOW = Date.UTC(2026, 10, 24, 14, 2);

const MINUTE = 60_000;

function ago(minutes: number): string {
  return new Date(NOW - minutes * MINUTE).toISOString();
}

const mira: SignedIn = {
  status: 'signed_in',
  session: 'c0ffee00-0000-4000-8000-000000000001',
  surface: 'cti',
  since: ago(600),
  person: { id: 'p-1', name: 'Mira Okafor', email: 'mira@acme.example', role: 'admin' },
  organization: { id: 'o-1', name: 'Acme' },
  surfaces: {
    workspace: 'http://workspace.acme.localhost:7400',
    dashboard: 'http://dashboard.acme.localhost:7400',
    cti: 'http://cti.acme.localhost:7400',
    account: 'http://id.acme.localhost:7400',
  },
  call: null,
  ending: null,
  policy: { crm_mismatch: 'warn', sign_out_ends_all_browsers: false },
};

function live(state: Partial<SignedIn> = {}): SessionState {
  return { ...mira, ...state, connection: 'live' };
}

function out(ended: Extract<SessionState, { status: 'signed_out' }>['ended'] = null): SessionState {
  return { status: 'signed_out', ended, connection: 'live' };
}

const plain: View = {
  crm: 'zendesk',
  framed: true,
  session: live(),
  slow: false,
  signIn: { status: 'idle', after: null },
  storageRefused: false,
  notKept: false,
  link: { state: 'live' },
  other: null,
  availability: 'available',
  line: { status: 'idle', failed: false },
  callElsewhere: null,
  number: '',
  wanted: null,
  problem: null,
};

const signedOut: View = { ...plain, session: out(), availability: null };
const ben = { name: 'Ben Whitaker', email: 'ben@acme.example' };
const talking = {
  status: 'talking',
  number: '+49 151 2345 6789',
  since: NOW - 4 * MINUTE - 7_000,
  muted: false,
  source: 'microphone',
} as const;

export const states: Record<string, View> = {
  checking: {
    ...plain,
    session: { status: 'checking', was: null, connection: 'live' },
    availability: null,
  },
  'checking-slow': {
    ...plain,
    session: { status: 'checking', was: null, connection: 'live' },
    slow: true,
    availability: null,
  },
  unreachable: {
    ...plain,
    session: { status: 'unreachable', was: null, connection: 'lost' },
    availability: null,
  },
  'signed-out': signedOut,
  'signed-out-page': { ...signedOut, crm: null, framed: false, link: { state: 'none' } },
  'signed-out-elsewhere': {
    ...signedOut,
    session: out({ reason: 'signed_out', surface: 'workspace', at: ago(3) }),
  },
  'signed-out-by-admin': {
    ...signedOut,
    session: out({ reason: 'ended_by_admin', surface: null, at: ago(12) }),
  },
  'signed-out-wanted': { ...signedOut, number: '+49 30 901820', wanted: '+49 30 901820' },
  'sign-in-opening': { ...signedOut, signIn: { status: 'opening' } },
  'sign-in-waiting': { ...signedOut, signIn: { status: 'waiting', closed: false } },
  'sign-in-closed': { ...signedOut, signIn: { status: 'waiting', closed: true } },
  'sign-in-blocked': { ...signedOut, signIn: { status: 'blocked', storage: false } },
  'sign-in-blocked-storage': { ...signedOut, signIn: { status: 'blocked', storage: true } },
  'sign-in-storage-refused': {
    ...signedOut,
    signIn: { status: 'blocked', storage: true },
    storageRefused: true,
  },
  'sign-in-cancelled': { ...signedOut, signIn: { status: 'idle', after: 'cancelled' } },
  'sign-in-organization': { ...signedOut, signIn: { status: 'idle', after: 'organization' } },
  'sign-in-expired': { ...signedOut, signIn: { status: 'idle', after: 'expired' } },
  'not-kept': { ...signedOut, notKept: true },
  'refused-organization': {
    ...plain,
    session: {
      status: 'refused',
      why: 'organization',
      person: { id: 'p-9', name: 'Kim Park', email: 'kim@globex.example', role: 'agent' },
      organization: { id: 'o-9', name: 'Globex' },
      surfaces: mira.surfaces,
      ask: ['Mira Okafor'],
      connection: 'live',
    },
  },
  'signed-in': plain,
  'signed-in-number': { ...plain, number: '+49 30 901820' },
  'signed-in-busy': { ...plain, availability: 'busy' },
  'signed-in-availability-unknown': { ...plain, availability: null },
  'signed-in-long-names': {
    ...plain,
    number: '+49 (0)151 2345 6789 0123 ext. 4455',
    session: live({
      person: {
        id: 'p-2',
        name: 'Maximiliane-Alexandra Freifrau von und zu Hohenlohe-Waldenburg-Schillingsfürst',
        email: 'maximiliane-alexandra.hohenlohe-waldenburg@acme-international.example',
        role: 'supervisor',
      },
      organization: { id: 'o-2', name: 'Acme International Customer Support Services GmbH' },
    }),
  },
  'signed-in-lost': { ...plain, session: { ...mira, connection: 'lost' } },
  'crm-silent': { ...plain, crm: 'hubspot', link: { state: 'silent', code: 'UL-3102' } },
  'crm-refused': {
    ...plain,
    link: { state: 'refused', code: 'UL-3101', detail: 'https://acme2.zendesk.com' },
  },
  'crm-script': {
    ...plain,
    crm: 'salesforce',
    link: { state: 'refused', code: 'UL-3105', detail: 'opencti_min.js' },
  },
  'other-warn': { ...plain, other: ben },
  'other-block': {
    ...plain,
    other: ben,
    session: live({ policy: { crm_mismatch: 'block', sign_out_ends_all_browsers: false } }),
  },
  'problem-line': { ...plain, problem: { message: 'problem-line', code: 'UL-3110' } },
  connecting: { ...plain, line: { status: 'connecting', number: '+49 30 901820' } },
  'on-a-call': { ...plain, availability: 'busy', line: talking },
  'on-a-call-muted': { ...plain, line: { ...talking, muted: true, source: 'tone' } },
  'on-a-call-wanted': { ...plain, line: talking, wanted: '+49 30 901820' },
  'on-a-call-ending': {
    ...plain,
    line: talking,
    session: live({
      ending: {
        at: new Date(NOW + 236 * MINUTE).toISOString(),
        reason: 'signed_out',
        after_call: true,
      },
    }),
  },
  'call-in-other-tab': {
    ...plain,
    line: { status: 'elsewhere', number: '+49 30 901820', since: NOW - 61_000 },
  },
  'call-in-workspace': { ...plain, callElsewhere: { surface: 'workspace', since: ago(8) } },
  'sign-out': plain,
  'sign-out-call': {
    ...plain,
    line: talking,
    session: live({ call: { surface: 'cti', since: ago(4) } }),
  },
};

/** A phone that only shows. */
export function phoneOf(view: View): Phone {
  const nothing = (): void => undefined;
  const session: Session = {
    state: view.session,
    subscribe: (told) => {
      told(view.session);
      return nothing;
    },
    onChanged: () => nothing,
    signIn: nothing,
    signOut: async () => ({ status: 'signed_out' }),
    reportCall: nothing,
    recheck: nothing,
    close: nothing,
  };
  return {
    session,
    view,
    signIn: nothing,
    useStorage: nothing,
    setAvailability: nothing,
    type: nothing,
    call: nothing,
    hangUp: nothing,
    mute: nothing,
    level: () => 0,
    reload: nothing,
    dismiss: nothing,
  };
}
