import { describe, expect, test } from 'vitest';
import { createEmbed, type EmbedPlatform } from './frame.ts';
import { settle } from './test/world.ts';

const ORIGIN = 'http://cti.acme.localhost:7400';

/** A window that the frame opened, as the frame sees it. */
class Popup {
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
class Frame {
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

async function opened() {
  const frame = new Frame();
  const embed = frame.embed();
  embed.signIn();
  await settle();
  return { frame, embed, popup: frame.popups[0]! };
}

async function shaken() {
  const all = await opened();
  await all.frame.hear({ ul: 'hello', attempt: 'a1' });
  return all;
}

function done(): Response {
  return Response.json({ status: 'signed_in' });
}

function waiting(): Response {
  return Response.json({ status: 'waiting' }, { status: 202 });
}

describe('the sign-in window of a frame', () => {
  test('opens with the press, and leads to the attempt', async () => {
    const frame = new Frame();
    const embed = frame.embed();
    embed.signIn();
    // Before anything was awaited: a browser lets only the press itself open a window.
    expect(frame.popups).toHaveLength(1);
    await settle();
    expect(frame.popups[0]!.at).toBe('/window?attempt=a1');
    expect(embed.state).toEqual({ status: 'opening' });
  });

  test('is handed what proves the attempt, and only to this origin', async () => {
    const { popup, embed } = await shaken();
    expect(popup.told).toEqual([
      { message: { ul: 'hand', attempt: 'a1', hand: 'hand-a1' }, origin: ORIGIN },
    ]);
    expect(embed.state).toEqual({ status: 'waiting', closed: false });
  });

  const hello = { ul: 'hello', attempt: 'a1' };
  const forged: [string, unknown, unknown, string][] = [
    ['from another origin', hello, undefined, 'http://evil.localhost'],
    ['from another window', hello, new Popup(), ORIGIN],
    ['from no window', hello, null, ORIGIN],
    ['about another attempt', { ul: 'hello', attempt: 'a2' }, undefined, ORIGIN],
    ['with no word of ours', { attempt: 'a1' }, undefined, ORIGIN],
    ['that is nothing', null, undefined, ORIGIN],
    ['that is text', 'hello', undefined, ORIGIN],
  ];
  for (const [what, data, source, origin] of forged) {
    test(`a message ${what} is handed nothing`, async () => {
      const { frame, popup, embed } = await opened();
      await frame.hear(data, source === undefined ? popup : source, origin);
      expect(popup.told).toEqual([]);
      expect(embed.state).toEqual({ status: 'opening' });
    });
  }

  test('the frame is signed in when the service says so, whatever became of the window', async () => {
    const { frame, embed, popup } = await shaken();
    popup.closed = true;
    await frame.tick();
    expect(embed.state).toEqual({ status: 'waiting', closed: true });
    frame.waits.shift()!(waiting());
    await settle();
    frame.waits.shift()!(done());
    await settle();
    expect(frame.rechecks).toBe(1);
    expect(embed.state).toEqual({ status: 'idle', after: null });
  });

  test('an answer that was lost is asked for again', async () => {
    const { frame } = await shaken();
    frame.waits.shift()!(new Error('cut'));
    await settle();
    await frame.tick();
    frame.waits.shift()!(done());
    await settle();
    expect(frame.rechecks).toBe(1);
  });

  test('closed before it answered: the next press opens another', async () => {
    const { frame, embed, popup } = await opened();
    popup.closed = true;
    await frame.tick();
    expect(embed.state).toEqual({ status: 'idle', after: 'closed' });
    embed.signIn();
    await settle();
    expect(frame.popups).toHaveLength(2);
    expect(embed.state).toEqual({ status: 'opening' });
  });

  test('closed half way: the next press opens another, and the first may still be finished', async () => {
    const { frame, embed, popup } = await shaken();
    popup.closed = true;
    await frame.tick();
    embed.signIn();
    await settle();
    expect(frame.popups).toHaveLength(2);
    frame.waits[0]!(done());
    await settle();
    expect(frame.rechecks).toBe(1);
    expect(embed.state).toEqual({ status: 'idle', after: null });
  });

  test('an attempt that is over says so', async () => {
    const { frame, embed } = await shaken();
    frame.waits.shift()!(Response.json({ code: 'UL-1321' }, { status: 410 }));
    await settle();
    expect(embed.state).toEqual({ status: 'idle', after: 'expired' });
  });

  test('a service that begins no attempt closes the window and says so', async () => {
    for (const begun of [new Error('cut'), new Response('', { status: 429 })]) {
      const frame = new Frame();
      frame.begun = begun;
      const embed = frame.embed();
      embed.signIn();
      await settle();
      expect(frame.popups[0]!.closed).toBe(true);
      expect(embed.state).toEqual({ status: 'idle', after: 'failed' });
    }
  });

  test('nothing opens without a press', async () => {
    const frame = new Frame();
    frame.embed();
    await frame.tick();
    expect(frame.popups).toHaveLength(0);
    expect(frame.attempts).toBe(0);
  });

  test('a closed client listens no more', async () => {
    const { frame, embed } = await shaken();
    embed.close();
    expect(frame.hears.size).toBe(0);
    await frame.tick();
    expect(frame.timers.size).toBe(0);
  });
});

describe('a blocked window', () => {
  test('is said to be blocked, with the browser’s own sign-in as a way on', async () => {
    const frame = new Frame();
    frame.blocked = true;
    frame.storageState = 'prompt';
    const embed = frame.embed();
    embed.signIn();
    expect(embed.state).toEqual({ status: 'blocked', storage: false });
    await settle();
    expect(embed.state).toEqual({ status: 'blocked', storage: true });
    expect(await embed.useStorage()).toBe(true);
    expect(frame.rechecks).toBe(1);
  });

  test('has no such way where the frame may not ask', async () => {
    const frame = new Frame();
    frame.blocked = true;
    const embed = frame.embed();
    embed.signIn();
    await settle();
    expect(embed.state).toEqual({ status: 'blocked', storage: false });
  });

  test('can be tried again once it is allowed', async () => {
    const frame = new Frame();
    frame.blocked = true;
    const embed = frame.embed();
    embed.signIn();
    await settle();
    frame.blocked = false;
    embed.signIn();
    await settle();
    expect(embed.state).toEqual({ status: 'opening' });
  });
});

describe('the browser’s own cookies in a frame', () => {
  test('are used without a press where that is allowed already', async () => {
    const frame = new Frame();
    frame.storageState = 'granted';
    frame.embed();
    await settle();
    expect(frame.storageAsked).toBe(1);
    expect(frame.rechecks).toBe(1);
  });

  test('are not asked for without a press', async () => {
    const frame = new Frame();
    frame.storageState = 'prompt';
    frame.embed();
    await settle();
    expect(frame.storageAsked).toBe(0);
  });

  test('refused, nothing is changed', async () => {
    const frame = new Frame();
    frame.storageState = 'prompt';
    frame.storageRefused = true;
    frame.blocked = true;
    const embed = frame.embed();
    embed.signIn();
    await settle();
    expect(await embed.useStorage()).toBe(false);
    expect(frame.rechecks).toBe(0);
    expect(embed.state).toEqual({ status: 'blocked', storage: true });
  });
});
