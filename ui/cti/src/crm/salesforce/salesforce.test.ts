import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Crm } from '../crm.ts';
import { Ear, HOST, host, inFrame, LABELS, settle } from '../stand_in.ts';
import { connect } from './connect.ts';
import type { OpenCti, Result } from './open_cti.ts';

interface Called {
  method: string;
  parameters: Record<string, unknown>;
}

const DONE: Result = { success: true, returnValue: null, errors: null };

let ear: Ear;
let scripts: HTMLScriptElement[];
let called: Called[];
let click: (payload: unknown) => void;
let apex: Result;
let crm: Crm | undefined;

/** What Salesforce's script would bring. */
function openCti(): OpenCti {
  return new Proxy({} as OpenCti, {
    get: (_, method: string) => (parameters: Record<string, unknown>) => {
      called.push({ method, parameters });
      if (method === 'onClickToDial') {
        click = parameters['listener'] as typeof click;
      }
      (parameters['callback'] as ((result: Result) => void) | undefined)?.(
        method === 'runApex' ? apex : DONE,
      );
    },
  });
}

/** The browser loads a script: `brings` nothing, or what it puts into the page. */
function loading(brings: OpenCti | undefined | 'error'): void {
  vi.spyOn(document.head, 'append').mockImplementation((script) => {
    scripts.push(script as HTMLScriptElement);
    if (brings === 'error') {
      (script as HTMLScriptElement).onerror?.(new Event('error'));
    } else {
      Object.assign(globalThis, { sforce: brings && { opencti: brings } });
      (script as HTMLScriptElement).onload?.(new Event('load'));
    }
  });
}

function address(origin: string, name = 'sfdcIframeOrigin'): void {
  inFrame({ search: `?mode=Lightning&${name}=${encodeURIComponent(origin)}&nonce=aa` });
}

beforeEach(() => {
  ear = new Ear();
  scripts = [];
  called = [];
  apex = DONE;
  address(HOST);
});

afterEach(() => {
  crm?.close();
  crm = undefined;
  Reflect.deleteProperty(globalThis, 'sforce');
  vi.restoreAllMocks();
});

async function connected(): Promise<Crm> {
  loading(openCti());
  crm = await connect(host(), ear, LABELS);
  return crm;
}

function methods(): string[] {
  return called.map(({ method }) => method);
}

test('loads the script of the very page around it', async () => {
  await connected();
  expect(scripts.map(({ src }) => src)).toEqual([
    `${HOST}/support/api/62.0/lightning/opencti_min.js`,
  ]);
  expect(methods()).toEqual(['onClickToDial', 'notifyInitializationComplete']);
});

test('takes both spellings of the parameter', async () => {
  address(HOST, 'sfdcIFrameOrigin');
  await connected();
  expect(scripts).toHaveLength(1);
});

test('loads nothing from an origin that only the address names', async () => {
  for (const foreign of [
    'https://evil.example',
    `${HOST}.evil.example`,
    `${HOST}@evil.example`,
    `${HOST}/`,
    'javascript:alert(1)//',
    'null',
  ]) {
    address(foreign);
    loading(openCti());
    await expect(connect(host(), ear, LABELS)).rejects.toMatchObject({ code: 'UL-3104' });
  }
  expect(scripts).toEqual([]);
});

test('loads nothing from another listed origin than that of the page around it', async () => {
  const other = 'https://other.crm.example';
  address(other);
  loading(openCti());
  await expect(connect(host([HOST, other]), ear, LABELS)).rejects.toMatchObject({
    code: 'UL-3104',
  });
  expect(scripts).toEqual([]);
});

test('says so where the script does not come, or brings nothing', async () => {
  loading('error');
  await expect(connect(host(), ear, LABELS)).rejects.toMatchObject({ code: 'UL-3105' });
  loading(undefined);
  await expect(connect(host(), ear, LABELS)).rejects.toMatchObject({ code: 'UL-3105' });
  inFrame({ search: '' });
  await expect(connect(host(), ear, LABELS)).rejects.toMatchObject({ code: 'UL-3104' });
});

test('numbers can be clicked while somebody is signed in, and the bar says why not', async () => {
  const salesforce = await connected();
  called = [];
  salesforce.reportSignedIn(true);
  salesforce.reportSignedOut();
  expect(called.map(({ method, parameters }) => [method, parameters['label']])).toEqual([
    ['enableClickToDial', undefined],
    ['setSoftphoneItemLabel', LABELS.ready],
    ['disableClickToDial', undefined],
    ['setSoftphoneItemLabel', LABELS.signIn],
  ]);
});

test('dials what is clicked, if it is a number', async () => {
  await connected();
  for (const payload of [{ number: '+49 30 901820' }, { number: '<b>' }, {}, null, undefined]) {
    click(payload);
  }
  expect(ear.dialled).toEqual(['+49 30 901820']);
});

test('waits for a Salesforce that does not answer, without an end', async () => {
  const silent = new Proxy({} as OpenCti, { get: () => () => undefined });
  loading(silent);
  const ready = vi.fn();
  void connect(host(), ear, LABELS).then(ready);
  await settle();
  expect(ready).not.toHaveBeenCalled();
});

test('learns who Salesforce says is using it, where the class is installed', async () => {
  const salesforce = await connected();
  apex = {
    ...DONE,
    returnValue: { runApex: '{"id":"005","name":"Ben Whitaker","email":"ben@acme.example"}' },
  };
  await expect(salesforce.crmPerson()).resolves.toEqual({
    name: 'Ben Whitaker',
    email: 'ben@acme.example',
  });
  apex = { success: false, returnValue: null, errors: [{ code: 'X', description: 'no class' }] };
  await expect(salesforce.crmPerson()).resolves.toBeNull();
  apex = { ...DONE, returnValue: { runApex: 'no JSON' } };
  await expect(salesforce.crmPerson()).resolves.toBeNull();
  apex = { ...DONE, returnValue: null };
  await expect(salesforce.crmPerson()).resolves.toBeNull();
});
