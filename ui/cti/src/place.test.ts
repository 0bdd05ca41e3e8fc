import { expect, test } from 'vitest';
import { placeOf } from './place.ts';

test('the address says which CRM and which organization', () => {
  expect(placeOf('/hubspot/acme', true)).toEqual({
    is: 'phone',
    inside: { crm: 'hubspot', organization: 'acme' },
    framed: true,
  });
  expect(placeOf('/zendesk/m%C3%BCller%20%26%20co', true)).toMatchObject({
    inside: { organization: 'müller & co' },
  });
});

test('in a tab of its own it is a phone without a CRM, wherever it was opened', () => {
  for (const path of ['/', '/hubspot/acme', '/nowhere']) {
    expect(placeOf(path, false)).toEqual({ is: 'phone', inside: null, framed: false });
  }
});

test('an address that names no CRM is a phone without one', () => {
  for (const path of [
    '/',
    '/hubspot',
    '/hubspot/',
    '/pipedrive/acme',
    '/hubspot/a/b',
    '/hubspot/%',
  ]) {
    expect(placeOf(path, true)).toMatchObject({ is: 'phone', inside: null });
  }
});

test('the sign-in window is one only where nothing frames it', () => {
  expect(placeOf('/window', false)).toEqual({ is: 'window' });
  expect(placeOf('/window/done', false)).toEqual({ is: 'done' });
  expect(placeOf('/window', true)).toMatchObject({ is: 'phone' });
});
