// The message catalogue, in the language of the page.

import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';

export type MessageArguments = Record<string, FluentVariable>;

export interface Translate {
  (id: string, args?: MessageArguments): string;
  /** Whether there is such a message. */
  has(id: string): boolean;
}

/** Reads a catalogue. `source` is the text of a Fluent file. */
export function messages(locale: string, source: string): Translate {
  const bundle = new FluentBundle(locale, { useIsolating: false });
  bundle.addResource(new FluentResource(source));

  const translate = (id: string, args?: MessageArguments): string => {
    const message = bundle.getMessage(id);
    if (!message?.value) {
      // A missing word must not take the screen with it.
      console.error(`no message "${id}"`);
      return id;
    }
    return bundle.formatPattern(message.value, args ?? {}, []);
  };
  return Object.assign(translate, { has: (id: string) => bundle.hasMessage(id) });
}
