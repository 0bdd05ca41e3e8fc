// The Dashboard's words.

import { dateAndTime, messages, relative } from '@unified-login/design';
import { locale } from '@unified-login/design/session';
import source from '@unified-login/design/messages/en/dashboard.ftl?raw';

export { list, locale, roleName } from '@unified-login/design/session';

export const t = messages(locale, source);

/** "5 minutes ago". */
export function ago(at: string, now: number): string {
  return relative(locale, Date.parse(at), now);
}

/** "24 November 2026, 14:02". */
export function exactly(at: string): string {
  return dateAndTime(locale, Date.parse(at));
}

/** "1,204". */
export function count(number: number): string {
  return new Intl.NumberFormat(locale).format(number);
}

/** What the buttons that copy say. */
export const copyWords = {
  copy: t('copy'),
  copied: t('copied'),
  select: t('copy-select'),
};

/** An action of the audit log; one that a newer service knows is said as it is. */
export function actionText(action: string): string {
  return known(`action-${action.replace('.', '-')}`, action);
}

/** Why it happened. */
export function reasonText(reason: string): string {
  return known(`reason-${reason}`, reason);
}

function known(id: string, otherwise: string): string {
  return t.has(id) ? t(id) : otherwise;
}
