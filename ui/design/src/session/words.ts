// The words that surfaces share.

import type { Ended, Role } from '@unified-login/session-client';
import source from '../../messages/en/surfaces.ftl?raw';
import { messages } from '../messages';
import { clockTime, regional } from '../time';

/** English words; dates and times as where the person lives writes them. */
export const locale = regional('en', navigator.language);

export const t = messages(locale, source);

/** "14:02", or with its date if that is not today. */
export function when(at: string): string {
  return clockTime(locale, Date.parse(at), Date.now());
}

/** "You signed out in the CTI widget, 14:02". */
export function endedTitle(ended: Ended | null): string {
  return ended
    ? t(`ended-${ended.reason}`, { surface: ended.surface ?? 'other', when: when(ended.at) })
    : t('ended-none');
}

export function roleName(role: Role): string {
  return t(`role-${role}`);
}

/** "Ada, Bo and Cy". */
export function list(names: string[]): string {
  return new Intl.ListFormat(locale, { type: 'disjunction' }).format(names);
}
