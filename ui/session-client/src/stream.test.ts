import { describe, expect, test } from 'vitest';
import { end, settle, signedIn, tabs, World, type Tab } from './test/world.ts';

const MINUTE = 60_000;

describe('one stream for all tabs', () => {
  for (const count of [1, 8, 50]) {
    test(`${count} tabs have one stream`, async () => {
      const { world } = await tabs(count);
      expect(world.streams()).toHaveLength(1);
      expect(world.tabs.reduce((sum, tab) => sum + tab.opened, 0)).toBe(1);
    });
  }

  test('when the tab that holds it is closed another takes over', async () => {
    const { world, all } = await tabs(3);
    const leader = world.streams()[0] as Tab;
    leader.session.close();
    await settle();
    expect(world.streams()).toHaveLength(1);
    expect(world.streams()[0]).not.toBe(leader);
    world.endSession('s1', end());
    await settle();
    const others = all.filter((tab) => tab !== leader);
    expect(others.map((tab) => tab.state.status)).toEqual(['signed_out', 'signed_out']);
  });

  test('a browser without locks or channels asks by itself, and opens no stream', async () => {
    for (const abilities of [{ lock: false }, { channel: false }, { lock: 'refused' }] as const) {
      const world = new World();
      world.answer = signedIn('s1');
      const tab = world.open(abilities);
      await settle();
      expect(tab.opened).toBe(0);
      world.answer = { status: 'signed_out', ended: end() };
      await world.pass(MINUTE);
      expect(tab.state).toMatchObject({ status: 'signed_out', ended: end() });
    }
  });

  test('a stream that was given up says nothing any more', async () => {
    const { world, tab } = await tabs(1);
    const old = tab.listening;
    tab.session.close();
    const late = world.open();
    await settle();
    old?.event('changed', '{"what":"availability"}');
    old?.broken();
    await settle();
    expect([...tab.changes, ...late.changes]).toEqual([]);
    expect(world.streams()).toEqual([late]);
  });

  test('one that was cut says nothing after it was replaced', async () => {
    const { world, tab } = await tabs(1);
    const old = tab.listening;
    world.cut();
    await world.pass(5_000);
    old?.event('changed', '{"what":"availability"}');
    old?.broken();
    await settle();
    expect(tab.changes).toEqual([]);
    expect(world.streams()).toHaveLength(1);
  });

  test('nobody signed in, no stream', async () => {
    const { world } = await tabs(2, { status: 'signed_out', ended: null } as never);
    expect(world.streams()).toHaveLength(0);
    await world.pass(MINUTE);
    expect(world.streams()).toHaveLength(0);
  });
});
