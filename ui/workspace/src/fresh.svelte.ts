// Keeps the list of sessions fresh: read when it is first shown, when the service says that one
// began or ended, when the connection comes back, and when the person comes back to the tab.

import { untrack } from 'svelte';
import type { Desk } from './desk';

export function fresh(place: Desk, what: { load(): Promise<void> }): void {
  $effect(() => {
    if (!place.lost) {
      untrack(() => void what.load());
    }
  });
  $effect(() => place.session.onChanged((changed) => changed === 'session' && void what.load()));
  $effect(() => {
    const seen = (): void => {
      if (document.visibilityState === 'visible') {
        void what.load();
      }
    };
    document.addEventListener('visibilitychange', seen);
    return () => document.removeEventListener('visibilitychange', seen);
  });
}
