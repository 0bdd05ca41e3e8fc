// How a host misbehaves on request: it sends nonsense, or lets a foreign frame speak for it.

import type { Log } from './log';
import { element } from './page';
import { ask, misbehaves, type Served } from './settings';

export interface Misbehaviour {
  /** Sent by the host itself. */
  malformed: unknown[];
  /** Sent to the widget by a frame of another site inside the host's page. */
  forged: unknown[];
}

/** How long a host that is late takes: longer than the widget waits before it says so. */
export const LATE = 12_000;

/** Whether this host starts to speak: at once, late, or never. */
export function whenItSpeaks(speak: () => void): void {
  if (misbehaves('late')) {
    setTimeout(speak, LATE);
  } else if (!misbehaves('silent')) {
    speak();
  }
}

/** Sends nonsense to the frame, as the page's address asks. */
export function misbehave(
  what: Misbehaviour,
  frame: () => Window | null | undefined,
  settings: Served,
  log: Log,
): void {
  if (misbehaves('malformed')) {
    for (const message of what.malformed) {
      frame()?.postMessage(message, settings.widget);
      log.add('to widget', 'malformed', message);
    }
  }
  if (misbehaves('forged')) {
    forge(what.forged, settings, log);
  }
}

/** A frame of another site, which finds the widget among its siblings and speaks to it. */
function forge(messages: unknown[], settings: Served, log: Log): void {
  const address = new URL('/', settings.evil);
  address.searchParams.set('sibling', ask('sibling') ?? '0');
  address.searchParams.set('target', settings.widget);
  address.searchParams.set('messages', JSON.stringify(messages));
  // Its messages name the forger's own origin, as a forger's would.
  const forged = JSON.stringify(messages).replaceAll(location.origin, settings.evil);
  address.searchParams.set('messages', forged);
  const frame = element('iframe', { src: address.href, title: 'A foreign frame', id: 'forger' });
  frame.width = '0';
  frame.height = '0';
  document.body.append(frame);
  log.add('to widget', 'forged', forged);
}
