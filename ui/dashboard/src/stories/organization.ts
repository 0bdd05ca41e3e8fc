// Everything else of the organization, for the stories.

import type { AuditShown, ClientShown, CrmOrigins, PersonName, Settings } from '../wire/dashboard';
import { DAY, HOUR, before, mira, people, sam } from './people';

export const crm: CrmOrigins = {
  hubspot: ['https://app.hubspot.com', 'https://app-eu1.hubspot.com'],
  zendesk: ['https://acme.zendesk.com'],
  salesforce: [],
  widget: {
    hubspot: 'https://cti.acme.example/hubspot/acme',
    zendesk: 'https://cti.acme.example/zendesk/acme',
    salesforce: 'https://cti.acme.example/salesforce/acme',
  },
};

const quiet = { failing: 0, given_up: 0, last_error: null, next_try: null };

export const clients: ClientShown[] = [
  {
    id: 'c-7f3a9b',
    name: 'Knowledge base',
    secret_set: true,
    created_at: before(90 * DAY),
    deliveries: quiet,
    redirect_uris: ['https://kb.acme.example/callback', 'https://kb.acme.example/callback/silent'],
    post_logout_redirect_uris: ['https://kb.acme.example/bye'],
    token_endpoint_auth_method: 'client_secret_basic',
    id_token_signed_response_alg: 'RS256',
    require_pushed_authorization_requests: false,
    backchannel_logout_uri: 'https://kb.acme.example/backchannel-logout',
    backchannel_logout_session_required: true,
  },
  {
    id: 'c-52d0e1',
    name: 'Shift planner',
    secret_set: false,
    created_at: before(2 * DAY),
    deliveries: {
      failing: 3,
      given_up: 1,
      last_error: '503 Service Unavailable',
      next_try: before(-HOUR),
    },
    redirect_uris: ['https://shifts.acme.example/signed-in'],
    post_logout_redirect_uris: [],
    token_endpoint_auth_method: 'none',
    id_token_signed_response_alg: 'ES256',
    require_pushed_authorization_requests: false,
    backchannel_logout_uri: 'https://shifts.acme.example/logout',
    backchannel_logout_session_required: false,
  },
];

export const settings: Settings = {
  name: 'Acme',
  sign_out_ends_all_browsers: false,
  browser_idle_days: 30,
  browser_absolute_days: 180,
  desktop_idle_days: 90,
  crm_mismatch: 'warn',
};

function entry(
  ago: number,
  by: PersonName | null,
  action: string,
  more: Partial<AuditShown> = {},
): AuditShown {
  return {
    at: before(ago),
    actor: { kind: by ? 'person' : 'service', id: by?.id ?? null, name: by?.name ?? null },
    action,
    subject: by,
    session: null,
    surface: null,
    address: '203.0.113.9',
    reason: null,
    ...more,
  };
}

const [amal = mira, ines = mira] = people;

export const audit: AuditShown[] = [
  entry(60_000, mira, 'user.disabled', { subject: people[2] ?? null, surface: 'dashboard' }),
  entry(4 * 60_000, amal, 'session.ended', { surface: 'cti', reason: 'signed_out' }),
  entry(HOUR, null, 'session.ended', { subject: ines, address: null, reason: 'idle_too_long' }),
  entry(2 * HOUR, sam, 'sign_in.succeeded', { surface: 'desktop', reason: 'password' }),
  entry(3 * HOUR, null, 'sign_in.failed', {
    actor: { kind: 'anonymous', id: null, name: null },
    subject: sam,
    surface: 'account',
  }),
  entry(DAY, mira, 'crm.origins_changed', {
    subject: null,
    surface: 'dashboard',
    reason: 'hubspot',
  }),
  entry(2 * DAY, mira, 'a_newer.action', { subject: null }),
  entry(90 * DAY, null, 'organization.created', {
    actor: { kind: 'operator', id: null, name: null },
    subject: null,
    address: null,
  }),
];
