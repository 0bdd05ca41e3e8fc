import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Siblings, type Frame } from './siblings.ts';

const BAR: Frame = { iframeLocation: 'remote', usesCallingWindow: false };
const WINDOW: Frame = { iframeLocation: 'window', usesCallingWindow: false };
const CALL = { id: 'call-1', number: '+49 30 901820', started: 1 };

let open: Siblings[];
/** Whoever holds the one lock, and those who wait for it. */
let queue: { begin: () => void; signal: AbortSignal }[];

beforeEach(() => {
  open = [];
  queue = [];
  vi.stubGlobal('navigator', {
    locks: {
      request: (_: string, { signal }: { signal: AbortSignal }, begin: () => void) => {
        queue.push({ begin, signal });
        if (queue.length === 1) {
          begin();
        }
        return new Promise(() => undefined);
      },
    },
  });
});

afterEach(() => {
  open.forEach((each) => each.close());
  vi.unstubAllGlobals();
});

function frame(of: Frame, tell: (id: string) => void): Siblings {
  const made = new Siblings(of, (call, phase) => tell(`${call.id} ${phase}`));
  open.push(made);
  return made;
}

test('a call in the calling window is told by one frame in one bar, once', async () => {
  const first: string[] = [];
  const second: string[] = [];
  const said = new Promise<void>((done) => {
    frame(BAR, (call) => {
      first.push(call);
      if (first.length === 2) {
        done();
      }
    });
  });
  frame(BAR, (call) => second.push(call));
  const window = frame(WINDOW, () => first.push('by the window'));
  expect(window.told(CALL, 'started')).toBe(true);
  expect(window.told(CALL, 'ended')).toBe(true);
  await said;
  expect(first).toEqual(['call-1 started', 'call-1 ended']);
  expect(second).toEqual([]);
});

test('a widget alone, and one in a calling window of HubSpot, tell their own calls', () => {
  for (const alone of [
    {},
    { iframeLocation: 'widget' },
    { iframeLocation: 'window', usesCallingWindow: true },
    BAR,
  ] as Frame[]) {
    expect(frame(alone, () => undefined).told(CALL, 'started')).toBe(false);
  }
});
