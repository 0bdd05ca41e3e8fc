import { describe, expect, test } from 'vitest';
import { settle } from './test/world.ts';
import { joinWindow, type Refusal, type WindowPlatform } from './window.ts';

const ORIGIN = 'http://cti.acme.localhost:7400';

class Page {
  said: unknown[] = [];
  opener: WindowPlatform['opener'] = {
    postMessage: (message: unknown, to: unknown) => void this.said.push({ message, to }),
  };
  attempt: string | null = 'a1';
  answer: Response | Error = Response.json({ next: '/sign-in?window=1' });
  confirmed: unknown[] = [];
  went: string[] = [];
  refused: Refusal | undefined;
  hears = new Set<(event: MessageEvent) => void>();
  timers: (() => void)[] = [];

  join(): void {
    joinWindow({
      platform: {
        origin: ORIGIN,
        opener: this.opener,
        attempt: this.attempt,
        fetch: async (_path, { body }) => {
          this.confirmed.push(JSON.parse(String(body)));
          if (this.answer instanceof Error) {
            throw this.answer;
          }
          return this.answer;
        },
        listen: (told) => {
          this.hears.add(told);
          return () => void this.hears.delete(told);
        },
        set: (_after, then) => this.timers.push(then),
        clear: () => (this.timers = []),
        go: (address) => void this.went.push(address),
      },
    }).then(
      (refusal) => (this.refused = refusal),
      () => undefined,
    );
  }

  async hear(data: unknown, source: unknown = this.opener, origin = ORIGIN): Promise<void> {
    for (const told of [...this.hears]) {
      told({ data, source, origin } as MessageEvent);
    }
    await settle();
  }

  async impatience(): Promise<void> {
    for (let knock = 0; knock < 50; knock++) {
      this.timers.splice(0).forEach((then) => then());
    }
    await settle();
  }
}

const hand = { ul: 'hand', attempt: 'a1', hand: 'secret' };

describe('a sign-in window', () => {
  test('goes on with the frame that opened it', async () => {
    const page = new Page();
    page.join();
    expect(page.said).toEqual([{ message: { ul: 'hello', attempt: 'a1' }, to: ORIGIN }]);
    await page.hear(hand);
    expect(page.confirmed).toEqual([{ attempt: 'a1', hand: 'secret' }]);
    expect(page.went).toEqual(['/sign-in?window=1']);
    expect(page.hears.size).toBe(0);
  });

  test('that nobody opened goes nowhere', async () => {
    const page = new Page();
    page.opener = null;
    page.join();
    await settle();
    expect(page.refused).toBe('not_opened');
    expect(page.confirmed).toEqual([]);
  });

  const forged: [string, unknown, unknown, string][] = [
    ['from another origin', hand, undefined, 'http://evil.localhost'],
    ['from another window', hand, {}, ORIGIN],
    ['about another attempt', { ...hand, attempt: 'a2' }, undefined, ORIGIN],
    ['without a hand', { ul: 'hand', attempt: 'a1' }, undefined, ORIGIN],
    ['that is nothing', null, undefined, ORIGIN],
  ];
  for (const [what, data, source, origin] of forged) {
    test(`does not believe an answer ${what}`, async () => {
      const page = new Page();
      page.join();
      await page.hear(data, source === undefined ? page.opener : source, origin);
      expect(page.confirmed).toEqual([]);
      await page.impatience();
      expect(page.refused).toBe('no_answer');
      expect(page.went).toEqual([]);
    });
  }

  test('says when the attempt is over, or the service cannot be reached', async () => {
    const answers: [Response | Error, Refusal][] = [
      [Response.json({ code: 'UL-1312' }, { status: 403 }), 'expired'],
      [Response.json({ code: 'UL-1305' }, { status: 503 }), 'unreachable'],
      [new Error('cut'), 'unreachable'],
    ];
    for (const [answer, refusal] of answers) {
      const page = new Page();
      page.answer = answer;
      page.join();
      await page.hear(hand);
      expect(page.refused).toBe(refusal);
      expect(page.went).toEqual([]);
    }
  });

  test('is led to no other place than its own origin', async () => {
    for (const next of ['//evil.localhost/', 'https://evil.localhost/', '/\\evil.localhost', 7]) {
      const page = new Page();
      page.answer = Response.json({ next });
      page.join();
      await page.hear(hand);
      expect(page.went).toEqual([]);
      expect(page.refused).toBe('expired');
    }
  });
});
