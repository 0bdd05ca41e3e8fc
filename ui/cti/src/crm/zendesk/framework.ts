// The app's side of the Zendesk Apps Framework: JSON strings to and from the page around the frame.

import type { Host } from '../host.ts';

interface Received {
  key?: unknown;
  message?: unknown;
  id?: unknown;
  result?: unknown;
  needsReply?: unknown;
}

/** How long an answer may take before the question counts as not answered. */
const PATIENCE = 10_000;

export class Framework {
  /** Settles when Zendesk has taken the app up. Until then it is told nothing but the handshake. */
  readonly registered: Promise<void>;
  readonly #host: Host;
  readonly #origin: string;
  readonly #guid: string;
  readonly #handlers = new Map<string, (message: unknown) => void>();
  readonly #questions = new Map<number, (result: unknown) => void>();
  readonly #hear = (event: MessageEvent): void => this.#take(event);
  #register: () => void = () => undefined;
  #last = 0;

  constructor(host: Host, origin: string, guid: string) {
    this.#host = host;
    this.#origin = origin;
    this.#guid = guid;
    this.registered = new Promise((resolve) => (this.#register = resolve));
    addEventListener('message', this.#hear);
    this.#post({ key: 'iframe.handshake', message: { version: '2.0.9' } });
  }

  /** Hears an event; asked for as soon as there is somebody to ask. */
  on(event: string, handler: (message: unknown) => void): void {
    this.#handlers.set(event, handler);
    void this.registered.then(() =>
      this.#post({ key: `iframe.on:${event}`, message: { subscriberCount: 1 } }),
    );
  }

  /** Asks for one value; undefined where Zendesk does not give it. */
  get(path: string): Promise<unknown> {
    const id = ++this.#last;
    return new Promise((resolve) => {
      const done = (result: unknown): void => {
        clearTimeout(timer);
        this.#questions.delete(id);
        resolve((result as Record<string, unknown> | null | undefined)?.[path]);
      };
      const timer = setTimeout(() => done(undefined), PATIENCE);
      this.#questions.set(id, done);
      this.#post({ id, request: 'get', params: [path] });
    });
  }

  /** Has something done; whether it was done changes nothing here. */
  invoke(method: string, ...values: unknown[]): void {
    this.#post({ id: ++this.#last, request: 'invoke', params: { [method]: values } });
  }

  close(): void {
    removeEventListener('message', this.#hear);
  }

  #take(event: MessageEvent): void {
    if (!this.#host.spoke(event) || event.origin !== this.#origin) {
      return;
    }
    const received = read(event.data);
    if (!received) {
      return;
    }
    if (typeof received.id === 'number') {
      this.#questions.get(received.id)?.(received.result);
    } else if (typeof received.key === 'string' && received.key.startsWith('zaf.')) {
      this.#event(received.key.slice('zaf.'.length), received);
    }
  }

  #event(event: string, { message, needsReply }: Received): void {
    if (event === 'app.registered') {
      this.#register();
      return;
    }
    this.#handlers.get(event)?.(message);
    if (needsReply === true) {
      this.#post({ key: `iframe.reply:${event}` });
    }
  }

  #post(message: Record<string, unknown>): void {
    const whole = { ...message, appGuid: this.#guid, instanceGuid: this.#guid };
    window.parent.postMessage(JSON.stringify(whole), this.#origin);
  }
}

/** A message of the framework: an object, or the JSON text of one. */
function read(data: unknown): Received | null {
  try {
    const value: unknown = typeof data === 'string' ? JSON.parse(data) : data;
    return typeof value === 'object' && value !== null ? (value as Received) : null;
  } catch {
    return null;
  }
}
