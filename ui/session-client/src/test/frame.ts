// A frame in another site's page, its window, and the service, as the SDK sees them.

import { createEmbed, type EmbedPlatform } from '../frame.ts';
import { settle } from './world.ts';

export const ORIGIN = 'http://cti.acme.localhost:7400';

/** A window that the frame opened, as the frame sees it. */
export class Popup {
  closed = false;
  at = 'about:blank';
  told: unknown[] = [];
  location = { replace: (address: string) => void (this.at = address) };
  postMessage(message: unknown, origin: string): void {
    this.told.push({ message, origin });
  }
  close(): void {
    this.closed = true;
  }
}

/** A frame in another site's page, its window, and the service. */
export class Frame {
  popups: Popup[] = [];
  blocked = false;
  rechecks = 0;
  attempts = 0;
  waits: ((answer: Response | Error) => void)[] = [];
  begun: Response | Error | undefined;
  storageState: 'granted' | 'prompt' | 'never' = 'never';
  storageAsked = 0;
  storageRefused = false;
  hears = new Set<(event: MessageEvent) => void>();
  timers = new Map<number, () => void>();
  shown: string[] = [];
  #timer = 0;

  readonly platform: EmbedPlatform = {
    origin: ORIGIN,
    fetch: (path) => this.#fetch(path),
    open: () => {
      if (this.blocked) {
        return null;
      }
      const popup = new Popup();
      this.popups.push(popup);
      return popup as unknown as Window;
    },
    listen: (told) => {
      this.hears.add(told);
      return () => void this.hears.delete(told);
    },
    set: (_after, then) => {
      this.timers.set(++this.#timer, then);
      return this.#timer;
    },
    clear: (timer) => void this.timers.delete(timer),
    random: () => 0.5,
    storage: async () => this.storageState,
    requestStorage: async () => {
      this.storageAsked++;
      if (this.storageRefused) {
        throw new Error('refused');
      }
    },
  };

  get popup(): Popup {
    return this.popups[0] as Popup;
  }

  /** Answers the question that has waited longest. */
  answer(what: Response | Error): void {
    this.waits.shift()?.(what);
  }

  embed() {
    const embed = createEmbed({ recheck: () => this.rechecks++ }, { platform: this.platform });
    embed.subscribe(({ status }) => this.shown.push(status));
    return embed;
  }

  /** Whatever is due happens once. */
  async tick(): Promise<void> {
    const due = [...this.timers];
    this.timers.clear();
    due.forEach(([, then]) => then());
    await settle();
  }

  async hear(data: unknown, source: unknown = this.popups.at(-1), origin = ORIGIN): Promise<void> {
    for (const told of [...this.hears]) {
      told({ data, source, origin } as MessageEvent);
    }
    await settle();
  }

  async #fetch(path: string): Promise<Response> {
    if (path.endsWith('/wait')) {
      const answer = await new Promise<Response | Error>((go) => this.waits.push(go));
      if (answer instanceof Error) {
        throw answer;
      }
      return answer;
    }
    const id = `a${++this.attempts}`;
    const { begun } = this;
    if (begun instanceof Error) {
      throw begun;
    }
    return (
      begun ??
      Response.json({
        attempt: id,
        window: `/window?attempt=${id}`,
        hand: `hand-${id}`,
        wait: `wait-${id}`,
      })
    );
  }
}
