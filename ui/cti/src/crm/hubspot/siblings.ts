// One widget in two frames: in HubSpot's bar (`remote`) and in its calling window (`window`).
//
// With HubSpot's own calling window, the frame in the bar keeps silent towards HubSpot. Without
// (`usesCallingWindow` false), the frame in the bar speaks, also for calls that go on in the window.

import type { Call } from '../crm.ts';

export interface Frame {
  iframeLocation?: 'widget' | 'remote' | 'window';
  usesCallingWindow?: boolean;
}

type Phase = 'started' | 'ended';

const CHANNEL = 'unified-login-hubspot-calls';

/** Whether this frame speaks to HubSpot of the person. */
export function speaks({ iframeLocation, usesCallingWindow }: Frame): boolean {
  return iframeLocation !== 'remote' || usesCallingWindow === false;
}

export class Siblings {
  readonly #channel: BroadcastChannel | null;
  readonly #relays: boolean;
  readonly #closed = new AbortController();
  #speaking = false;

  /** `tell` gets the calls of other frames, in the one frame that speaks for all. */
  constructor(frame: Frame, tell: (call: Call, phase: Phase) => void) {
    const apart = frame.usesCallingWindow === false && frame.iframeLocation !== undefined;
    this.#relays = apart && frame.iframeLocation === 'window';
    this.#channel = apart ? new BroadcastChannel(CHANNEL) : null;
    if (apart && frame.iframeLocation === 'remote') {
      this.#speakAlone();
      this.#channel?.addEventListener(
        'message',
        ({ data }: MessageEvent<{ call: Call; phase: Phase }>) => {
          if (this.#speaking) {
            tell(data.call, data.phase);
          }
        },
      );
    }
  }

  /** Gives a call to the frame that speaks; false where this frame has to tell it. */
  told(call: Call, phase: Phase): boolean {
    if (this.#relays) {
      this.#channel?.postMessage({ call, phase });
    }
    return this.#relays;
  }

  close(): void {
    this.#channel?.close();
    this.#closed.abort();
  }

  /** HubSpot may be open in several tabs, each with a bar: one of them speaks. */
  #speakAlone(): void {
    const { signal } = this.#closed;
    navigator.locks
      .request(CHANNEL, { signal }, async () => {
        this.#speaking = true;
        await new Promise((done) => signal.addEventListener('abort', done));
      })
      .catch(() => undefined);
  }
}
