// What admins import into their CRM (docs/crm) fits the widget.

import { expect, test } from 'vitest';
import callCenter from '../../../../docs/crm/salesforce/call-center.xml?raw';
import person from '../../../../docs/crm/salesforce/UnifiedLoginPerson.cls?raw';
import settings from '../../../../docs/crm/hubspot/calling-settings.json?raw';
import manifest from '../../../../docs/crm/zendesk/manifest.json?raw';
import { placeOf } from '../place.ts';

/** The CRM that an address is for. */
function crmOf(address: unknown): string | undefined {
  const url = new URL(String(address));
  expect(url.protocol).toBe('https:');
  return placeOf(url.pathname, true).inside?.crm;
}

test('HubSpot’s settings show the widget in its size', () => {
  const { url, width, height } = JSON.parse(settings);
  expect(crmOf(url)).toBe('hubspot');
  expect([width, height]).toEqual([360, 600]);
});

test('Zendesk’s manifest shows the widget in the top bar, and asks for no signed first request', () => {
  const { location, frameworkVersion, signedUrls } = JSON.parse(manifest);
  expect(crmOf(location.support.top_bar.url)).toBe('zendesk');
  expect(frameworkVersion).toBe('2.0');
  expect(signedUrls).toBeUndefined();
});

test('Salesforce’s call center has what Open CTI asks for', () => {
  const items = new Map<string, string>();
  for (const [, name = '', value = ''] of callCenter.matchAll(
    /<item [^>]*name="(\w+)"[^>]*>([^<]*)</gu,
  )) {
    items.set(name, value);
  }
  expect(items.get('reqInternalName')).toMatch(/^[A-Za-z][A-Za-z0-9]{0,39}$/u);
  expect(crmOf(items.get('reqAdapterUrl'))).toBe('salesforce');
  expect(items.get('reqUseApi')).toBe('true');
  expect(items.get('reqSalesforceCompatibilityMode')).toBe('Lightning');
  for (const name of ['reqDisplayName', 'reqSoftphoneHeight', 'reqSoftphoneWidth']) {
    expect(items.get(name)).toBeTruthy();
  }
});

test('Salesforce’s class is the one that the widget asks', () => {
  expect(person).toContain('class UnifiedLoginPerson');
  expect(person).toContain('webservice static String currentUser()');
});
