import { describe, expect, test } from 'vitest';
import { end, settle, signedIn, tabs } from './test/world.ts';

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
    const { world, tab } = await tabs(1);
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
    const { world, all, tab } = await tabs(2);
    world.held = [];
    const out = tab.session.signOut();
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
    const { world, all, tab } = await tabs(2);
    world.answer = { status: 'signed_out', ended: null };
    tab.look(false);
    tab.look(true);
    await world.pass(500);
    expect(all.map((tab) => tab.state)).toMatchObject([
      { status: 'signed_out', ended: null },
      { status: 'signed_out', ended: null },
    ]);
    expect(world.streams()).toHaveLength(0);
  });

  test('frames with cookies of their own do not talk each other into circles', async () => {
    const { world, tab } = await tabs(1);
    const before = world.checks();
    // Another frame of the partition, which has no session, says so again and again.
    for (let time = 0; time < 10; time++) {
      tab.heard?.({ ul: 'told', answer: { status: 'signed_out', ended: null } });
      await world.pass(100);
    }
    expect(tab.state.status).toBe('signed_in');
    expect(world.checks() - before).toBeLessThanOrEqual(10);
    await world.pass(1_000);
    expect(world.checks() - before).toBeLessThanOrEqual(10);
  });
});
