import { describe, expect, test } from 'vitest';
import { beginOf, endOf } from './days';

describe('the days that a person chooses', () => {
  test('begin and end where the reader is', () => {
    const begin = new Date(beginOf('2026-11-24'));
    expect([begin.getFullYear(), begin.getMonth(), begin.getDate()]).toEqual([2026, 10, 24]);
    expect([begin.getHours(), begin.getMinutes()]).toEqual([0, 0]);
    const end = new Date(endOf('2026-11-24'));
    expect([end.getDate(), end.getHours()]).toEqual([25, 0]);
  });

  test('end with the year and with the day on which clocks change', () => {
    expect(new Date(endOf('2026-12-31')).getFullYear()).toBe(2027);
    for (const day of ['2026-03-29', '2026-10-25']) {
      expect(new Date(endOf(day)).getHours()).toBe(0);
    }
  });

  test('are asked for only when they are days', () => {
    expect(['', '24.11.2026', '2026-11', 'x'].map(beginOf)).toEqual(['', '', '', '']);
  });
});
