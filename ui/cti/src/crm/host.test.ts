import { afterEach, describe, expect, test, vi } from 'vitest';
import { CrmProblem } from './crm.ts';
import { HOST, host, inFrame } from './stand_in.ts';
import { allows } from './origins.ts';

afterEach(() => vi.restoreAllMocks());

describe('the list of origins', () => {
  test('has an origin that it names, and no other', () => {
    expect(allows(['https://app.hubspot.com'], 'https://app.hubspot.com')).toBe(true);
    for (const other of [
      'http://app.hubspot.com',
      'https://app.hubspot.com:8443',
      'https://app.hubspot.com.evil.example',
      'https://evil.example',
      'null',
    ]) {
      expect(allows(['https://app.hubspot.com'], other)).toBe(false);
    }
  });

  test('with a wildcard has every host below, and not the one above or beside', () => {
    const list = ['https://*.zendesk.com'];
    expect(allows(list, 'https://acme.zendesk.com')).toBe(true);
    expect(allows(list, 'https://a.b.zendesk.com')).toBe(true);
    for (const other of [
      'https://zendesk.com',
      'https://.zendesk.com',
      'http://acme.zendesk.com',
      'https://acmezendesk.com',
      'https://acme.zendesk.com:444',
      'https://acme.zendesk.com.evil.example',
    ]) {
      expect(allows(list, other)).toBe(false);
    }
  });

  test('that is empty has nobody', () => {
    expect(allows([], HOST)).toBe(false);
  });
});

describe('the page around the frame', () => {
  test('is refused where any page around it is not on the list', () => {
    inFrame({ ancestors: [HOST, 'https://evil.example'] });
    expect(() => host()).toThrow(CrmProblem);
    inFrame({ ancestors: ['https://evil.example'] });
    expect(() => host()).toThrow(CrmProblem);
  });

  test('is refused by its referrer where the browser tells nothing else', () => {
    inFrame({ ancestors: null, referrer: 'https://evil.example/page' });
    expect(() => host()).toThrow(CrmProblem);
  });

  test('is settled by its first message where the browser tells nothing at all', () => {
    const parent = inFrame({ ancestors: null });
    const around = host([HOST, 'https://second.crm.example']);
    const passed: string[] = [];
    const unguard = around.guard(() => true);
    const hear = (event: MessageEvent): number => passed.push(event.origin);
    addEventListener('message', hear);
    parent.say({}, 'https://evil.example');
    parent.say({}, HOST);
    parent.say({}, 'https://second.crm.example');
    removeEventListener('message', hear);
    unguard();
    expect(passed).toEqual([HOST]);
    expect(around.origin).toBe(HOST);
  });

  test('alone is heard: not its other frames, not windows, even from its own origin', () => {
    const parent = inFrame();
    const unguard = host().guard(() => true);
    const passed = vi.fn();
    addEventListener('message', passed);
    parent.say({ from: 'a sibling' }, HOST, { other: 'window' });
    parent.say({ from: 'a foreign origin' }, 'https://evil.example');
    expect(passed).not.toHaveBeenCalled();
    parent.say({ from: 'the host' });
    expect(passed).toHaveBeenCalledOnce();
    removeEventListener('message', passed);
    unguard();
  });

  test('does not keep the sign-in window of this origin from being heard', () => {
    const parent = inFrame();
    const unguard = host().guard(() => false);
    const passed = vi.fn();
    addEventListener('message', passed);
    parent.say({ ul: 'hello' }, location.origin, { the: 'window' });
    expect(passed).toHaveBeenCalledOnce();
    removeEventListener('message', passed);
    unguard();
  });
});
