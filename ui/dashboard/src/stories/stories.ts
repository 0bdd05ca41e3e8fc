// Every state of every screen. `press` presses these buttons and menu entries, one after another.

import type { Mood } from './service';

export interface Story {
  path?: string;
  state?: string;
  mood?: Mood;
  press?: readonly string[];
}

const SCREENS = {
  people: '/',
  sessions: '/sessions',
  teams: '/teams',
  crm: '/crm',
  clients: '/clients',
  audit: '/audit',
  settings: '/settings',
};

const screens: Record<string, Story> = Object.fromEntries(
  Object.entries(SCREENS).flatMap(([name, path]): [string, Story][] => [
    [name, { path }],
    [`${name}-empty`, { path, mood: 'empty' }],
    [`${name}-waiting`, { path, mood: 'waiting' }],
    [`${name}-failing`, { path, mood: 'failing' }],
  ]),
);

const THEO = 'Actions for Theo Brandt';
const MIRA = 'Actions for Mira Okafor';

export const stories: Record<string, Story> = {
  ...screens,
  'people-lost': { state: 'lost' },
  'people-supervisor': { state: 'supervisor' },
  'people-menu': { press: [THEO] },
  'people-invite': { press: ['Invite'] },
  'people-invite-refused': { mood: 'refusing', press: ['Invite', 'Send the invitation'] },
  'people-change': { press: [THEO, 'Role and team…'] },
  'people-change-myself': { press: [MIRA, 'Role and team…', 'Agent'] },
  'people-end': { press: [THEO, 'End sessions…'] },
  'people-ended': { press: [THEO, 'End sessions…', 'End'] },
  'people-disable': { press: [THEO, 'Disable…'] },
  'people-disable-myself': { press: [MIRA, 'Disable…'] },
  'sessions-end': { path: '/sessions', press: ['End Firefox on Windows, Theo Brandt'] },
  'sessions-supervisor': { path: '/sessions', state: 'supervisor' },
  'teams-supervisor': { path: '/teams', state: 'supervisor' },
  'teams-add': { path: '/teams', press: ['New team'] },
  'teams-change': { path: '/teams', press: ['Actions for Support Vienna', 'Change…'] },
  'teams-remove': { path: '/teams', press: ['Actions for Support Vienna', 'Remove…'] },
  'crm-remove': { path: '/crm', press: ['Remove https://app.hubspot.com'] },
  'crm-add-empty': { path: '/crm', press: ['Add'] },
  'clients-add': { path: '/clients', press: ['Register a client'] },
  'clients-refused': {
    path: '/clients',
    mood: 'refusing',
    press: ['Register a client', 'Register'],
  },
  'clients-secret': { path: '/clients', press: ['Register a client', 'Register'] },
  'clients-new-secret': { path: '/clients', press: ['Actions for Knowledge base', 'New secret…'] },
  'clients-remove': { path: '/clients', press: ['Actions for Knowledge base', 'Remove…'] },
  'settings-refused': { path: '/settings', mood: 'refusing', press: ['Save'] },
  missing: { path: '/nowhere' },
  refused: { state: 'refused' },
  'signed-out': { state: 'signed-out' },
  checking: { state: 'checking' },
  unreachable: { state: 'unreachable' },
  account: { press: ['Your account: Mira Okafor'] },
};
