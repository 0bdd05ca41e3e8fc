// Where the keyboard goes on when what had the focus is gone: to the screen's heading.

import { tick } from 'svelte';

export async function focusHeading(): Promise<void> {
  await tick();
  document.querySelector<HTMLElement>('#content h1')?.focus();
}
