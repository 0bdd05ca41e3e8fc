// One view for every state that the window can be in, for looking at it and for the
// accessibility tests.

import type { ActivityShown, ElsewhereShown, MessageShown, PagesShown, View } from '../wire/view';

/** 24 November 2026, 14:02 UTC: the stories always look the same. */
export const NOW = Date.UTC(2026, 10, 24, 14, 2);

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const NO_PAGES: PagesShown = { sessions: false, workspace: false, dashboard: false };

const plain: View = {
  screen: { name: 'signed_out' },
  person: null,
  issuer: 'id.acme.localhost:7400',
  attempt: null,
  notice: null,
  activity: [],
  bridge: 'absent',
  session_since: null,
  ended_at: null,
  last_renewed: null,
  sign_out_owed: false,
  elsewhere: null,
  pages: NO_PAGES,
  device: 'mira-laptop',
  version: '0.1.0',
  platform: 'linux',
};

function message(key: string): MessageShown {
  return { key, arguments: [] };
}

const waiting: View = {
  ...plain,
  screen: { name: 'waiting_for_browser' },
  attempt: {
    address:
      'http://id.acme.localhost:7400/oauth/authorize?client_id=workspace-desktop&request_uri=urn%3Aietf%3Aparams%3Aoauth%3Arequest_uri%3A6esc_11ACC5bwc014ltc14eY22c',
    deadline: NOW + 9.5 * MINUTE,
    loopback: false,
    scheme_taken: false,
  },
};

const activity: ActivityShown[] = [
  {
    at: NOW - 4 * MINUTE,
    ended: 'signed_out',
    kind: 'browser',
    surface: 'cti',
    device: 'Chromium on Linux',
  },
  {
    at: NOW - 3 * HOUR,
    ended: null,
    kind: 'browser',
    surface: 'workspace',
    device: 'Chromium on Linux',
  },
  {
    at: NOW - DAY - HOUR,
    ended: 'ended_by_user',
    kind: 'desktop',
    surface: 'account',
    device: 'mira-home',
  },
];

const elsewhere: ElsewhereShown[] = [
  {
    kind: 'browser',
    device: 'Chromium on Linux',
    platform: 'Linux',
    place: 'Vienna, Austria',
    since: NOW - 3 * HOUR,
    last_used: NOW - 30_000,
  },
  {
    kind: 'desktop',
    device: 'mira-home',
    platform: 'Windows 11',
    place: null,
    since: NOW - 40 * DAY,
    last_used: NOW - DAY - HOUR,
  },
];

const signedIn: View = {
  ...plain,
  screen: { name: 'signed_in', connection: 'online' },
  person: {
    name: 'Mira Okafor',
    email: 'mira@acme.example',
    organization: 'Acme',
    role: 'admin',
  },
  bridge: 'live',
  session_since: NOW - 2 * DAY,
  last_renewed: NOW - 3 * MINUTE,
  elsewhere,
  pages: { sessions: true, workspace: true, dashboard: true },
  activity,
};

export const states: Record<string, View> = {
  starting: { ...plain, screen: { name: 'starting' } },
  'signed-out': plain,
  'signed-out-owed': { ...plain, sign_out_owed: true },
  'signed-out-notice': {
    ...plain,
    notice: { code: 'UL-2005', message: message('problem-link-without-attempt') },
  },
  waiting,
  'waiting-trouble': {
    ...waiting,
    notice: { code: 'UL-2004', message: message('problem-browser-not-opened') },
  },
  'waiting-loopback': {
    ...waiting,
    attempt: { address: null, deadline: NOW + 20_000, loopback: true, scheme_taken: true },
  },
  exchanging: { ...plain, screen: { name: 'exchanging' } },
  'signed-in': signedIn,
  'signed-in-empty': { ...signedIn, activity: [], elsewhere: [], last_renewed: null },
  'signed-in-agent': {
    ...signedIn,
    person: {
      name: 'Theo Brandt',
      email: 'theo@acme.example',
      organization: 'Acme',
      role: 'agent',
    },
    pages: { sessions: true, workspace: true, dashboard: false },
  },
  'signed-in-many': {
    ...signedIn,
    elsewhere: Array.from({ length: 9 }, (_, index) => ({
      kind: index % 3 ? ('browser' as const) : ('desktop' as const),
      device: index % 3 ? 'Firefox on Windows' : `DESKTOP-ACME-00${index}`,
      platform: 'Windows 11',
      place: null,
      since: NOW - (index + 1) * DAY,
      last_used: NOW - index * 5 * HOUR,
    })),
  },
  'signed-in-plain-issuer': {
    ...signedIn,
    issuer: 'login.example/tenant',
    person: { name: 'sub-83f0', email: null, organization: null, role: null },
    activity: [],
    bridge: 'absent',
    elsewhere: null,
    pages: NO_PAGES,
  },
  'signed-in-long-names': {
    ...signedIn,
    person: {
      name: 'Maximiliane-Alexandra Freifrau von und zu Hohenlohe-Waldenburg-Schillingsfürst',
      email: 'maximiliane-alexandra.hohenlohe-waldenburg@subsidiary.acme-international.example',
      organization: 'Acme International Customer Support Services GmbH & Co. KG',
      role: 'supervisor',
    },
    device: 'DESKTOP-HOHENLOHE-WALDENBURG-0017.corp.acme-international.example',
  },
  offline: {
    ...signedIn,
    screen: { name: 'signed_in', connection: 'offline' },
    bridge: 'reconnecting',
  },
  'sign-out': signedIn,
  keychain: {
    ...plain,
    screen: { name: 'keychain_unavailable' },
    notice: { code: 'UL-2101', message: message('problem-keychain-locked') },
  },
  'record-damaged': {
    ...plain,
    screen: { name: 'record_unreadable', newer: false },
    notice: { code: 'UL-2104', message: message('problem-record-damaged') },
  },
  'record-newer': {
    ...plain,
    screen: { name: 'record_unreadable', newer: true },
    notice: { code: 'UL-2105', message: message('problem-record-newer') },
  },
  settings: {
    ...plain,
    issuer: '',
    screen: { name: 'settings_unusable' },
    notice: {
      code: 'UL-2111',
      message: {
        key: 'problem-settings-unusable',
        arguments: [
          [
            'detail',
            '/home/mira/.config/com.unifiedlogin.workspace/settings.toml is not valid: TOML parse error at line 1, column 1\n  |\n1 | isuer = "https://id.example"\n  | ^^^^^\nunknown field `isuer`, expected `issuer` or `client_id`',
          ],
        ],
      },
    },
  },
  ended: {
    ...signedIn,
    screen: { name: 'ended', reason: message('ended-by-admin') },
    ended_at: NOW - 22 * MINUTE,
  },
};
