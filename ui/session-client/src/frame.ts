// The frame's way to a sign-in of its own, where the browser keeps a frame's cookies apart: a small
// window of the same origin. The two shake hands at once, both ways checked; from then on nothing
// depends on the window: the frame waits at the service with a secret that only it has.

import { about } from './backoff.ts';
import type { Session } from './session.ts';

/** Why a try came to nothing. `organization`: somebody of another one signed in. */
export type Failure = 'closed' | 'cancelled' | 'organization' | 'expired' | 'failed';

/** What the frame can do for a sign-in, and what became of it. */
export type EmbedState =
  /** Nothing is under way. `after` says why the last try came to nothing. */
  | { status: 'idle'; after: null | Failure }
  /** The window is open and has not answered yet. */
  | { status: 'opening' }
  /** The person signs in there. It may have been closed: the next press opens another. */
  | { status: 'waiting'; closed: boolean }
  /** The browser opened no window. `storage`: a press may use the browser's own sign-in instead. */
  | { status: 'blocked'; storage: boolean };

export interface EmbedPlatform {
  origin: string;
  fetch(path: string, init: RequestInit): Promise<Response>;
  open(): Window | null;
  listen(told: (event: MessageEvent) => void): () => void;
  set(after: number, then: () => void): number;
  clear(timer: number): void;
  random(): number;
  /** Whether the frame may use the browser's own cookies: `prompt` needs a press. */
  storage(): Promise<'granted' | 'prompt' | 'never'>;
  requestStorage(): Promise<void>;
}

export interface Embed {
  readonly state: EmbedState;
  subscribe(told: (state: EmbedState) => void): () => void;
  /** Opens the window. Only in answer to a person's press. */
  signIn(): void;
  /** Asks for the browser's own cookies. Only in answer to a person's press. */
  useStorage(): Promise<boolean>;
  close(): void;
}

interface Attempt {
  attempt: string;
  window: string;
  hand: string;
  wait: string;
}

/** How often a window is looked at that has not answered. */
const LOOK = 500;
const SIZE = 'popup,width=480,height=680';

export function createEmbed(
  session: Pick<Session, 'recheck'>,
  { base = '', platform = frame() }: { base?: string; platform?: EmbedPlatform } = {},
): Embed {
  const followers = new Set<(state: EmbedState) => void>();
  const attempts = new Set<() => void>();
  let state: EmbedState = { status: 'idle', after: null };
  let current = 0;

  function show(next: EmbedState): void {
    state = next;
    for (const told of [...followers]) {
      told(next);
    }
  }

  function post(path: string, body: unknown, signal?: AbortSignal): Promise<Response> {
    return platform.fetch(base + path, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify(body),
      ...(signal && { signal }),
    });
  }

  // Where it is allowed already no press is needed.
  platform
    .storage()
    .then(async (storage) => {
      if (storage === 'granted') {
        await platform.requestStorage();
        session.recheck();
      }
    })
    .catch(() => undefined);

  function signIn(): void {
    // At once, while the press counts; its address follows.
    const opened = platform.open();
    const number = ++current;
    if (!opened) {
      show({ status: 'blocked', storage: false });
      platform
        .storage()
        .then((storage) => {
          if (number === current && state.status === 'blocked') {
            show({ status: 'blocked', storage: storage === 'prompt' });
          }
        })
        .catch(() => undefined);
      return;
    }
    show({ status: 'opening' });
    begin(opened, number).catch(() => {
      opened.close();
      if (number === current) {
        show({ status: 'idle', after: 'failed' });
      }
    });
  }

  async function begin(opened: Window, number: number): Promise<void> {
    const answer = await post('/embed/attempts', {});
    if (!answer.ok) {
      throw new Error(`${answer.status}`);
    }
    const attempt = (await answer.json()) as Attempt;
    const aborted = new AbortController();
    let shaken = false;
    const mine = (): boolean => number === current;

    const unlisten = platform.listen((event) => {
      const hello = event.data as { ul?: unknown; attempt?: unknown } | null;
      if (
        event.origin !== platform.origin ||
        event.source !== opened ||
        hello?.ul !== 'hello' ||
        hello.attempt !== attempt.attempt
      ) {
        return;
      }
      opened.postMessage(
        { ul: 'hand', attempt: attempt.attempt, hand: attempt.hand },
        platform.origin,
      );
      if (!shaken && mine()) {
        show({ status: 'waiting', closed: false });
      }
      shaken = true;
    });

    let timer = 0;
    const look = (): void => {
      if (!opened.closed) {
        timer = platform.set(LOOK, look);
      } else if (!shaken) {
        // Nothing was handed over, so nothing can come of it.
        stop();
        if (mine()) {
          show({ status: 'idle', after: 'closed' });
        }
      } else if (mine() && state.status === 'waiting') {
        // Closed, or out of sight behind another site's pages: it may still come to something.
        show({ status: 'waiting', closed: true });
      }
    };
    const stop = (): void => {
      attempts.delete(stop);
      unlisten();
      platform.clear(timer);
      aborted.abort();
    };
    attempts.add(stop);
    opened.location.replace(base + attempt.window);
    look();

    const done = await wait(attempt, aborted.signal);
    stop();
    if (done === 'signed_in') {
      [...attempts].forEach((other) => other());
      current++;
      show({ status: 'idle', after: null });
      session.recheck();
    } else if (done && mine()) {
      show({ status: 'idle', after: done });
    }
  }

  /** Asks until the attempt has come to something. */
  async function wait(
    attempt: Attempt,
    signal: AbortSignal,
  ): Promise<'signed_in' | Failure | undefined> {
    const path = `/embed/attempts/${encodeURIComponent(attempt.attempt)}/wait`;
    while (!signal.aborted) {
      const answer = await post(path, { wait: attempt.wait }, signal).catch(() => undefined);
      if (answer?.status === 200) {
        return 'signed_in';
      }
      if (answer && answer.status >= 400 && answer.status < 500 && answer.status !== 429) {
        return why(await answer.json().catch(() => null));
      }
      if (answer?.status !== 202 && !signal.aborted) {
        await new Promise<void>((go) => {
          signal.addEventListener('abort', () => go(), { once: true });
          platform.set(about(2_000, platform.random()), go);
        });
      }
    }
    return undefined;
  }

  async function useStorage(): Promise<boolean> {
    try {
      await platform.requestStorage();
    } catch {
      return false;
    }
    show({ status: 'idle', after: null });
    session.recheck();
    return true;
  }

  return {
    get state() {
      return state;
    },
    subscribe(told) {
      followers.add(told);
      told(state);
      return () => void followers.delete(told);
    },
    signIn,
    useStorage,
    close() {
      current++;
      [...attempts].forEach((stop) => stop());
    },
  };
}

/** What an attempt came to, by the service's code. */
function why(problem: { code?: unknown } | null): Failure {
  switch (problem?.code) {
    case 'UL-1313':
      return 'cancelled';
    case 'UL-1314':
      return 'organization';
    default:
      return 'expired';
  }
}

function frame(): EmbedPlatform {
  return {
    origin: location.origin,
    // No timeout: waiting is what some of these are for.
    fetch: (path, init) =>
      fetch(path, { cache: 'no-store', credentials: 'same-origin', redirect: 'error', ...init }),
    open: () => window.open('about:blank', '_blank', SIZE),
    listen(told) {
      addEventListener('message', told);
      return () => removeEventListener('message', told);
    },
    set: (after, then) => setTimeout(then, after) as unknown as number,
    clear: (timer) => clearTimeout(timer),
    random: () => Math.random(),
    async storage() {
      if (!('requestStorageAccess' in document)) {
        return 'never';
      }
      try {
        const name = 'storage-access' as PermissionName;
        const { state } = await navigator.permissions.query({ name });
        return state === 'denied' ? 'never' : state;
      } catch {
        return 'prompt';
      }
    },
    requestStorage: () => document.requestStorageAccess(),
  };
}
