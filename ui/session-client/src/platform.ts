// The browser, as far as the session needs it. Tests bring their own.

/** Timers and the time of day. */
export interface Clock {
  now(): number;
  set(after: number, then: () => void): number;
  clear(timer: number): void;
}

export interface Channel {
  post(message: unknown): void;
  close(): void;
}

export interface Stream {
  close(): void;
}

/** What an event stream says. */
export interface Heard {
  event(name: string, data: string): void;
  broken(): void;
}

export interface Platform {
  clock: Clock;
  random(): number;
  fetch(path: string, init: RequestInit): Promise<Response>;
  stream(path: string, heard: Heard): Stream;
  /** Absent where the browser has no BroadcastChannel. */
  channel?: (name: string, heard: (message: unknown) => void) => Channel;
  /**
   * Absent where the browser has no Web Locks. Calls `then` once the lock is held, and holds it
   * until the returned function is called; or `refused`, where there may be none.
   */
  lock?: (name: string, then: () => void, refused: () => void) => () => void;
  /** Calls back for each of these on window or document; the returned function ends that. */
  listen(names: readonly string[], then: (event: Event) => void): () => void;
  visible(): boolean;
  online(): boolean;
  go(address: string): void;
  /** The path and query that are shown. */
  here(): string;
}

/** Longer than a slow service takes, shorter than a person's patience. */
const TIMEOUT = 20_000;

export function browser(): Platform {
  const platform: Platform = {
    clock: {
      now: () => Date.now(),
      set: (after, then) => setTimeout(then, after) as unknown as number,
      clear: (timer) => clearTimeout(timer),
    },
    random: () => Math.random(),
    fetch: (path, init) =>
      fetch(path, {
        cache: 'no-store',
        credentials: 'same-origin',
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT),
        ...init,
      }),
    stream: openStream,
    listen(names, then) {
      for (const name of names) {
        addEventListener(name, then);
        document.addEventListener(name, then);
      }
      return () => {
        for (const name of names) {
          removeEventListener(name, then);
          document.removeEventListener(name, then);
        }
      };
    },
    visible: () => document.visibilityState === 'visible',
    online: () => navigator.onLine,
    go: (address) => location.assign(address),
    here: () => location.pathname + location.search,
  };
  if (mayShare()) {
    platform.channel = (name, heard) => {
      const channel = new BroadcastChannel(name);
      channel.onmessage = (event) => heard(event.data);
      return { post: (message) => channel.postMessage(message), close: () => channel.close() };
    };
  }
  if (typeof navigator.locks?.request === 'function') {
    platform.lock = holdLock;
  }
  return platform;
}

/** A frame that may store nothing may have no channel either. */
function mayShare(): boolean {
  try {
    new BroadcastChannel('').close();
    return true;
  } catch {
    return false;
  }
}

const NAMES = ['hello', 'session', 'reset', 'changed'];

/** One connection. It does not come back by itself: when to is decided with all else. */
function openStream(path: string, heard: Heard): Stream {
  const source = new EventSource(path);
  for (const name of NAMES) {
    source.addEventListener(name, (event) => heard.event(name, String(event.data)));
  }
  source.onerror = () => {
    source.close();
    heard.broken();
  };
  return source;
}

function holdLock(name: string, then: () => void, refused: () => void): () => void {
  const waiting = new AbortController();
  let letGo = (): void => undefined;
  navigator.locks
    .request(name, { signal: waiting.signal }, () => {
      // It may be granted just as it is given up.
      if (waiting.signal.aborted) {
        return undefined;
      }
      then();
      return new Promise<void>((done) => (letGo = done));
    })
    .catch(() => waiting.signal.aborted || refused());
  return () => {
    waiting.abort();
    letGo();
  };
}
