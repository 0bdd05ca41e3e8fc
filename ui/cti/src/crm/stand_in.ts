// For tests: a page around this frame, and what the frame said to it.

import { vi } from 'vitest';
import type { Heard, Labels } from './crm.ts';
import { Host } from './host.ts';

export const HOST = 'https://app.crm.example';
export const LABELS: Labels = { ready: 'Phone', signIn: 'Sign in', onCall: 'On a call' };

/** The page around. What it was sent is in `sent`, with the origin that it was meant for. */
export class Parent {
  readonly sent: { message: unknown; target: string }[] = [];
  /** Called with each message that arrives. */
  answer: (message: unknown) => void = () => undefined;

  postMessage(message: unknown, target: string): void {
    this.sent.push({ message, target });
    this.answer(message);
  }

  /** What came, where JSON strings are read. */
  get messages(): Record<string, unknown>[] {
    return this.sent.map(({ message }) =>
      typeof message === 'string' ? JSON.parse(message) : message,
    );
  }

  /** Speaks to the frame. */
  say(data: unknown, origin = HOST, source: unknown = this): void {
    const event = new MessageEvent('message', { data, origin });
    Object.defineProperty(event, 'source', { value: source });
    dispatchEvent(event);
  }
}

/** Puts this frame into a page of `origin`; `ancestors` null: in a browser that does not tell. */
export function inFrame({
  origin = HOST,
  ancestors = [origin] as string[] | null,
  referrer = '',
  search = '',
} = {}): Parent {
  const parent = new Parent();
  vi.spyOn(window, 'parent', 'get').mockReturnValue(
    parent as unknown as Window & typeof globalThis,
  );
  vi.spyOn(document, 'referrer', 'get').mockReturnValue(referrer);
  history.replaceState(null, '', `/crm/acme${search}`);
  Object.defineProperty(location, 'ancestorOrigins', {
    value: ancestors ?? undefined,
    configurable: true,
  });
  return parent;
}

export function host(list: string[] = [HOST]): Host {
  return new Host(list);
}

export class Ear implements Heard {
  readonly dialled: string[] = [];
  ended = 0;

  onDial(number: string): void {
    this.dialled.push(number);
  }

  onEndCall(): void {
    this.ended += 1;
  }
}

/** Lets what is under way go on. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) {
    await Promise.resolve();
  }
}
