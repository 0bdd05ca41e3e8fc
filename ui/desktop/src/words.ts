// The window's words.

import { messages, regional, type MessageArguments } from '@unified-login/design';
import source from '@unified-login/design/messages/en/desktop.ftl?raw';
import type { MessageShown } from './wire/view';

/** English words; dates and times as where the person lives writes them. */
export const locale = regional('en', navigator.language);

export const t = messages(locale, source);

/** The text of a message that the app chose. */
export function told(message: MessageShown, more: MessageArguments = {}): string {
  return t(message.key, { ...more, ...Object.fromEntries(message.arguments) });
}

/** With a capital first letter, for words that begin a line. */
export function sentence(words: string): string {
  const [first = '', ...rest] = words;
  return first.toLocaleUpperCase(locale) + rest.join('');
}
