// HubSpot's contact page. `?mode=inbound`: the widget is in the bar (`remote`) and in a calling
// window of its own (`window`), two frames that are one widget. `&calling-window=false`: the frame
// in the bar speaks to HubSpot.

import { Log } from '../log';
import { misbehave } from '../misbehave';
import { element, show } from '../page';
import { ask, misbehaves, served, user, widgetAddress } from '../settings';
import { HubSpot, NONSENSE, PORTAL } from './host';
import { hear } from './heard';

const settings = await served();
const log = new Log();
const inbound = ask('mode') === 'inbound';
const usesCallingWindow = ask('calling-window') !== 'false';

if (ask('referrer') === 'none') {
  document.head.append(element('meta', { name: 'referrer', content: 'no-referrer' }));
}

const windowAddress = `/calling-integration-popup-ui/${PORTAL}?usesCallingWindow=${usesCallingWindow}`;
const opener = element('a', { class: 'button', id: 'open-window', target: 'calling-window' });
opener.href = windowAddress + (ask('user') ? `&user=${ask('user')}` : '');
opener.textContent = 'Open the calling window';

const place = element(
  'aside',
  { class: 'place', 'aria-label': 'Calling' },
  element('div', { class: 'handle' }, 'Call from HubSpot', ...(inbound ? [opener] : [])),
  element('div', { id: 'widget' }),
);

show({
  crm: 'hubspot',
  title: 'HubSpot',
  user: user(),
  dial: (phoneNumber) => {
    host.sendMessage({
      type: 'DIAL_NUMBER',
      data: { phoneNumber, portalId: PORTAL, objectId: 20417, objectTypeId: '0-1' },
    });
  },
  place,
  panels: [log.panel],
});

const host = new HubSpot(
  widgetAddress(settings, 'hubspot').href,
  '#widget',
  inbound ? 'remote' : 'widget',
  usesCallingWindow,
  log,
  (message) => {
    hear(message, log);
    if (message.type === 'RESIZE_WIDGET') {
      host.updateIFrameSize(message.data as { width: number; height: number });
    }
  },
);
host.iFrame?.addEventListener('load', () => {
  log.know('frame', 'loaded');
  misbehave(NONSENSE, () => host.iFrame?.contentWindow, settings, log);
});
if (misbehaves('silent')) {
  log.know('host', 'silent');
}
