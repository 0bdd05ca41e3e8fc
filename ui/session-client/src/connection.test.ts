import { describe, expect, test } from 'vitest';
import { end, settle, signedIn, START, statuses, tabs, World } from './test/world.ts';

const MINUTE = 60_000;

describe('without a connection', () => {
  test('an offline tab keeps what it shows, says so, and asks when it is online', async () => {
    const { world, tab } = await tabs(1);
    tab.network = false;
    tab.fire('offline');
    world.cut();
    await world.pass(10_000);
    expect(tab.state).toMatchObject({ status: 'signed_in', connection: 'lost' });
    world.answer = { status: 'signed_out', ended: end() };
    tab.network = true;
    tab.fire('online');
    await settle();
    expect(tab.state).toMatchObject({ status: 'signed_out', connection: 'live' });
  });

  test('a stream that was cut for a minute misses nothing', async () => {
    const { world, all } = await tabs(3);
    world.reachable = false;
    world.cut();
    await world.pass(MINUTE);
    expect(statuses(world)).toEqual(['signed_in', 'signed_in', 'signed_in']);
    world.answer = { status: 'signed_out', ended: end() };
    world.reachable = true;
    await world.pass(2 * MINUTE);
    expect(all.map((tab) => tab.state)).toMatchObject([
      { ended: end() },
      { ended: end() },
      { ended: end() },
    ]);
  });

  test('what happened between the check and the new stream is asked for', async () => {
    const { world, tab } = await tabs(1);
    const call = { surface: 'cti', since: 'now' } as const;
    world.held = [];
    world.cut();
    await world.pass(5_000);
    world.answer = signedIn('s1', 'mira', { call });
    const { held } = world;
    world.held = undefined;
    held.forEach((go) => go());
    await settle();
    expect(world.streams()).toHaveLength(1);
    expect(tab.state).toMatchObject({ call });
  });

  test('the tab that a person looks at says so, whichever tab holds the stream', async () => {
    const { world, all } = await tabs(3);
    world.reachable = false;
    world.cut();
    await world.pass(5_000);
    expect(all.map((tab) => tab.state.connection)).toEqual(['lost', 'lost', 'lost']);
  });

  test('a stream that comes back is one stream, and its tabs are live', async () => {
    const { world, all } = await tabs(3);
    world.reachable = false;
    world.cut();
    await world.pass(MINUTE);
    world.reachable = true;
    await world.pass(2 * MINUTE);
    expect(world.streams()).toHaveLength(1);
    expect(all.map((tab) => tab.state.connection)).toEqual(['live', 'live', 'live']);
  });

  test('1,000 browsers of a restarted service do not come back as one', async () => {
    const worlds: World[] = [];
    for (let browser = 0; browser < 1_000; browser++) {
      const { world } = await tabs(1);
      for (let skipped = 0; skipped < browser % 97; skipped++) {
        world.random();
      }
      worlds.push(world);
    }
    const moments = new Map<number, number>();
    for (const world of worlds) {
      world.cut();
      const before = world.checks();
      for (let step = 0; step < 100 && world.checks() === before; step++) {
        await world.pass(50);
      }
      const at = world.time - START;
      moments.set(at, (moments.get(at) ?? 0) + 1);
    }
    expect(worlds.every((world) => world.streams().length === 1)).toBe(true);
    // Of 44 moments of a twentieth of a second, none has more than a tenth of them.
    expect(Math.max(...moments.values())).toBeLessThan(100);
  }, 30_000);

  test('a stream that the service refuses is not asked for without end', async () => {
    const { world, tab } = await tabs(1);
    for (let minute = 0; minute < 30; minute++) {
      world.cut();
      await world.pass(MINUTE);
    }
    expect(tab.opened).toBeLessThan(40);
    expect(tab.state.status).toBe('signed_in');
  });
});
