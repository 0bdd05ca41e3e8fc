// Every state that Workspace can be in, for looking at it and for the accessibility tests.

import type { Session, SessionState, SignedIn } from '@unified-login/session-client';
import { Failure } from '@unified-login/design/data';
import type { CallState, PracticeCall } from '@unified-login/practice-line';
import type { Api } from '../api';
import type { OwnSession } from '../wire/workspace';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The stories always look the same: 24 November 2026, 14:02 where they are looked at. */
export const NOW = new Date(2026, 10, 24, 14, 2).getTime();

function before(length: number): string {
  return new Date(NOW - length).toISOString();
}

const signed: SignedIn = {
  status: 'signed_in',
  session: '0193-this',
  surface: 'workspace',
  since: before(2 * DAY + HOUR),
  person: { id: 'mira', name: 'Mira Okafor', email: 'mira@acme.example', role: 'admin' },
  organization: { id: 'acme', name: 'Acme' },
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

const agent: SignedIn = {
  ...signed,
  person: { id: 'tom', name: 'Tom Weber', email: 'tom@acme.example', role: 'agent' },
  surfaces: { ...signed.surfaces, dashboard: null },
};

const longNames: SignedIn = {
  ...signed,
  person: {
    id: 'max',
    name: 'Maximiliane-Alexandra Freifrau von und zu Hohenlohe-Waldenburg-Schillingsfürst',
    email: 'maximiliane-alexandra.hohenlohe-waldenburg@subsidiary.acme-international.example',
    role: 'supervisor',
  },
  organization: { id: 'long', name: 'Acme International Customer Support Services GmbH & Co. KG' },
};

const here: OwnSession = {
  id: '0193-this',
  kind: 'browser',
  device: 'Chromium on Linux',
  platform: 'Linux',
  agent: 'Chromium 156',
  address: '203.0.113.7',
  place: 'Vienna, Austria',
  since: before(2 * DAY + HOUR),
  last_used: before(0),
  this: true,
};

const sessions: OwnSession[] = [
  here,
  {
    ...here,
    id: '0193-phone',
    device: 'Safari on iPhone',
    platform: 'iOS',
    agent: 'Safari 19',
    place: null,
    since: before(20 * DAY),
    last_used: before(3 * HOUR),
    this: false,
  },
  {
    ...here,
    id: '0193-desk',
    kind: 'desktop',
    device: 'mira-laptop',
    platform: 'Linux',
    agent: 'Workspace 0.1.0',
    since: before(40 * DAY),
    last_used: before(4 * MINUTE),
    this: false,
  },
];

interface Story {
  state: SessionState;
  path?: string;
  sessions?: OwnSession[];
  /** What the service does with every question. */
  service?: 'answers' | 'waits' | 'fails';
  password?: boolean;
  call?: CallState;
  /** Pressed once the page stands; several one after the other. */
  press?: string[];
}

const live = { connection: 'live' } as const;
const home: Story = { state: { ...signed, ...live } };
const call = { surface: 'cti', since: new Date(Date.now() - 4 * MINUTE).toISOString() } as const;
const talking: CallState = {
  status: 'talking',
  since: Date.now() - 83_000,
  source: 'microphone',
  muted: false,
};

function ended(reason: string, surface: string | null, ago = 0): Story {
  return {
    state: {
      status: 'signed_out',
      ended: { reason, surface, at: new Date(Date.now() - ago).toISOString() },
      ...live,
    } as SessionState,
  };
}

export const stories: Record<string, Story> = {
  home,
  'home-agent': { state: { ...agent, ...live }, sessions: [here] },
  'home-long-names': { state: { ...longNames, ...live } },
  'home-loading': { ...home, service: 'waits' },
  'home-offline': { state: { ...signed, connection: 'lost' } },
  'home-menu': { ...home, press: ['.opener'] },
  'call-connecting': { ...home, call: { status: 'connecting' }, press: ['[data-call] button'] },
  'call-talking': { ...home, call: talking, press: ['[data-call] button'] },
  'call-tone-muted': {
    ...home,
    call: { ...talking, source: 'tone', muted: true } as CallState,
    press: ['[data-call] button'],
  },
  'call-ended': {
    ...home,
    call: { status: 'ended', lasted: 65_000 },
    press: ['[data-call] button'],
  },
  'call-failed': { ...home, call: { status: 'failed' }, press: ['[data-call] button'] },
  'call-elsewhere': { state: { ...signed, call, ...live } },
  'call-on-sessions': {
    ...home,
    call: talking,
    press: ['[data-call] button', 'nav a[href="/sessions"]'],
  },
  'ending-after-call': {
    state: {
      ...signed,
      call,
      ending: {
        at: new Date(Date.now() + 4 * HOUR).toISOString(),
        reason: 'signed_out',
        after_call: true,
      },
      ...live,
    },
  },
  sessions: { ...home, path: '/sessions' },
  'sessions-only-this': { ...home, path: '/sessions', sessions: [here] },
  'sessions-loading': { ...home, path: '/sessions', service: 'waits' },
  'sessions-failed': { ...home, path: '/sessions', service: 'fails' },
  'sessions-end-one': {
    ...home,
    path: '/sessions',
    press: ['li:nth-child(1) button.secondary:has(.visually-hidden)'],
  },
  'sessions-end-all': { ...home, path: '/sessions', press: ['.top button:last-child'] },
  account: { ...home, path: '/account' },
  'account-no-password': { ...home, path: '/account', password: false },
  'account-errors': { ...home, path: '/account', press: ['section:last-child [type="submit"]'] },
  'account-failed': { ...home, path: '/account', service: 'fails' },
  'sign-out': { ...home, press: ['.opener', '.list li:last-child button'] },
  'sign-out-on-call': {
    state: { ...signed, call, ...live },
    press: ['.opener', '.list li:last-child button'],
  },
  missing: { ...home, path: '/nothing' },
  checking: { state: { status: 'checking', was: null, ...live } },
  unreachable: { state: { status: 'unreachable', was: null, connection: 'lost' } },
  'signed-out-cti': ended('signed_out', 'cti'),
  'signed-out-yesterday': ended('signed_out', 'workspace', DAY),
  'signed-out-by-admin': ended('ended_by_admin', 'dashboard'),
  'signed-out-password': ended('password_changed', 'account'),
  'signed-out-idle': ended('idle_too_long', null),
  'signed-out-nobody': { state: { status: 'signed_out', ended: null, ...live } },
};

export function sessionOf(story: Story): Session {
  const nothing = (): void => undefined;
  return {
    state: story.state,
    subscribe(told) {
      told(story.state);
      return nothing;
    },
    onChanged: () => nothing,
    signIn: nothing,
    signOut: async () => ({ status: 'failed', code: 'UL-3001', message: '' }),
    reportCall: nothing,
    recheck: nothing,
    close: nothing,
  };
}

export function apiOf(story: Story): Api {
  const answer = <T>(value: T): Promise<T> => {
    switch (story.service ?? 'answers') {
      case 'waits':
        return new Promise(() => undefined);
      case 'fails':
        return Promise.reject(new Failure('UL-3010', '', 0));
      default:
        return Promise.resolve(value);
    }
  };
  const { person, organization } = story.state.status === 'signed_in' ? story.state : signed;
  return {
    sessions: () => answer(story.sessions ?? sessions),
    end: () => answer({ ended: 1, after_call: 0 }),
    endOthers: () => answer({ ended: 1, after_call: 1 }),
    endEverywhere: () => answer({ ended: 3, after_call: 0 }),
    account: () =>
      answer({
        name: person.name,
        email: person.email,
        role: person.role,
        organization: organization.name,
        password_set: story.password ?? true,
      }),
    rename: () => answer(undefined),
    changePassword: () => answer(undefined),
    availability: () => answer('available' as const),
    setAvailability: () => answer(undefined),
  };
}

export function dialOf(story: Story): () => PracticeCall {
  const state = story.call ?? { status: 'connecting' };
  const nothing = (): void => undefined;
  let step = 0;
  return () => ({
    id: 'a-call',
    state,
    subscribe(told) {
      told(state);
      return nothing;
    },
    mute: nothing,
    hangUp: nothing,
    level: () => 0.35 + 0.3 * Math.sin(step++ / 2),
  });
}
