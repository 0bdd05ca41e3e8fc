import { expect, test } from 'vitest';
import { telephone } from './number.ts';

test('numbers as people write them are numbers', () => {
  for (const number of [
    '+49 151 2345 6789',
    '+49 (0)30 901820',
    '(555) 010-4477 ext. 12',
    '555.010.4477 x12',
    '112',
    '*#06#',
    '030/901820-17',
  ]) {
    const expected = number === '*#06#' ? null : number;
    expect(telephone(number)).toBe(expected);
  }
  expect(telephone('  +49  30 1 \n')).toBe('+49 30 1');
  expect(telephone(4930901820)).toBe('4930901820');
});

test('nothing else is', () => {
  for (const other of [
    '',
    '7',
    'Jonas',
    '<img src=x onerror=alert(1)>',
    'javascript:1234',
    '+49 30 1; rm -rf',
    '1'.repeat(41),
    null,
    undefined,
    {},
    ['+49 30 901820'],
    { toString: () => '+49 30 901820' },
    Number.NaN,
  ]) {
    expect(telephone(other)).toBeNull();
  }
});
