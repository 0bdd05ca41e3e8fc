import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Connect } from './crm.ts';
import { LIMIT, link, type LinkState } from './link.ts';
import { alone } from './none/connect.ts';
import { Ear, HOST, inFrame, LABELS } from './stand_in.ts';

let states: LinkState[];
const PLACE = { crm: 'hubspot', organization: 'acme' } as const;

beforeEach(() => {
  vi.useFakeTimers();
  states = [];
  inFrame();
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

function service(body: unknown, status = 200): void {
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify(body), { status }));
}

function linking(connect: Connect): ReturnType<typeof link> {
  const adapter = async (): Promise<{ connect: Connect }> => ({ connect });
  const all = { hubspot: adapter, zendesk: adapter, salesforce: adapter };
  return link(PLACE, new Ear(), LABELS, (state) => states.push(state), all);
}

test('is live when the CRM has answered', async () => {
  service({ origins: [HOST] });
  await expect(linking(async () => alone)).resolves.toBe(alone);
  expect(states.map(({ state }) => state)).toEqual(['connecting', 'live']);
});

test('says that a CRM keeps silent, and takes its answer when it comes at last', async () => {
  service({ origins: [HOST] });
  let answer: () => void = () => undefined;
  const made = linking(() => new Promise((done) => (answer = () => done(alone))));
  await vi.advanceTimersByTimeAsync(LIMIT - 1);
  expect(states.at(-1)).toEqual({ state: 'connecting' });
  await vi.advanceTimersByTimeAsync(1);
  expect(states.at(-1)).toEqual({ state: 'silent', code: 'UL-3102' });
  answer();
  await expect(made).resolves.toBe(alone);
  expect(states.at(-1)).toEqual({ state: 'live' });
});

test('loads no adapter where the page around is not on the list', async () => {
  service({ origins: ['https://another.example'] });
  const connect = vi.fn();
  await expect(linking(connect)).resolves.toBeNull();
  expect(connect).not.toHaveBeenCalled();
  expect(states.at(-1)).toMatchObject({ state: 'refused', code: 'UL-3101', detail: HOST });
});

test('loads no adapter where the list cannot be had or read', async () => {
  const connect = vi.fn();
  for (const [body, status, code] of [
    [{ code: 'UL-1305' }, 404, 'UL-3103'],
    [{}, 200, 'UL-3101'],
    [{ origins: [7, null] }, 200, 'UL-3101'],
  ] as const) {
    service(body, status);
    await expect(linking(connect)).resolves.toBeNull();
    expect(states.at(-1)).toMatchObject({ state: 'refused', code });
  }
  expect(connect).not.toHaveBeenCalled();
});
