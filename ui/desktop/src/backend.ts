// The window's way to the app: these requests and this one event, nothing else.

import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { PagesShown, View } from './wire/view';

export interface Backend {
  signIn(): void;
  signInOnLoopback(): void;
  cancelSignIn(): void;
  pasteCode(code: string): void;
  signOut(): void;
  retry(): void;
  openPage(page: keyof PagesShown): void;
  dismissNotice(): void;
  quit(): void;
  /** Calls `show` with the present view and with each new one. */
  follow(show: (view: View) => void): Promise<void>;
}

function send(command: string, args?: Record<string, unknown>): void {
  // Requests have no answer; what comes of them arrives as a view.
  invoke(command, args).catch((error: unknown) => console.error(command, error));
}

export const app: Backend = {
  signIn: () => send('sign_in'),
  signInOnLoopback: () => send('sign_in_on_loopback'),
  cancelSignIn: () => send('cancel_sign_in'),
  pasteCode: (code) => send('paste_code', { code }),
  signOut: () => send('sign_out'),
  retry: () => send('retry'),
  openPage: (page) => send('open_page', { page }),
  dismissNotice: () => send('dismiss_notice'),
  quit: () => send('quit'),
  async follow(show) {
    let changed = false;
    // Listening first: a change between the two is not missed, and an older answer does not
    // overwrite a newer event.
    await listen<View>('view-changed', (event) => {
      changed = true;
      show(event.payload);
    });
    const first = await invoke<View>('view');
    if (!changed) {
      show(first);
    }
  },
};
