// HubSpot's calling window: the second frame of the one widget.

import { Log } from '../log';
import { element, show } from '../page';
import { ask, served, user, widgetAddress } from '../settings';
import { HubSpot } from './host';
import { hear } from './heard';

const settings = await served();
const log = new Log();

show({
  crm: 'hubspot',
  title: 'HubSpot, calling window',
  user: user(),
  dial: (phoneNumber) => host.sendMessage({ type: 'DIAL_NUMBER', data: { phoneNumber } }),
  place: element(
    'aside',
    { class: 'place', 'aria-label': 'Calling' },
    element('div', { id: 'widget' }),
  ),
  panels: [log.panel],
});

const host = new HubSpot(
  widgetAddress(settings, 'hubspot').href,
  '#widget',
  'window',
  ask('usesCallingWindow') !== 'false',
  log,
  (message) => hear(message, log),
);
