// Salesforce Lightning's page, with the softphone in the utility bar. What it serves as
// `opencti_min.js` speaks to this page over messages of their own; the real ones are undocumented.
//
// `?iframe-origin=…`: another origin in the adapter's address. `?apex=missing`: the class that
// tells who the person is was not installed.

import { Log } from '../log';
import { misbehave, whenItSpeaks, type Misbehaviour } from '../misbehave';
import { element, show } from '../page';
import { ask, served, user, widgetAddress } from '../settings';
import { OpenCti } from './open_cti';

const NONSENSE: Misbehaviour = {
  malformed: [
    null,
    42,
    'opencti',
    { openCti: 'event' },
    { openCti: 'event', name: 'clickToDial' },
    { openCti: 'event', name: 'clickToDial', payload: { number: { not: 'a number' } } },
    { openCti: 'event', name: 'clickToDial', payload: { number: '<img src=x onerror=alert(1)>' } },
    { openCti: 'event', name: 'noSuchEvent', payload: {} },
    { openCti: 'result', id: 99, result: { success: true } },
  ],
  forged: [{ openCti: 'event', name: 'clickToDial', payload: { number: '+1 900 555 0199' } }],
};

const settings = await served();
const log = new Log();
const frame = element('iframe', {
  id: 'softphone',
  title: 'Softphone',
  width: '340',
  height: '540',
  allow: 'microphone; autoplay; clipboard-write',
});
const label = element('span', { id: 'softphone-label' }, 'Phone');
const cti = new OpenCti(frame, label, settings.widget, log);

show({
  crm: 'salesforce',
  title: 'Salesforce Lightning',
  user: user(),
  dial: (number) => {
    cti.dial({
      number,
      recordId: '003Hs00004XbYzQIAV',
      recordName: 'Jonas Weber',
      objectType: 'Contact',
      personAccount: false,
      accountId: '001Hs00003KqWvLIAV',
    });
  },
  place: element(
    'aside',
    { class: 'place', 'aria-label': 'Softphone' },
    element('div', { class: 'handle' }, label),
    frame,
  ),
  panels: [log.panel],
});
cti.clickToDial(false);

const nonce = [...crypto.getRandomValues(new Uint8Array(32))]
  .map((byte) => byte.toString(16).padStart(2, '0'))
  .join('');
const address = widgetAddress(settings, 'salesforce');
const given = {
  mode: 'Lightning',
  isdtp: 'vw',
  [ask('spelling') === 'classic' ? 'sfdcIFrameOrigin' : 'sfdcIframeOrigin']:
    ask('iframe-origin') ?? location.origin,
  nonce,
  ltn_app_id: '06m1U000001Vtu7QAC',
  clc: '0',
};
for (const [name, value] of Object.entries(given)) {
  address.searchParams.set(name, value);
}
frame.addEventListener('load', () => {
  log.know('frame', 'loaded');
  misbehave(NONSENSE, () => frame.contentWindow, settings, log);
});
whenItSpeaks(() => cti.listen());
frame.src = address.href;
