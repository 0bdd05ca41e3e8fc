import { describe, expect, test } from 'vitest';
import { end, settle, signedIn, START, statuses, tabs } from './test/world.ts';

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
    const { world, tab } = await tabs(1);
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
    const { world, tab } = await tabs(1);
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
    const { world, other } = await tabs(3);
    const out = await other.session.signOut();
    await settle();
    expect(out).toEqual({ status: 'signed_out' });
    expect(statuses(world)).toEqual(['signed_out', 'signed_out', 'signed_out']);
    expect(other.state).toMatchObject({ ended: { surface: 'workspace' } });
  });

  test('the service’s own time replaces that of a computer whose clock is wrong', async () => {
    const { tab } = await tabs(1);
    await tab.session.signOut();
    const ended = { reason: 'signed_out', surface: 'workspace', at: '2026-11-24T14:05:00Z' };
    tab.heard?.({ ul: 'ended', session: 's1', ended });
    expect(tab.state).toMatchObject({ status: 'signed_out', ended });
  });

  test('two tabs that sign out at once both come out signed out', async () => {
    const { world, all } = await tabs(2);
    const outs = await Promise.all(all.map((tab) => tab.session.signOut()));
    await settle();
    expect(outs).toEqual([{ status: 'signed_out' }, { status: 'signed_out' }]);
    expect(statuses(world)).toEqual(['signed_out', 'signed_out']);
  });

  test('a sign-out that was answered by 401 was done elsewhere', async () => {
    const { world, tab } = await tabs(1);
    world.answer = { status: 'signed_out', ended: end('ended_by_admin', 'dashboard') };
    world.signOutAnswer = { status: 401, body: { code: 'UL-1301', message: '' } };
    expect(await tab.session.signOut()).toEqual({ status: 'signed_out' });
    await settle();
    expect(tab.state).toMatchObject({ ended: { reason: 'ended_by_admin' } });
  });

  test('on a call the person is asked, and may wait for its end', async () => {
    const { world, tab } = await tabs(1);
    const call = { surface: 'cti', since: 'then' };
    world.signOutAnswer = { status: 409, body: { code: 'UL-1310', message: '…', call } };
    expect(await tab.session.signOut()).toEqual({ status: 'on_call', call });
    world.signOutAnswer = { status: 202, body: { status: 'after_call', call } };
    expect(await tab.session.signOut('after_call')).toEqual({ status: 'after_call', call });
    expect(tab.state.status).toBe('signed_in');
    expect(world.requests.filter(({ path }) => path === '/session/sign-out')).toMatchObject([
      { body: { when: null } },
      { body: { when: 'after_call' } },
    ]);
  });

  test('a sign-out that did not reach the service is no sign-out', async () => {
    const { world, tab } = await tabs(1);
    world.reachable = false;
    expect(await tab.session.signOut()).toMatchObject({ status: 'failed' });
    expect(tab.state.status).toBe('signed_in');
  });
});
