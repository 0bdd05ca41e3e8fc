import { describe, expect, test } from 'vitest';
import { settle, signedIn, tabs, World } from './test/world.ts';

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
    const { world, tab } = await tabs(1);
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
    const { tab } = await tabs(1);
    tab.session.signIn();
    tab.session.signIn('/sessions');
    expect(tab.went).toEqual([
      '/sign-in?return_to=%2Fhere%3Fx%3D1',
      '/sign-in?return_to=%2Fsessions',
    ]);
  });
});
