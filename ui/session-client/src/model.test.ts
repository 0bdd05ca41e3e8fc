// Random days of a browser: tabs open, close, hide, freeze, sleep and lose the network; people sign
// in and out, sessions end, streams break, the service restarts. Whatever happens, no tab shows a
// session after it has shown its end, no more than one has a stream, and once things are quiet
// every tab shows what is so.

import { expect, test } from 'vitest';
import { World, end, settle, signedIn, type Tab } from './test/world.ts';

const DAYS = 120;
const STEPS = 60;

test('whatever happens to a browser, its tabs come to what is so', async () => {
  let steps = 0;
  for (let day = 1; day <= DAYS; day++) {
    const world = new World();
    for (let skipped = 0; skipped < day * 7; skipped++) {
      world.random();
    }
    await oneDay(world, day);
    steps += STEPS;
  }
  console.log(`${steps} events in ${DAYS} days of a browser`);
}, 120_000);

async function oneDay(world: World, day: number): Promise<void> {
  const pick = (count: number): number => Math.floor(world.random() * count);
  const cached = new Set<Tab>();
  let sessions = 0;
  const enter = (): void => {
    world.answer = signedIn(`s${++sessions}`, `person${pick(2)}`);
    // Nobody signs in but in a tab, which then asks.
    world.open();
  };
  const leave = (): void => {
    if (world.answer.status === 'signed_in') {
      world.endSession(world.answer.session, end());
    }
  };
  const some = (): Tab | undefined => world.tabs[pick(world.tabs.length)];
  const close = (tab: Tab): void => {
    tab.session.close();
    tab.heard = undefined;
    tab.listening = undefined;
    world.tabs.splice(world.tabs.indexOf(tab), 1);
    cached.delete(tab);
  };
  const acts: ((tab: Tab) => void)[] = [
    () => enter(),
    () => leave(),
    () => void world.open(),
    (tab) => world.tabs.length > 1 && close(tab),
    (tab) => tab.look(!tab.visible),
    (tab) => {
      tab.network = !tab.network;
      tab.fire(tab.network ? 'online' : 'offline');
    },
    (tab) => {
      tab.fire('pagehide', { persisted: true });
      cached.add(tab);
    },
    (tab) => {
      tab.fire('pageshow', { persisted: true });
      cached.delete(tab);
    },
    () => world.sleep(3_600_000),
    () => world.cut(),
    () => void (world.reachable = !world.reachable),
    (tab) => void tab.session.signOut(),
    (tab) => tab.session.recheck(),
    () => world.tell('changed', { what: 'call' }),
  ];

  enter();
  for (let step = 0; step < STEPS; step++) {
    const tab = some();
    if (tab) {
      acts[pick(acts.length)]?.(tab);
    }
    await (pick(3) === 0 ? world.pass(pick(60_000)) : settle());
    expect(world.streams().length, `streams on day ${day}`).toBeLessThanOrEqual(1);
  }

  // The evening is quiet.
  world.reachable = true;
  for (const tab of world.tabs) {
    tab.network = true;
    tab.fire('online');
    tab.fire('pageshow', { persisted: true });
    tab.look(true);
  }
  await world.pass(10 * 60_000);
  const { answer } = world;
  for (const tab of world.tabs) {
    expect(tab.state.status, `day ${day}`).toBe(answer.status);
    expect(tab.state.connection).toBe('live');
    if (answer.status === 'signed_in') {
      expect(tab.state).toMatchObject({ session: answer.session });
    }
    expect(backAgain(tab), `day ${day}`).toEqual([]);
  }
  expect(world.streams()).toHaveLength(answer.status === 'signed_in' ? 1 : 0);
  for (const tab of [...world.tabs]) {
    tab.session.close();
  }
}

/** Sessions that were shown after their end was. */
function backAgain(tab: Tab): string[] {
  const over = new Set<string>();
  const back: string[] = [];
  let before: string | undefined;
  for (const session of tab.sessions) {
    if (session && over.has(session)) {
      back.push(session);
    }
    if (!session && before) {
      over.add(before);
    }
    before = session;
  }
  return back;
}
