// A service that answers from fixtures: well, with nothing, never, or with trouble.

import { Failure, type Transport } from '@unified-login/design/data';
import type { ClientFields, CrmOriginsFields } from '../wire/dashboard';
import { audit, clients, crm, settings } from './organization';
import { NOW, people, sessions, teams } from './people';

export type Mood = 'well' | 'empty' | 'waiting' | 'failing' | 'refusing';

const ENDED = { ended: 1, after_call: 1 };

function answer(path: string, search: string, empty: boolean): unknown {
  const some = <T>(list: T[]): T[] => (empty ? [] : list);
  switch (path) {
    case '/api/people': {
      const found = people.filter((person) => `${person.name} ${person.email}`.includes(search));
      return { people: some(found) };
    }
    case '/api/teams':
      return { teams: some(teams) };
    case '/api/sessions':
      return { sessions: some(sessions), next: empty ? null : 'next' };
    case '/api/crm':
      return empty ? { ...crm, hubspot: [], zendesk: [] } : crm;
    case '/api/clients':
      return { clients: some(clients) };
    case '/api/audit':
      return { entries: some(audit), next: empty ? null : 'next' };
    default:
      return settings;
  }
}

function changed(path: string, body: object | undefined): unknown {
  if (path === '/api/crm') {
    return { ...(body as CrmOriginsFields), widget: crm.widget };
  }
  if (path === '/api/clients') {
    const client = {
      ...(body as ClientFields),
      id: 'c-new',
      secret_set: true,
      created_at: new Date(NOW).toISOString(),
      deliveries: { failing: 0, given_up: 0, last_error: null, next_try: null },
    };
    return { client, secret: 'uls_4pXq2kZtV9sJw7yRb1nGmC5dEaHfLu0T' };
  }
  if (path.endsWith('/secret')) {
    return { secret: 'uls_4pXq2kZtV9sJw7yRb1nGmC5dEaHfLu0T' };
  }
  if (path === '/api/people/invite') {
    return { person: people[0] };
  }
  if (path === '/api/organization') {
    return { ...settings, ...body };
  }
  return ENDED;
}

function refusal(path: string): Failure {
  const [field, message] =
    {
      '/api/people/invite': ['email', 'Somebody with this address is here already.'],
      '/api/crm': ['hubspot[2]', 'This is not an origin: leave out what comes after the host.'],
      '/api/clients': ['redirect_uris[0]', 'Use https, or http for this computer only.'],
      '/api/organization': ['browser_idle_days', 'Enter a number from 1 to 30.'],
    }[path] ?? [];
  return new Failure('UL-1406', message ?? 'That is not possible at present.', 422, field);
}

export function service(mood: Mood): Transport {
  return async (method, address, body) => {
    const { pathname, searchParams } = new URL(address, location.origin);
    if (mood === 'waiting') {
      return new Promise(() => undefined);
    }
    if (mood === 'failing') {
      throw new Failure('UL-3010', '', 0);
    }
    if (method === 'GET') {
      return answer(pathname, searchParams.get('search') ?? '', mood === 'empty');
    }
    if (mood === 'refusing') {
      throw refusal(pathname);
    }
    return changed(pathname, body);
  };
}
