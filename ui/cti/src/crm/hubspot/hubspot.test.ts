import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Crm } from '../crm.ts';
import { Ear, HOST, host, inFrame, LABELS, settle, type Parent } from '../stand_in.ts';
import { connect } from './connect.ts';

let parent: Parent;
let ear: Ear;
let crm: Crm | undefined;

beforeEach(() => {
  parent = inFrame();
  ear = new Ear();
  vi.spyOn(console, 'debug').mockReturnValue();
});

afterEach(() => {
  crm?.close();
  crm = undefined;
  vi.restoreAllMocks();
});

function types(): unknown[] {
  return parent.messages.map((message) => message['type']);
}

function sync(more: Record<string, unknown> = {}): Record<string, unknown> {
  return { type: 'SYNC', hostUrl: HOST, messageId: '1_1', portalId: 7, userId: 8, ...more };
}

async function connected(more: Record<string, unknown> = {}): Promise<Crm> {
  const connecting = connect(host(), ear, LABELS);
  await settle();
  parent.say(sync(more));
  crm = await connecting;
  return crm;
}

test('answers HubSpot, and tells of the person only then, beginning with how it is', async () => {
  const hubspot = await connected();
  expect(types()).toEqual(['SYNC_ACK']);
  hubspot.reportSignedOut();
  hubspot.reportSignedIn(true);
  hubspot.reportAvailable(false);
  hubspot.reportSignedOut();
  expect(types()).toEqual([
    'SYNC_ACK',
    'INITIALIZED',
    'LOGGED_IN',
    'USER_AVAILABLE',
    'USER_UNAVAILABLE',
    'LOGGED_OUT',
  ]);
  expect(parent.messages[1]).toMatchObject({ data: { isLoggedIn: false } });
  expect(parent.sent.every(({ target }) => target === HOST)).toBe(true);
});

test('says signed in at the first word where somebody is', async () => {
  const hubspot = await connected();
  hubspot.reportSignedIn(true);
  expect(parent.messages[1]).toMatchObject({
    type: 'INITIALIZED',
    data: { isLoggedIn: true, isAvailable: true, sizeInfo: { width: 360, height: 600 } },
  });
  expect(types()).toHaveLength(2);
});

test('never tells HubSpot who is signed in', async () => {
  const hubspot = await connected();
  hubspot.reportSignedIn(true);
  hubspot.reportCall({ id: 'c', number: '+49 30 1', started: 1 }, 'started');
  expect(JSON.stringify(parent.messages)).not.toMatch(/@|email|name/iu);
  await expect(hubspot.crmPerson()).resolves.toBeNull();
});

test('dials what is clicked, if it is a number', async () => {
  await connected();
  parent.say({ type: 'DIAL_NUMBER', messageId: '2_1', data: { phoneNumber: '+49 30 901820' } });
  parent.say({ type: 'DIAL_NUMBER', messageId: '2_2', data: { phoneNumber: '<script>' } });
  parent.say({ type: 'DIAL_NUMBER', messageId: '2_3', data: {} });
  parent.say({ type: 'DIAL_NUMBER', messageId: '2_4' });
  parent.say({ type: 'END_CALL', messageId: '2_5' });
  expect(ear.dialled).toEqual(['+49 30 901820']);
  expect(ear.ended).toBe(1);
});

test('takes the word of nobody but the page around it', async () => {
  const connecting = connect(host(), ear, LABELS);
  const ready = vi.fn();
  void connecting.then(ready);
  parent.say(sync({ hostUrl: 'https://evil.example' }), 'https://evil.example');
  parent.say(sync(), HOST, { a: 'sibling frame' });
  parent.say(sync({ hostUrl: 'https://evil.example' }));
  await settle();
  expect(ready).not.toHaveBeenCalled();
  expect(parent.sent).toHaveLength(0);
  parent.say(sync());
  crm = await connecting;
  parent.say(
    { type: 'DIAL_NUMBER', messageId: '3_1', data: { phoneNumber: '+1 900 1' } },
    'https://evil.example',
  );
  expect(ear.dialled).toEqual([]);
});

test('is not troubled by what no HubSpot would send', async () => {
  const hubspot = await connected();
  const thrown = vi.fn();
  addEventListener('error', thrown);
  for (const nonsense of [null, 42, 'DIAL_NUMBER', [], {}, { type: null, messageId: '1' }]) {
    parent.say(nonsense);
  }
  parent.say({ type: 'constructor', messageId: '4_0', data: {} });
  parent.say({ type: '__proto__', messageId: '4_1', data: {} });
  parent.say({ type: 'NO_SUCH_MESSAGE', messageId: '4_2', data: {} });
  removeEventListener('error', thrown);
  expect(thrown).not.toHaveBeenCalled();
  // The SDK says so where it does not know a message; nothing else was answered.
  expect(types()).toEqual(['SYNC_ACK', 'ERROR']);
  hubspot.reportSignedIn(true);
  expect(types().at(-1)).toBe('INITIALIZED');
});

test('reports a call from its beginning to its end, with the number that HubSpot gave it', async () => {
  const hubspot = await connected();
  const call = { id: 'call-1', number: '+49 30 901820', started: 1_000 };
  hubspot.reportCall(call, 'started');
  parent.say({
    type: 'CREATE_ENGAGEMENT_SUCCEEDED',
    messageId: '5_1',
    data: { engagementId: 99 },
  });
  hubspot.reportCall(call, 'ended');
  expect(types().slice(1)).toEqual([
    'OUTGOING_CALL_STARTED',
    'CALL_ANSWERED',
    'CALL_ENDED',
    'CALL_COMPLETED',
  ]);
  expect(parent.messages.at(-1)).toMatchObject({
    data: { externalCallId: 'call-1', engagementId: 99 },
  });
});

test('in the bar keeps silent where HubSpot has a calling window of its own', async () => {
  const hubspot = await connected({ iframeLocation: 'remote', usesCallingWindow: true });
  hubspot.reportSignedOut();
  hubspot.reportSignedIn(true);
  hubspot.reportSignedOut();
  expect(types()).toEqual(['SYNC_ACK', 'INITIALIZED']);
});
