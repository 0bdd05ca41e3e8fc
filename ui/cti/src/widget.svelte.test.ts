import type { SessionState } from '@unified-login/session-client';
import { flushSync } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CrmPerson } from './crm/crm.ts';
import { settle } from './crm/stand_in.ts';
import { MIRA, OUT, World } from './world.svelte.ts';

let world: World | undefined;

async function widget(state: SessionState, person?: CrmPerson): Promise<World> {
  world = await new World(state, person).ready();
  return world;
}

beforeEach(() => {
  vi.stubGlobal('fetch', async () => ({
    ok: true,
    json: async () => ({ availability: 'available' }),
  }));
  vi.stubGlobal('BroadcastChannel', undefined);
});

afterEach(() => {
  world?.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a number that is clicked is called, shown and reported to both sides', async () => {
  const { heard, told, reported, widget: phone } = await widget(MIRA);
  heard.onDial('+49 30 1');
  expect(phone.view.line).toMatchObject({ status: 'talking', number: '+49 30 1' });
  expect(told).toEqual(['in', 'available', 'shown', '+49 30 1 started']);
  expect(reported).toEqual(['on']);
  heard.onEndCall();
  expect(told.at(-1)).toBe('+49 30 1 ended');
  expect(reported).toEqual(['on', 'over']);
});

test('a number clicked while nobody is signed in is kept, and not called by itself later', async () => {
  const phone = await widget(OUT);
  phone.heard.onDial('+49 30 1');
  expect(phone.widget.view.wanted).toBe('+49 30 1');
  phone.become(MIRA);
  expect(phone.calls).toHaveLength(0);
  expect(phone.widget.view.number).toBe('+49 30 1');
});

test('a number clicked during a call waits in the field for its end', async () => {
  const phone = await widget(MIRA);
  phone.heard.onDial('+49 30 1');
  phone.heard.onDial('+49 30 2');
  expect(phone.calls).toHaveLength(1);
  phone.widget.hangUp();
  expect(phone.widget.view.number).toBe('+49 30 2');
  expect(phone.widget.view.line.status).toBe('idle');
});

test('nothing of one person is left for the next, and a call ends with its session', async () => {
  const phone = await widget(MIRA);
  phone.heard.onDial('+49 30 1');
  phone.widget.type('+49 30 7');
  phone.become(OUT);
  expect(phone.reported).toEqual(['on', 'over']);
  expect(phone.told.slice(-2)).toEqual(['+49 30 1 ended', 'out']);
  expect(phone.widget.view).toMatchObject({ number: '', wanted: null, availability: null });
});

test('a page that is asked about again keeps its call', async () => {
  const phone = await widget(MIRA);
  phone.heard.onDial('+49 30 1');
  phone.become({ status: 'checking', was: 's-1', connection: 'live' });
  expect(phone.widget.view.line.status).toBe('talking');
  expect(phone.told).not.toContain('out');
});

test('a slow answer is no sign-out: it is said to be slow, and the CRM is not kept waiting', async () => {
  vi.useFakeTimers();
  const phone = await widget({ status: 'checking', was: null, connection: 'live' });
  expect(phone.told).toEqual([]);
  await vi.advanceTimersByTimeAsync(5_000);
  flushSync();
  expect(phone.widget.view.slow).toBe(true);
  expect(phone.told).toEqual(['out']);
  phone.become(MIRA);
  expect(phone.told).toContain('in');
});

test('another person in the CRM is warned of, or blocked, as the organization wants', async () => {
  const ben = { name: 'Ben Whitaker', email: 'ben@acme.example' };
  const warned = await widget(MIRA, ben);
  expect(warned.widget.view.other).toEqual(ben);
  warned.heard.onDial('+49 30 1');
  expect(warned.calls).toHaveLength(1);
  warned.close();

  const blocked = await widget(
    { ...MIRA, policy: { crm_mismatch: 'block', sign_out_ends_all_browsers: false } },
    ben,
  );
  blocked.heard.onDial('+49 30 1');
  expect(blocked.calls).toHaveLength(0);
  expect(blocked.told.at(-2)).toBe('out');
});

test('the same person, however the address is written, is nobody else', async () => {
  const phone = await widget(MIRA, { name: null, email: ' Mira@ACME.example' });
  expect(phone.widget.view.other).toBeNull();
});

test('no call begins while a sign-out waits for one, or while there is one elsewhere', async () => {
  const ending = { at: MIRA.since, reason: 'signed_out', after_call: true } as const;
  const phone = await widget({ ...MIRA, ending });
  phone.heard.onDial('+49 30 1');
  phone.become({ ...MIRA, call: { surface: 'workspace', since: MIRA.since } });
  phone.heard.onDial('+49 30 1');
  expect(phone.calls).toHaveLength(0);
  expect(phone.widget.view.callElsewhere?.surface).toBe('workspace');
  phone.become(MIRA);
  phone.heard.onDial('+49 30 1');
  expect(phone.calls).toHaveLength(1);
});

test('the own call is not shown as one elsewhere when it is over', async () => {
  const phone = await widget(MIRA);
  phone.heard.onDial('+49 30 1');
  phone.become({ ...MIRA, call: { surface: 'cti', since: '2026-11-24T14:03:00Z' } });
  phone.widget.hangUp();
  expect(phone.widget.view.callElsewhere).toBeNull();
});

test('inside a CRM the document never leaves, and no window opens without a press', async () => {
  const phone = await widget(OUT);
  expect(phone.opened).toBe(0);
  phone.widget.signIn();
  expect(phone.opened).toBe(1);
  expect(phone.told).not.toContain('navigated');
});

test('a browser that keeps no sign-in here is said to, instead of asking again and again', async () => {
  vi.useFakeTimers();
  const phone = await widget(OUT);
  phone.embedded({ status: 'waiting', closed: false });
  phone.embedded({ status: 'idle', after: null });
  await vi.advanceTimersByTimeAsync(4_000);
  expect(phone.widget.view.notKept).toBe(true);
  phone.widget.signIn();
  expect(phone.widget.view.notKept).toBe(false);
});

test('a sign-out soon after a sign-in is a sign-out, and no browser that keeps nothing', async () => {
  vi.useFakeTimers();
  const phone = await widget(OUT);
  phone.embedded({ status: 'waiting', closed: false });
  phone.embedded({ status: 'idle', after: null });
  phone.become(MIRA);
  phone.become(OUT);
  await vi.advanceTimersByTimeAsync(4_000);
  expect(phone.widget.view.notKept).toBe(false);
});

test('an availability that is not saved goes back, and says so', async () => {
  const phone = await widget(MIRA);
  vi.stubGlobal('fetch', async () => ({ ok: false, status: 503 }));
  phone.widget.setAvailability('away');
  expect(phone.widget.view.availability).toBe('away');
  await settle();
  expect(phone.widget.view.availability).toBe('available');
  expect(phone.widget.view.problem?.code).toBe('UL-3111');
});
