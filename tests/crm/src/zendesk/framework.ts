// The host's side of the Zendesk Apps Framework (ZAF v2): JSON strings over `postMessage`, to one
// app in one frame.

import type { Log } from '../log';
import { ask, user, type User } from '../settings';

interface Message {
  key?: string;
  message?: unknown;
  id?: number;
  request?: 'get' | 'set' | 'invoke';
  params?: string[] | Record<string, unknown>;
  appGuid?: string;
  instanceGuid?: string;
}

/** The person, as `currentUser` gives them. */
function currentUser(of: User): Record<string, unknown> {
  return {
    id: of.id,
    name: of.name,
    email: of.email,
    role: 'agent',
    externalId: null,
    locale: 'en-GB',
    timeZone: { name: 'UTC' },
    groups: [],
    organizations: [],
    tags: [],
  };
}

/** One app in its frame. */
export class Framework {
  readonly guid = crypto.randomUUID();
  readonly #frame: () => Window | null;
  readonly #target: string;
  readonly #log: Log;
  readonly #subscribed = new Set<string>();
  #listening = false;
  #shaken = false;

  constructor(frame: () => Window | null, target: string, log: Log) {
    this.#frame = frame;
    this.#target = target;
    this.#log = log;
    addEventListener('message', (event) => this.#hear(event));
  }

  /** Begins to hear; whoever shook hands before is registered now. */
  listen(): void {
    this.#listening = true;
    if (this.#shaken) {
      this.#register();
    }
  }

  /** Sends an event that the app subscribed to, as the framework does; false if it did not. */
  event(name: string, message: unknown): boolean {
    if (!this.#subscribed.has(name)) {
      return false;
    }
    this.#send({ key: `zaf.${name}`, message, instanceGuid: this.guid });
    return true;
  }

  #hear(event: MessageEvent): void {
    if (event.origin !== this.#target || event.source !== this.#frame()) {
      return;
    }
    if (!this.#listening) {
      this.#shaken = true;
      return;
    }
    if (typeof event.data !== 'string') {
      this.#log.add('from widget', 'not a string', event.data);
      return;
    }
    const message = JSON.parse(event.data) as Message;
    this.#log.add('from widget', message.key ?? message.request ?? '?', message);
    if (message.appGuid !== this.guid) {
      return;
    }
    if (message.request && message.id !== undefined) {
      this.#answer(message.id, message.request, message.params ?? {});
    } else if (message.key === 'iframe.handshake') {
      this.#register();
    } else if (message.key?.startsWith('iframe.on:')) {
      this.#subscribed.add(message.key.slice('iframe.on:'.length));
      this.#log.know('listens', [...this.#subscribed].join(', '));
    } else if (message.key?.startsWith('iframe.off:')) {
      this.#subscribed.delete(message.key.slice('iframe.off:'.length));
    }
  }

  #register(): void {
    this.#log.know('host', 'ready');
    this.#send({
      key: 'zaf.app.registered',
      message: {
        metadata: {
          appId: 100_204,
          installationId: 300_711,
          name: 'Unified Login phone',
          version: '1.0.0',
          settings: { title: 'Unified Login phone' },
        },
        context: {
          instanceGuid: this.guid,
          product: 'support',
          location: 'top_bar',
          account: { subdomain: 'acme' },
        },
      },
    });
  }

  #answer(id: number, request: string, params: string[] | Record<string, unknown>): void {
    if (ask('misbehave') === 'no-user' && request === 'get') {
      this.#send({ id, error: { name: 'APIError', message: 'not allowed', path: 'currentUser' } });
      return;
    }
    const result: Record<string, unknown> = {};
    const errors: Record<string, unknown> = {};
    for (const path of Array.isArray(params) ? params : Object.keys(params)) {
      const value = this.#value(request, path, params);
      if (value === undefined) {
        errors[path] = { name: 'Error', message: 'is not available', path };
      } else {
        result[path] = value;
      }
    }
    this.#send({ id, result: { ...result, errors } });
  }

  #value(request: string, path: string, params: unknown): unknown {
    if (request === 'get') {
      const known = currentUser(user());
      const [root = '', field] = path.split('.');
      if (root !== 'currentUser') {
        return undefined;
      }
      return field ? known[field] : known;
    }
    const given = (params as Record<string, unknown[]>)[path] ?? [];
    if (request === 'invoke' && path === 'popover') {
      this.#log.know('popover', String(given[0] ?? 'toggle'));
      return null;
    }
    if (request === 'invoke' && path === 'preloadPane') {
      this.#log.know('pane', 'preloaded');
      return null;
    }
    if (request === 'invoke' && path === 'resize') {
      const { width, height } = given[0] as { width?: string; height?: string };
      this.#log.know('size', `${width ?? '?'} × ${height ?? '?'}`);
      return { ...(width && { width }), ...(height && { height }) };
    }
    if (request === 'invoke' && path === 'notify') {
      this.#log.know('notice', String(given[0] ?? ''));
      return null;
    }
    return undefined;
  }

  #send(message: Record<string, unknown>): void {
    this.#frame()?.postMessage(JSON.stringify(message), this.#target);
    this.#log.add(
      'to widget',
      String(message['key'] ?? `answer ${String(message['id'])}`),
      message,
    );
  }
}
