// Workspace's words.

import { dateAndTime, messages, relative } from '@unified-login/design';
import { locale } from '@unified-login/design/session';
import source from '@unified-login/design/messages/en/workspace.ftl?raw';

export { locale, roleName, t as shared } from '@unified-login/design/session';

export const t = messages(locale, source);

/** "5 minutes ago". */
export function ago(at: string, now: number): string {
  return relative(locale, Date.parse(at), now);
}

/** "24 November 2026, 14:02". */
export function exactly(at: string): string {
  return dateAndTime(locale, Date.parse(at));
}
