import { describe, expect, test } from 'vitest';
import { START, World, end, settle, signedIn } from './test/world.ts';

const MINUTE = 60_000;

async function tabs(count: number, answer = signedIn('s1')) {
  const world = new World();
  world.answer = answer;
  const all = Array.from({ length: count }, () => world.open());
  await settle();
  return { world, all };
}

function statuses(world: World): string[] {
  return world.tabs.map((tab) => tab.state.status);
}

describe('who is signed in', () => {
  test('nothing is said before the service has answered', async () => {
    const world = new World();
    world.answer = signedIn('s1');
    const tab = world.open();
    expect(tab.state.status).toBe('checking');
    await settle();
    expect(tab.state).toMatchObject({ status: 'signed_in', session: 's1', connection: 'live' });
    expect(tab.shown).toEqual(['checking', 'signed_in']);
  });

  test('a slow answer is not a sign-out', async () => {
    const world = new World();
    world.answer = signedIn('s1');
    world.held = [];
    const tab = world.open();
    await world.pass(15_000);
    expect(tab.state.status).toBe('checking');
    world.held.forEach((go) => go());
    await settle();
    expect(tab.state.status).toBe('signed_in');
    expect(tab.shown).not.toContain('signed_out');
  });

  test('a service that cannot be reached is said to be so, and asked again', async () => {
    const world = new World();
    world.answer = signedIn('s1');
    world.reachable = false;
    const tab = world.open();
    await settle();
    expect(tab.state).toMatchObject({ status: 'unreachable', connection: 'lost' });
    world.reachable = true;
    await world.pass(5_000);
    expect(tab.state.status).toBe('signed_in');
  });

  test('a page of a hotel’s network in place of an answer changes nothing', async () => {
    const { world, all } = await tabs(1);
    const tab = all[0]!;
    world.answer = { status: 'welcome' } as never;
    tab.session.recheck();
    await settle();
    expect(tab.state).toMatchObject({ status: 'signed_in', connection: 'lost' });
  });

  test('an Agent at the Dashboard is told why not', async () => {
    const { person, organization, surfaces } = signedIn('s1');
    const world = new World();
    world.answer = {
      status: 'refused',
      why: 'role',
      person,
      organization,
      surfaces,
      ask: ['Mira Okafor'],
    };
    const tab = world.open();
    await settle();
    expect(tab.state).toMatchObject({ status: 'refused', ask: ['Mira Okafor'] });
  });

  test('signing in comes back to where one was', async () => {
    const { all } = await tabs(1);
    all[0]!.session.signIn();
    all[0]!.session.signIn('/sessions');
    expect(all[0]!.went).toEqual([
      '/sign-in?return_to=%2Fhere%3Fx%3D1',
      '/sign-in?return_to=%2Fsessions',
    ]);
  });
});

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
    const leader = world.streams()[0]!;
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
    for (const abilities of [{ lock: false }, { channel: false }]) {
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

  test('nobody signed in, no stream', async () => {
    const { world } = await tabs(2, { status: 'signed_out', ended: null } as never);
    expect(world.streams()).toHaveLength(0);
    await world.pass(MINUTE);
    expect(world.streams()).toHaveLength(0);
  });
});

describe('live sign-out', () => {
  test('every tab shows where and when, without asking', async () => {
    const { world, all } = await tabs(8);
    const before = world.checks();
    world.endSession('s1', end('signed_out', 'cti'));
    await settle();
    for (const tab of all) {
      expect(tab.state).toMatchObject({
        status: 'signed_out',
        ended: { surface: 'cti', at: new Date(START).toISOString() },
      });
    }
    expect(world.checks()).toBe(before);
    expect(world.streams()).toHaveLength(0);
  });

  test('the end of another session of the person is only told', async () => {
    const { world, all } = await tabs(2);
    world.tell('session', { session: 'other', what: 'ended', reason: 'signed_out', at: 'x' });
    await settle();
    expect(statuses(world)).toEqual(['signed_in', 'signed_in']);
    expect(all.map((tab) => tab.changes)).toEqual([['session'], ['session']]);
  });

  test('an answer that was on its way does not bring an ended session back', async () => {
    const { world, all } = await tabs(1);
    const tab = all[0]!;
    world.held = [];
    tab.session.recheck();
    await settle();
    world.endSession('s1', end());
    world.held.forEach((go) => go());
    await settle();
    expect(tab.state.status).toBe('signed_out');
    expect(tab.shown).toEqual(['checking', 'signed_in', 'signed_out']);
  });

  test('of two answers the one that was asked for last counts', async () => {
    const { world, all } = await tabs(1);
    const tab = all[0]!;
    const call = { surface: 'cti', since: 'now' } as const;
    world.held = [];
    tab.session.recheck();
    world.answer = signedIn('s1', 'mira', { call });
    tab.session.recheck();
    [...world.held].reverse().forEach((go) => go());
    await settle();
    expect(tab.state).toMatchObject({ call });
  });

  test('a tab that opens while the session ends does not wait for ever', async () => {
    const { world } = await tabs(1);
    world.held = [];
    const late = world.open();
    await settle();
    world.endSession('s1', end());
    await settle();
    world.held.forEach((go) => go());
    await settle();
    expect(late.state).toMatchObject({ status: 'signed_out', ended: end() });
  });

  test('signing out ends it in all tabs, and says where', async () => {
    const { world, all } = await tabs(3);
    const out = await all[1]!.session.signOut();
    await settle();
    expect(out).toEqual({ status: 'signed_out' });
    expect(statuses(world)).toEqual(['signed_out', 'signed_out', 'signed_out']);
    expect(all[1]!.state).toMatchObject({ ended: { surface: 'workspace' } });
  });

  test('two tabs that sign out at once both come out signed out', async () => {
    const { world, all } = await tabs(2);
    const outs = await Promise.all(all.map((tab) => tab.session.signOut()));
    await settle();
    expect(outs).toEqual([{ status: 'signed_out' }, { status: 'signed_out' }]);
    expect(statuses(world)).toEqual(['signed_out', 'signed_out']);
  });

  test('a sign-out that was answered by 401 was done elsewhere', async () => {
    const { world, all } = await tabs(1);
    world.answer = { status: 'signed_out', ended: end('ended_by_admin', 'dashboard') };
    world.signOutAnswer = { status: 401, body: { code: 'UL-1301', message: '' } };
    expect(await all[0]!.session.signOut()).toEqual({ status: 'signed_out' });
    await settle();
    expect(all[0]!.state).toMatchObject({ ended: { reason: 'ended_by_admin' } });
  });

  test('on a call the person is asked, and may wait for its end', async () => {
    const { world, all } = await tabs(1);
    const call = { surface: 'cti', since: 'then' };
    world.signOutAnswer = { status: 409, body: { code: 'UL-1310', message: '…', call } };
    expect(await all[0]!.session.signOut()).toEqual({ status: 'on_call', call });
    world.signOutAnswer = { status: 202, body: { status: 'after_call', call } };
    expect(await all[0]!.session.signOut('after_call')).toEqual({ status: 'after_call', call });
    expect(all[0]!.state.status).toBe('signed_in');
    expect(world.requests.filter(({ path }) => path === '/session/sign-out')).toMatchObject([
      { body: { when: null } },
      { body: { when: 'after_call' } },
    ]);
  });

  test('a sign-out that did not reach the service is no sign-out', async () => {
    const { world, all } = await tabs(1);
    world.reachable = false;
    expect(await all[0]!.session.signOut()).toMatchObject({ status: 'failed' });
    expect(all[0]!.state.status).toBe('signed_in');
  });
});

describe('another session in this browser', () => {
  test('another person who signs in in another tab takes over all tabs', async () => {
    const { world, all } = await tabs(3);
    world.answer = signedIn('s2', 'tom');
    world.open();
    await world.pass(500);
    for (const tab of all) {
      expect(tab.state).toMatchObject({ status: 'signed_in', person: { name: 'tom' } });
    }
    expect(world.streams()).toHaveLength(1);
  });

  test('nothing of the first stays in sight while a tab asks', async () => {
    const { world, all } = await tabs(1);
    const tab = all[0]!;
    world.answer = signedIn('s2', 'tom');
    world.held = [];
    tab.heard?.({ ul: 'told', answer: world.answer });
    expect(tab.state).toMatchObject({ status: 'checking', was: null });
    await settle();
    world.held.forEach((go) => go());
    await settle();
    expect(tab.state).toMatchObject({ person: { name: 'tom' } });
  });

  test('a sign-in in another tab is followed by tabs that were signed out', async () => {
    const { world, all } = await tabs(2);
    world.endSession('s1', end());
    await settle();
    world.answer = signedIn('s2');
    world.open();
    await world.pass(500);
    expect(all.map((tab) => tab.state)).toMatchObject([{ session: 's2' }, { session: 's2' }]);
  });

  test('sign-out in one tab while another signs in leaves the new session', async () => {
    const { world, all } = await tabs(2);
    world.held = [];
    const out = all[0]!.session.signOut();
    await settle();
    // The old session has ended at the service; the person signs in again in another tab.
    world.answer = signedIn('s2');
    const { held } = world;
    world.held = undefined;
    world.open();
    await world.pass(500);
    held.forEach((go) => go());
    await out;
    await world.pass(500);
    expect(all.map((tab) => tab.state)).toMatchObject([{ session: 's2' }, { session: 's2' }]);
  });

  test('cookies cleared half way: signed out at the next look, in all tabs', async () => {
    const { world, all } = await tabs(2);
    world.answer = { status: 'signed_out', ended: null };
    all[0]!.look(false);
    all[0]!.look(true);
    await world.pass(500);
    expect(all.map((tab) => tab.state)).toMatchObject([
      { status: 'signed_out', ended: null },
      { status: 'signed_out', ended: null },
    ]);
    expect(world.streams()).toHaveLength(0);
  });

  test('frames with cookies of their own do not talk each other into circles', async () => {
    const { world, all } = await tabs(1);
    const before = world.checks();
    // Another frame of the partition, which has no session, says so again and again.
    for (let time = 0; time < 10; time++) {
      all[0]!.heard?.({ ul: 'told', answer: { status: 'signed_out', ended: null } });
      await world.pass(100);
    }
    expect(all[0]!.state.status).toBe('signed_in');
    expect(world.checks() - before).toBeLessThanOrEqual(10);
    await world.pass(1_000);
    expect(world.checks() - before).toBeLessThanOrEqual(10);
  });
});

describe('coming back', () => {
  test('out of the back/forward cache nothing is shown before the service has answered', async () => {
    const { world, all } = await tabs(1);
    const tab = all[0]!;
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
    const { world, all } = await tabs(1);
    all[0]!.fire('pagehide', { persisted: true });
    all[0]!.fire('freeze');
    all[0]!.fire('resume');
    all[0]!.fire('pageshow', { persisted: true });
    await settle();
    expect(all[0]!.state).toMatchObject({ status: 'signed_in', session: 's1' });
    expect(world.streams()).toHaveLength(1);
  });

  test('in the cache it says and hears nothing', async () => {
    const { world, all } = await tabs(2);
    all[0]!.fire('pagehide', { persisted: true });
    const before = world.requests.filter(({ tab }) => tab === all[0]).length;
    world.endSession('s1', end());
    await world.pass(20 * MINUTE);
    expect(all[0]!.state.status).toBe('checking');
    expect(world.requests.filter(({ tab }) => tab === all[0])).toHaveLength(before);
  });

  test('a first load is no return from the cache', async () => {
    const { world, all } = await tabs(1);
    const before = world.checks();
    all[0]!.fire('pageshow', { persisted: false });
    await settle();
    expect(world.checks()).toBe(before);
  });

  test('after a sleep nothing is shown before the service has answered', async () => {
    const { world, all } = await tabs(2);
    world.sleep(8 * 60 * MINUTE);
    world.answer = { status: 'signed_out', ended: end('ended_by_admin', 'dashboard') };
    all[0]!.fire('visibilitychange');
    expect(all[0]!.state.status).toBe('checking');
    await world.pass(20_000);
    expect(all[0]!.shown).toEqual(['checking', 'signed_in', 'checking', 'signed_out']);
    // It has heard of it from the other.
    expect(all[1]!.shown).toEqual(['checking', 'signed_in', 'signed_out']);
  });

  test('a hidden tab whose timers come once a minute has not slept', async () => {
    const { world, all } = await tabs(1);
    all[0]!.look(false);
    for (let minute = 0; minute < 10; minute++) {
      await world.pass(MINUTE);
    }
    expect(all[0]!.shown).toEqual(['checking', 'signed_in']);
  });

  test('a person who comes back to a tab is looked after at once', async () => {
    const { world, all } = await tabs(1);
    all[0]!.look(false);
    const before = world.checks();
    all[0]!.look(true);
    await settle();
    expect(world.checks()).toBe(before + 1);
    expect(all[0]!.shown).toEqual(['checking', 'signed_in']);
  });
});

describe('without a connection', () => {
  test('an offline tab keeps what it shows, says so, and asks when it is online', async () => {
    const { world, all } = await tabs(1);
    const tab = all[0]!;
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
    const { world, all } = await tabs(1);
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
    expect(all[0]!.state).toMatchObject({ call });
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
    const { world, all } = await tabs(1);
    const tab = all[0]!;
    for (let minute = 0; minute < 30; minute++) {
      world.cut();
      await world.pass(MINUTE);
    }
    expect(tab.opened).toBeLessThan(40);
    expect(tab.state.status).toBe('signed_in');
  });
});

describe('calls', () => {
  const reports = (world: World) =>
    world.requests.filter(({ path }) => path === '/session/call').map(({ body }) => body);

  test('a call is reported while it lasts', async () => {
    const { world, all } = await tabs(1);
    all[0]!.session.reportCall('c1', true);
    await world.pass(50_000);
    all[0]!.session.reportCall('c1', false);
    await world.pass(MINUTE);
    expect(reports(world)).toEqual([
      { call: 'c1', active: true },
      { call: 'c1', active: true },
      { call: 'c1', active: true },
      { call: 'c1', active: false },
    ]);
  });

  test('a page that goes takes its call with it', async () => {
    const { world, all } = await tabs(1);
    all[0]!.session.reportCall('c1', true);
    all[0]!.fire('pagehide', { persisted: false });
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

describe('nothing is left', () => {
  test('after a sign-out a tab holds nothing of the person', async () => {
    const { world, all } = await tabs(2);
    world.endSession('s1', end());
    await settle();
    for (const tab of all) {
      expect(JSON.stringify(tab.state)).not.toContain('mira');
    }
  });

  test('a closed client does nothing any more', async () => {
    const { world, all } = await tabs(1);
    all[0]!.session.close();
    const before = world.requests.length;
    await world.pass(20 * MINUTE);
    expect(world.requests).toHaveLength(before);
    expect(world.timers.size).toBe(0);
    expect(world.lockHolder).toBeUndefined();
  });
});
