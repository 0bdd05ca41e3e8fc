// What Workspace asks of the service.

import type { Transport } from '@unified-login/design/data';
import type { Availability } from '@unified-login/session-client';
import type { Account, Ended, OwnSession } from './wire/workspace';

export interface Api {
  sessions(): Promise<OwnSession[]>;
  end(sessions: string[]): Promise<Ended>;
  endOthers(): Promise<Ended>;
  endEverywhere(): Promise<Ended>;
  account(): Promise<Account>;
  rename(name: string): Promise<void>;
  changePassword(current: string, next: string): Promise<void>;
  availability(): Promise<Availability>;
  setAvailability(availability: Availability): Promise<void>;
}

export function api(ask: Transport): Api {
  return {
    sessions: async () =>
      ((await ask('GET', '/api/sessions')) as { sessions: OwnSession[] }).sessions,
    end: async (sessions) => (await ask('POST', '/api/sessions/end', { sessions })) as Ended,
    endOthers: async () => (await ask('POST', '/api/sessions/end-others')) as Ended,
    endEverywhere: async () => (await ask('POST', '/api/sessions/end-everywhere')) as Ended,
    account: async () => (await ask('GET', '/api/account')) as Account,
    rename: async (name) => void (await ask('PUT', '/api/account', { name })),
    changePassword: async (current, next) =>
      void (await ask('POST', '/api/account/password', { current, new: next })),
    availability: async () =>
      ((await ask('GET', '/session/availability')) as { availability: Availability }).availability,
    setAvailability: async (availability) =>
      void (await ask('PUT', '/session/availability', { availability })),
  };
}
