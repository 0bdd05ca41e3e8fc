import { describe, expect, test } from 'vitest';
import { end, settle, signedIn, tabs, World } from './test/world.ts';

const MINUTE = 60_000;

describe('calls', () => {
  const reports = (world: World) =>
    world.requests.filter(({ path }) => path === '/session/call').map(({ body }) => body);

  test('a call is reported while it lasts', async () => {
    const { world, tab } = await tabs(1);
    tab.session.reportCall('c1', true);
    await world.pass(50_000);
    tab.session.reportCall('c1', false);
    await world.pass(MINUTE);
    expect(reports(world)).toEqual([
      { call: 'c1', active: true },
      { call: 'c1', active: true },
      { call: 'c1', active: true },
      { call: 'c1', active: false },
    ]);
  });

  test('a sign-out in another tab ends the reports of a call', async () => {
    const { world, tab } = await tabs(1);
    tab.session.reportCall('c1', true);
    world.endSession('s1', end());
    await world.pass(MINUTE);
    expect(reports(world)).toEqual([
      { call: 'c1', active: true },
      { call: 'c1', active: false },
    ]);
  });

  test('a page that goes takes its call with it', async () => {
    const { world, tab } = await tabs(1);
    tab.session.reportCall('c1', true);
    tab.fire('pagehide', { persisted: false });
    await world.pass(MINUTE);
    expect(reports(world)).toEqual([
      { call: 'c1', active: true },
      { call: 'c1', active: false },
    ]);
  });

  test('what changed elsewhere is seen by all tabs: a call, a sign-out that waits', async () => {
    const { world, all } = await tabs(3);
    const call = { surface: 'cti', since: 'now' } as const;
    world.answer = signedIn('s1', 'mira', { call });
    world.tell('changed', { what: 'call' });
    await settle();
    expect(all.map((tab) => tab.state)).toMatchObject([{ call }, { call }, { call }]);
    expect(world.checks()).toBe(4);
  });

  test('a changed availability is told to all tabs, and asks for nothing', async () => {
    const { world, all } = await tabs(2);
    const before = world.checks();
    world.tell('changed', { what: 'availability' });
    await settle();
    expect(all.map((tab) => tab.changes)).toEqual([['availability'], ['availability']]);
    expect(world.checks()).toBe(before);
  });
});
