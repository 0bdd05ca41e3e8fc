import { expect, test } from 'vitest';
import { placeOf } from './place.ts';

test('the address says which CRM and which organization', () => {
  expect(placeOf('/hubspot/acme', true)).toEqual({
    inside: { crm: 'hubspot', organization: 'acme' },
    framed: true,
  });
  expect(placeOf('/zendesk/m%C3%BCller%20%26%20co', true)).toMatchObject({
    inside: { organization: 'müller & co' },
  });
});

test('in a tab of its own it is a phone without a CRM, wherever it was opened', () => {
  for (const path of ['/', '/hubspot/acme', '/nowhere']) {
    expect(placeOf(path, false)).toEqual({ inside: null, framed: false });
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
    expect(placeOf(path, true)).toMatchObject({ inside: null });
  }
});
