// What the Dashboard asks of the service.

import type {
  Audit,
  ChangePerson,
  ClientCreated,
  ClientFields,
  Clients,
  ClientSecret,
  CrmOrigins,
  CrmOriginsFields,
  Ended,
  EndWhen,
  Invited,
  InvitePerson,
  Kind,
  LiveSessions,
  People,
  Settings,
  SettingsFields,
  TeamFields,
  Teams,
} from '../wire/dashboard';
import type { Transport } from '@unified-login/design/data';

export interface AuditFilter {
  from: string;
  to: string;
  action: string;
  person: string;
}

/** Without what is empty. */
function query(values: Record<string, string | null | undefined>): string {
  const said = Object.entries(values).filter((pair): pair is [string, string] => !!pair[1]);
  return said.length > 0 ? `?${new URLSearchParams(said)}` : '';
}

export function createApi(ask: Transport) {
  const get = <T>(path: string) => ask('GET', path) as Promise<T>;
  const post = <T>(path: string, body?: object) => ask('POST', path, body) as Promise<T>;
  const put = <T>(path: string, body: object) => ask('PUT', path, body) as Promise<T>;
  const remove = (path: string) => ask('DELETE', path);
  const at = (path: string, id: string, more = '') => `${path}/${encodeURIComponent(id)}${more}`;

  return {
    people: (search = '') => get<People>(`/api/people${query({ search })}`),
    invite: (person: InvitePerson) => post<Invited>('/api/people/invite', person),
    changePerson: (id: string, fields: ChangePerson) => put<unknown>(at('/api/people', id), fields),
    disable: (id: string, when: EndWhen) => post<Ended>(at('/api/people', id, '/disable'), when),
    enable: (id: string) => post<unknown>(at('/api/people', id, '/enable')),
    endSessionsOf: (id: string, when: EndWhen) =>
      post<Ended>(at('/api/people', id, '/end-sessions'), when),

    teams: () => get<Teams>('/api/teams'),
    addTeam: (fields: TeamFields) => post<unknown>('/api/teams', fields),
    changeTeam: (id: string, fields: TeamFields) => put<unknown>(at('/api/teams', id), fields),
    removeTeam: (id: string) => remove(at('/api/teams', id)),

    sessions: (search: string, kind: Kind | '', cursor: string | null) =>
      get<LiveSessions>(`/api/sessions${query({ search, kind, cursor })}`),
    endSession: (id: string, when: EndWhen) => post<Ended>(at('/api/sessions', id, '/end'), when),

    crm: () => get<CrmOrigins>('/api/crm'),
    setCrm: (fields: CrmOriginsFields) => put<CrmOrigins>('/api/crm', fields),

    clients: () => get<Clients>('/api/clients'),
    addClient: (fields: ClientFields) => post<ClientCreated>('/api/clients', fields),
    changeClient: (id: string, fields: ClientFields) =>
      put<ClientCreated>(at('/api/clients', id), fields),
    newSecret: (id: string) => post<ClientSecret>(at('/api/clients', id, '/secret')),
    removeClient: (id: string) => remove(at('/api/clients', id)),

    audit: (filter: AuditFilter, cursor: string | null) =>
      get<Audit>(`/api/audit${query({ ...filter, cursor })}`),
    /** An address to download from. */
    auditFile: (filter: AuditFilter) => `/api/audit.csv${query({ ...filter })}`,

    settings: () => get<Settings>('/api/organization'),
    setSettings: (fields: SettingsFields) => put<Settings>('/api/organization', fields),
  };
}

export type Api = ReturnType<typeof createApi>;
