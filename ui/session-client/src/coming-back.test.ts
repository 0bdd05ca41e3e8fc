import { describe, expect, test } from 'vitest';
import { end, settle, tabs } from './test/world.ts';

const MINUTE = 60_000;

describe('coming back', () => {
  test('out of the back/forward cache nothing is shown before the service has answered', async () => {
    const { world, tab } = await tabs(1);
    tab.fire('pagehide', { persisted: true });
    expect(tab.state).toMatchObject({ status: 'checking', was: 's1' });
    expect(world.streams()).toHaveLength(0);
    expect(world.lockHolder).toBeUndefined();
    world.answer = { status: 'signed_out', ended: end() };
    tab.fire('pageshow', { persisted: true });
    await settle();
    expect(tab.shown).toEqual(['checking', 'signed_in', 'checking', 'signed_out']);
  });

  test('out of the cache, still signed in, the same session goes on with its stream', async () => {
    const { world, tab } = await tabs(1);
    tab.fire('pagehide', { persisted: true });
    tab.fire('freeze');
    tab.fire('resume');
    tab.fire('pageshow', { persisted: true });
    await settle();
    expect(tab.state).toMatchObject({ status: 'signed_in', session: 's1' });
    expect(world.streams()).toHaveLength(1);
  });

  test('in the cache it says and hears nothing', async () => {
    const { world, all, tab } = await tabs(2);
    tab.fire('pagehide', { persisted: true });
    const before = world.requests.filter(({ tab }) => tab === all[0]).length;
    world.endSession('s1', end());
    await world.pass(20 * MINUTE);
    expect(tab.state.status).toBe('checking');
    expect(world.requests.filter(({ tab }) => tab === all[0])).toHaveLength(before);
  });

  test('a first load is no return from the cache', async () => {
    const { world, tab } = await tabs(1);
    const before = world.checks();
    tab.fire('pageshow', { persisted: false });
    await settle();
    expect(world.checks()).toBe(before);
  });

  test('after a sleep nothing is shown before the service has answered', async () => {
    const { world, tab, other } = await tabs(2);
    world.sleep(8 * 60 * MINUTE);
    world.answer = { status: 'signed_out', ended: end('ended_by_admin', 'dashboard') };
    tab.fire('visibilitychange');
    expect(tab.state.status).toBe('checking');
    await world.pass(20_000);
    expect(tab.shown).toEqual(['checking', 'signed_in', 'checking', 'signed_out']);
    // It has heard of it from the other.
    expect(other.shown).toEqual(['checking', 'signed_in', 'signed_out']);
  });

  test('a hidden tab whose timers come once a minute has not slept', async () => {
    const { world, tab } = await tabs(1);
    tab.look(false);
    for (let minute = 0; minute < 10; minute++) {
      await world.pass(MINUTE);
    }
    expect(tab.shown).toEqual(['checking', 'signed_in']);
  });

  test('a person who comes back to a tab is looked after at once', async () => {
    const { world, tab } = await tabs(1);
    tab.look(false);
    const before = world.checks();
    tab.look(true);
    await settle();
    expect(world.checks()).toBe(before + 1);
    expect(tab.shown).toEqual(['checking', 'signed_in']);
  });
});
