import { describe, expect, test } from 'vitest';
import { end, settle, tabs } from './test/world.ts';

const MINUTE = 60_000;

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
    const { world, tab } = await tabs(1);
    tab.session.close();
    const before = world.requests.length;
    await world.pass(20 * MINUTE);
    expect(world.requests).toHaveLength(before);
    expect(world.timers.size).toBe(0);
    expect(world.lockHolder).toBeUndefined();
  });
});
