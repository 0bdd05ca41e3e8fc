// The sign-in window's side of the handshake: it goes on only with the frame that opened it.

/** Why a window cannot go on. */
export type Refusal =
  /** No widget of this origin opened it. */
  | 'not_opened'
  /** The widget did not answer. */
  | 'no_answer'
  /** The attempt is over, or belongs to another browser. */
  | 'expired'
  | 'unreachable';

export interface WindowPlatform {
  origin: string;
  opener: Pick<Window, 'postMessage'> | null;
  attempt: string | null;
  fetch(path: string, init: RequestInit): Promise<Response>;
  listen(told: (event: MessageEvent) => void): () => void;
  set(after: number, then: () => void): number;
  clear(timer: number): void;
  go(address: string): void;
}

const KNOCK = 250;
const KNOCKS = 40;

/** Shakes hands with the opener and goes on to the sign-in; answers only if it cannot. */
export async function joinWindow({
  base = '',
  platform = page(),
}: { base?: string; platform?: WindowPlatform } = {}): Promise<Refusal> {
  const { opener, attempt } = platform;
  if (!opener || !attempt) {
    return 'not_opened';
  }
  const hand = await ask(platform, opener, attempt);
  if (hand === undefined) {
    return 'no_answer';
  }
  let answer: Response;
  let next: unknown;
  try {
    answer = await platform.fetch(`${base}/window/confirm`, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({ attempt, hand }),
    });
    next = ((await answer.json()) as { next?: unknown }).next;
  } catch {
    return 'unreachable';
  }
  // A path of this origin, and nothing that only looks like one.
  if (!answer.ok || typeof next !== 'string' || !/^\/(?![/\\])/.test(next)) {
    return answer.status >= 500 ? 'unreachable' : 'expired';
  }
  platform.go(next);
  return new Promise<never>(() => undefined);
}

/** Says hello until the opener hands over what proves that it began the attempt. */
function ask(
  platform: WindowPlatform,
  opener: Pick<Window, 'postMessage'>,
  attempt: string,
): Promise<string | undefined> {
  return new Promise((done) => {
    let timer = 0;
    let knocks = 0;
    const finish = (hand?: string): void => {
      unlisten();
      platform.clear(timer);
      done(hand);
    };
    const unlisten = platform.listen((event) => {
      const told = event.data as { ul?: unknown; attempt?: unknown; hand?: unknown } | null;
      if (
        event.origin === platform.origin &&
        event.source === opener &&
        told?.ul === 'hand' &&
        told.attempt === attempt &&
        typeof told.hand === 'string'
      ) {
        finish(told.hand);
      }
    });
    const knock = (): void => {
      if (knocks++ === KNOCKS) {
        finish();
      } else {
        opener.postMessage({ ul: 'hello', attempt }, platform.origin);
        timer = platform.set(KNOCK, knock);
      }
    };
    knock();
  });
}

function page(): WindowPlatform {
  return {
    origin: location.origin,
    opener: window.opener as Window | null,
    attempt: new URLSearchParams(location.search).get('attempt'),
    fetch: (path, init) =>
      fetch(path, { cache: 'no-store', credentials: 'same-origin', redirect: 'error', ...init }),
    listen(told) {
      addEventListener('message', told);
      return () => removeEventListener('message', told);
    },
    set: (after, then) => setTimeout(then, after) as unknown as number,
    clear: (timer) => clearTimeout(timer),
    go: (address) => location.replace(address),
  };
}
