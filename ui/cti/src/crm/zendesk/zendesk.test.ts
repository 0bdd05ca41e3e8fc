import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import ZAFClient from 'zendesk_app_framework_sdk';
import type { Crm } from '../crm.ts';
import { Ear, HOST, host, inFrame, LABELS, settle, type Parent } from '../stand_in.ts';
import { connect } from './connect.ts';

const GUID = 'b1c2';
const SEARCH = `?origin=${encodeURIComponent(HOST)}&app_guid=${GUID}`;
const REGISTERED = JSON.stringify({
  key: 'zaf.app.registered',
  message: { metadata: { settings: {} }, context: { location: 'top_bar' } },
});

let parent: Parent;
let ear: Ear;
let crm: Crm | undefined;

beforeEach(() => {
  parent = inFrame({ search: SEARCH });
  ear = new Ear();
});

afterEach(() => {
  crm?.close();
  crm = undefined;
  vi.restoreAllMocks();
});

async function connected(): Promise<Crm> {
  const connecting = connect(host(), ear, LABELS);
  parent.say(REGISTERED);
  crm = await connecting;
  await settle();
  return crm;
}

/** Answers questions for the current user as Zendesk does. */
function answering(user: unknown): void {
  parent.answer = (message) => {
    const { id, request, params } = JSON.parse(String(message));
    if (request === 'get') {
      parent.say(JSON.stringify({ id, result: { [params[0]]: user, errors: {} } }));
    }
  };
}

test('says what the copy of the SDK says, message by message', async () => {
  const sdk = ZAFClient.init();
  parent.say(REGISTERED);
  sdk.on('voice.dialout', () => undefined);
  void sdk.get('currentUser').catch(() => undefined);
  void sdk.invoke('popover', 'show').catch(() => undefined);
  // It follows its own context too, which the widget has no use for.
  const expected = parent.messages.filter(({ key }) => key !== 'iframe.on:context.updated');
  expect(expected).toHaveLength(4);

  parent = inFrame({ search: SEARCH });
  const zendesk = await connected();
  void zendesk.crmPerson();
  zendesk.show();
  expect(parent.messages).toEqual(expected);
  expect(parent.sent.every(({ target }) => target === HOST)).toBe(true);
});

test('says nothing but the handshake until Zendesk has taken it up', async () => {
  void connect(host(), ear, LABELS);
  await settle();
  expect(parent.messages.map(({ key }) => key)).toEqual(['iframe.handshake']);
});

test('dials what is clicked, if it is a number', async () => {
  await connected();
  const dial = (message: unknown): void =>
    parent.say(JSON.stringify({ key: 'zaf.voice.dialout', message }));
  dial({ number: '+49 30 901820', ticketId: 7 });
  dial({ number: '<img src=x>' });
  dial({});
  dial(null);
  expect(ear.dialled).toEqual(['+49 30 901820']);
});

test('takes the word of nobody but the page around it', async () => {
  const taken = vi.fn();
  void connect(host(), ear, LABELS).then(taken);
  parent.say(REGISTERED, 'https://evil.example');
  parent.say(REGISTERED, HOST, { a: 'sibling frame' });
  await settle();
  expect(taken).not.toHaveBeenCalled();
});

test('refuses an address that names another origin than the page around it', async () => {
  parent = inFrame({ search: `?origin=https://evil.example&app_guid=${GUID}` });
  await expect(connect(host(), ear, LABELS)).rejects.toMatchObject({ code: 'UL-3104' });
  expect(parent.sent).toHaveLength(0);
});

test('says what is missing where Zendesk did not open it', async () => {
  parent = inFrame({ search: '' });
  await expect(connect(host(), ear, LABELS)).rejects.toMatchObject({ code: 'UL-3104' });
});

test('reads its address behind # too', async () => {
  parent = inFrame({ search: `#${SEARCH.slice(1)}` });
  await connected();
  expect(parent.sent[0]?.target).toBe(HOST);
});

test('learns who Zendesk says is using it, or that it does not say', async () => {
  answering({ name: 'Ben Whitaker', email: 'ben@acme.example' });
  const zendesk = await connected();
  await expect(zendesk.crmPerson()).resolves.toEqual({
    name: 'Ben Whitaker',
    email: 'ben@acme.example',
  });
  answering(undefined);
  await expect(zendesk.crmPerson()).resolves.toBeNull();
  answering({ email: 7 });
  await expect(zendesk.crmPerson()).resolves.toBeNull();
});

test('does not wait for an answer for ever', async () => {
  vi.useFakeTimers();
  const zendesk = await connected();
  const person = zendesk.crmPerson();
  await vi.advanceTimersByTimeAsync(10_000);
  await expect(person).resolves.toBeNull();
  vi.useRealTimers();
});

test('is not troubled by what no Zendesk would send', async () => {
  await connected();
  const thrown = vi.fn();
  addEventListener('error', thrown);
  for (const nonsense of [
    null,
    42,
    'no JSON',
    '{"key":',
    'null',
    '[]',
    '{"key":7}',
    '{"key":"zaf."}',
    '{"id":99,"result":null}',
    '{"key":"zaf.app.registered"}',
    { key: 'zaf.voice.dialout', message: { number: { not: 'a number' } } },
  ]) {
    parent.say(nonsense);
  }
  removeEventListener('error', thrown);
  expect(thrown).not.toHaveBeenCalled();
  expect(ear.dialled).toEqual([]);
});

test('answers where Zendesk asks for an answer', async () => {
  await connected();
  parent.say(JSON.stringify({ key: 'zaf.voice.dialout', message: {}, needsReply: true }));
  expect(parent.messages.at(-1)).toMatchObject({ key: 'iframe.reply:voice.dialout' });
});
