// The Dashboard's words.

import { dateAndTime, messages, relative } from '@unified-login/design';
import { locale } from '@unified-login/design/session';
import source from '@unified-login/design/messages/en/dashboard.ftl?raw';

export { list, locale, roleName } from '@unified-login/design/session';

export const t = messages(locale, source);

const WEEK = 7 * 86_400_000;

/** "5 minutes ago"; after a week the day, "24 Nov 2026". */
export function ago(at: string, now: number): string {
  const then = Date.parse(at);
  return now - then > WEEK
    ? new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(then)
    : relative(locale, then, now);
}

/** "24 Nov 2026, 14:02". */
export function shortly(at: string): string {
  const style = { dateStyle: 'medium', timeStyle: 'short' } as const;
  return new Intl.DateTimeFormat(locale, style).format(Date.parse(at));
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
