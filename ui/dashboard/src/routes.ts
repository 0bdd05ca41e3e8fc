// The screens, each loaded when it is first shown.

import type { Component } from 'svelte';
import type { Role } from '@unified-login/session-client';

export interface Route {
  path: string;
  /** Its name in the catalogue: `nav-people`. */
  name: string;
  /** For Admins only. */
  admin: boolean;
  load: () => Promise<{ default: Component }>;
}

export const ROUTES: readonly Route[] = [
  { path: '/', name: 'people', admin: false, load: () => import('./screens/People.svelte') },
  {
    path: '/sessions',
    name: 'sessions',
    admin: false,
    load: () => import('./screens/Sessions.svelte'),
  },
  { path: '/teams', name: 'teams', admin: false, load: () => import('./screens/Teams.svelte') },
  { path: '/crm', name: 'crm', admin: true, load: () => import('./screens/Crm.svelte') },
  {
    path: '/clients',
    name: 'clients',
    admin: true,
    load: () => import('./screens/Clients.svelte'),
  },
  { path: '/audit', name: 'audit', admin: true, load: () => import('./screens/Audit.svelte') },
  {
    path: '/settings',
    name: 'settings',
    admin: true,
    load: () => import('./screens/Settings.svelte'),
  },
];

/** The screens that a person of that role has. */
export function routesFor(role: Role): readonly Route[] {
  return ROUTES.filter((route) => role === 'admin' || !route.admin);
}
