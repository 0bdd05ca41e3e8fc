import { describe, expect, test, vi } from 'vitest';
import { Failure } from '@unified-login/design/data';
import { Paged } from './paged.svelte';

// Node has none before its version 21.
vi.hoisted(() => vi.stubGlobal('navigator', { language: 'en-GB' }));

interface Asked {
  cursor: string | null;
  answer: (items: string[], next: string | null) => void;
  fail: (failure: Failure) => void;
}

/** A list whose answers come when the test says so. */
function list() {
  const asked: Asked[] = [];
  const paged = new Paged<string>(
    (cursor) =>
      new Promise((done, failed) => {
        asked.push({ cursor, answer: (items, next) => done({ items, next }), fail: failed });
      }),
  );
  /** The request of that number; it must have been made. */
  const at = (index: number): Asked => {
    const one = asked[index];
    if (!one) {
      throw new Error(`request ${index} was not made`);
    }
    return one;
  };
  return { asked, at, paged };
}

describe('a long list', () => {
  test('is read a page at a time, each after the one before', async () => {
    const { at, paged } = list();
    const first = paged.load();
    at(0).answer(['a', 'b'], 'after b');
    await first;
    expect([paged.items, paged.more]).toEqual([['a', 'b'], true]);
    const second = paged.loadMore();
    expect(at(1).cursor).toBe('after b');
    at(1).answer(['c'], null);
    await second;
    expect([paged.items, paged.more]).toEqual([['a', 'b', 'c'], false]);
  });

  test('shows what was asked for last, whichever answer comes last', async () => {
    const { at, paged } = list();
    const [slow, quick] = [paged.load(), paged.load()];
    at(1).answer(['new'], null);
    await quick;
    at(0).answer(['old'], null);
    await slow;
    expect(paged.items).toEqual(['new']);
    expect(paged.busy).toBe(false);
  });

  test('keeps what it has when the next page cannot be read', async () => {
    const { at, paged } = list();
    const first = paged.load();
    at(0).answer(['a'], 'after a');
    await first;
    const second = paged.loadMore();
    at(1).fail(new Failure('UL-3010', '', 0));
    await second;
    expect(paged.items).toEqual(['a']);
    expect(paged.failure?.code).toBe('UL-3010');
    expect(paged.more).toBe(true);
  });

  test('is not pulled away from somebody who has read on', async () => {
    const { asked, at, paged } = list();
    const first = paged.load();
    at(0).answer(['a'], 'after a');
    await first;
    const second = paged.loadMore();
    at(1).answer(['b'], 'after b');
    await second;
    await paged.refresh();
    expect(asked.length).toBe(2);
  });
});
