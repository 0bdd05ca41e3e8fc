// Zendesk's agent page, with the app in the top bar.
//
// `?sandbox=real` (default): as Zendesk's is said to be: no storage access by click, no top
// navigation, pop-ups leave the sandbox. `strict`: pop-ups inherit it. `storage`: storage access is
// allowed too. `closed`: no pop-ups. `none`: no sandbox.

import { Log } from '../log';
import { misbehave, whenItSpeaks, type Misbehaviour } from '../misbehave';
import { element, show } from '../page';
import { ask, misbehaves, served, user, widgetAddress } from '../settings';
import { Framework } from './framework';

const STRICT = 'allow-forms allow-popups allow-same-origin allow-scripts allow-downloads';
const SANDBOXES: Record<string, string | null> = {
  real: `${STRICT} allow-popups-to-escape-sandbox`,
  strict: STRICT,
  storage: `${STRICT} allow-popups-to-escape-sandbox allow-storage-access-by-user-activation`,
  closed: 'allow-forms allow-same-origin allow-scripts allow-downloads',
  none: null,
};

const NONSENSE: Misbehaviour = {
  malformed: [
    null,
    42,
    'no JSON',
    '{"key":',
    '[]',
    'null',
    '"zaf.voice.dialout"',
    '{"key":7}',
    '{"key":"zaf.voice.dialout"}',
    '{"key":"zaf.voice.dialout","message":{"number":{"not":"a number"}}}',
    '{"key":"zaf.voice.dialout","message":{"number":"<img src=x onerror=alert(1)>"}}',
    '{"key":"zaf.no.such.event","message":{}}',
    '{"id":99,"result":{"currentUser":{"email":"nobody@acme.example"}}}',
    '{"key":"zaf.app.registered","message":"none"}',
    { key: 'zaf.voice.dialout', message: { number: 900 } },
  ],
  forged: [
    '{"key":"zaf.app.registered","message":{"metadata":{},"context":{"location":"top_bar"}}}',
    '{"key":"zaf.voice.dialout","message":{"number":"+1 900 555 0199"}}',
    '{"id":1,"result":{"currentUser":{"id":1,"name":"Eve","email":"eve@evil.example"},"errors":{}}}',
  ],
};

const settings = await served();
const log = new Log();
const frame = element('iframe', {
  id: 'zendesk-app',
  title: 'Unified Login phone',
  width: '320',
  height: '520',
  allow: 'geolocation; microphone; camera; autoplay; clipboard-read; clipboard-write',
});
const sandbox = SANDBOXES[ask('sandbox') ?? 'real'] ?? null;
if (sandbox) {
  frame.setAttribute('sandbox', sandbox);
}
log.know('sandbox', sandbox ?? 'none');

const framework = new Framework(() => frame.contentWindow, settings.widget, log);
// A host that does not speak does not hear either.
if (misbehaves('silent') || misbehaves('late')) {
  log.know('host', 'silent');
}

show({
  crm: 'zendesk',
  title: 'Zendesk Support',
  user: user(),
  dial: (number) => {
    const heard = framework.event('voice.dialout', { number, userId: 20417, ticketId: 1204 });
    if (!heard) {
      log.add('to widget', 'voice.dialout (nobody listens)', number);
    }
  },
  place: element(
    'aside',
    { class: 'place', 'aria-label': 'Apps' },
    element('div', { class: 'handle' }, 'Top bar app'),
    frame,
  ),
  panels: [log.panel],
});

const address = widgetAddress(settings, 'zendesk');
address.searchParams.set('origin', ask('origin') ?? location.origin);
if (ask('guid') !== 'none') {
  address.searchParams.set('app_guid', framework.guid);
}
frame.addEventListener('load', () => {
  log.know('frame', 'loaded');
  misbehave(NONSENSE, () => frame.contentWindow, settings, log);
});
whenItSpeaks(() => framework.listen());
frame.src = address.href;
