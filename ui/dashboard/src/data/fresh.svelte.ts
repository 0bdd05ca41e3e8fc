// Keeps what is shown fresh: read when it is first shown, when what it depends on changes, when
// the connection or the person comes back, and now and then while somebody looks.

import { untrack } from 'svelte';
import type { Desk } from '../desk';

const EVERY = 30_000;

interface Readable {
  load(): Promise<void>;
  refresh?(): Promise<void>;
}

/** `depends` is read so that its changes are seen. */
export function keepFresh(
  desk: Desk,
  what: Readable,
  depends: () => unknown = () => undefined,
): void {
  $effect(() => {
    depends();
    void untrack(() => what.load());
  });
  const again = (): void => void (what.refresh ? what.refresh() : what.load());
  let lost = false;
  $effect(() => {
    if (lost && !desk.lost) {
      untrack(again);
    }
    lost = desk.lost;
  });
  $effect(() => {
    const seen = (): void => {
      if (document.visibilityState === 'visible' && !untrack(() => desk.lost)) {
        again();
      }
    };
    const timer = setInterval(seen, EVERY);
    document.addEventListener('visibilitychange', seen);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', seen);
    };
  });
}
