// People, teams and their sessions, for the stories.

import type { LiveSession, PersonShown, Team } from '../wire/dashboard';

/** 24 November 2026, 14:02 UTC: the stories always look the same. */
export const NOW = Date.UTC(2026, 10, 24, 14, 2);

const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export function before(time: number): string {
  return new Date(NOW - time).toISOString();
}

const SUPPORT = { id: 'team-support', name: 'Support Vienna' };
const SALES = { id: 'team-sales', name: 'Sales' };

function person(id: string, name: string, more: Partial<PersonShown> = {}): PersonShown {
  return {
    id,
    name,
    email: `${name.split(' ')[0]?.toLowerCase()}@acme.example`,
    role: 'agent',
    status: 'active',
    team: SUPPORT,
    live_sessions: 1,
    last_used: before(4 * MINUTE),
    ...more,
  };
}

export const mira = person('mira', 'Mira Okafor', { role: 'admin', team: null, live_sessions: 3 });
export const sam = person('sam', 'Sam Lindqvist', { role: 'supervisor', live_sessions: 2 });
const theo = person('theo', 'Theo Brandt', { live_sessions: 2, last_used: before(30_000) });
const ines = person('ines', 'Inês Carvalho', { team: SALES, last_used: before(26 * HOUR) });

export const people: PersonShown[] = [
  person('amal', 'Amal Haddad', { live_sessions: 0, last_used: before(3 * DAY) }),
  ines,
  person('jo', 'Jo Park', { status: 'disabled', live_sessions: 0, last_used: before(40 * DAY) }),
  person('max', 'Maximiliane-Alexandra Freifrau von und zu Hohenlohe-Waldenburg', {
    email: 'maximiliane-alexandra.hohenlohe-waldenburg@subsidiary.acme-international.example',
    role: 'supervisor',
    team: SALES,
  }),
  mira,
  sam,
  theo,
  person('new', '', {
    email: 'lena@acme.example',
    status: 'invited',
    team: null,
    live_sessions: 0,
    last_used: null,
  }),
];

const named = ({ id, name, email }: PersonShown) => ({ id, name, email });

export const teams: Team[] = [
  { ...SALES, members: [ines].map(named), leaders: [] },
  { ...SUPPORT, members: [theo, ...people.slice(0, 3)].map(named), leaders: [named(sam)] },
];

function session(id: string, of: PersonShown, more: Partial<LiveSession> = {}): LiveSession {
  return {
    id,
    person: named(of),
    kind: 'browser',
    device: 'Chromium on Linux',
    platform: 'Linux',
    agent: 'Chromium',
    address: '203.0.113.9',
    place: 'Vienna, Austria',
    since: before(3 * HOUR),
    last_used: before(2 * MINUTE),
    this: false,
    on_call: false,
    ending: false,
    may_end: true,
    ...more,
  };
}

export const sessions: LiveSession[] = [
  session('1', mira, { this: true, last_used: before(10_000) }),
  session('2', theo, { on_call: true, device: 'Firefox on Windows', last_used: before(30_000) }),
  session('3', sam, {
    kind: 'desktop',
    device: 'sam-laptop',
    platform: 'Windows 11',
    since: before(40 * DAY),
    place: null,
    address: '2001:db8:85a3::8a2e:370:7334',
  }),
  session('4', theo, { on_call: true, ending: true, device: 'Edge on Windows' }),
  session('5', ines, { device: 'Safari on iPhone', place: 'Lisbon, Portugal', since: before(DAY) }),
];
