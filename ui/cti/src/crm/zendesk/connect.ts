// Zendesk, by the Apps Framework (ZAF v2).
//
// Zendesk's own SDK is served by Zendesk only and runs on Zendesk's domains only; the package of
// that name on npm is somebody else's copy of an old one. What the widget needs of the protocol is
// small, documented and here. A test holds it against the copy, message by message.

import { CrmProblem, type Connect, type Crm, type CrmPerson } from '../crm.ts';
import { telephone } from '../number.ts';
import { Framework } from './framework.ts';

export const connect: Connect = async (host, heard) => {
  const { origin, guid } = address();
  if (!origin || !guid) {
    throw new CrmProblem('UL-3104', 'no origin and app_guid in the address');
  }
  if (!host.is(origin)) {
    throw new CrmProblem('UL-3104', `the address names ${origin}`);
  }
  const framework = new Framework(host, origin, guid);
  framework.on('voice.dialout', (message) => {
    const number = telephone((message as { number?: unknown } | null)?.number);
    if (number) {
      heard.onDial(number);
    }
  });
  await framework.registered;
  return zendesk(framework);
};

/** The two values that Zendesk puts into the address, in its query or behind `#`. */
function address(): { origin: string | null; guid: string | null } {
  const query = new URLSearchParams(location.search);
  const hash = new URLSearchParams(location.hash.slice(1));
  const value = (name: string): string | null => query.get(name) ?? hash.get(name);
  return { origin: value('origin'), guid: value('app_guid') };
}

/** A top bar app has no way to say more of the phone than to come forward. */
function zendesk(framework: Framework): Crm {
  const nothing = (): void => undefined;
  return {
    crmPerson: async () => person(await framework.get('currentUser')),
    reportSignedIn: nothing,
    reportSignedOut: nothing,
    reportAvailable: nothing,
    reportCall: nothing,
    show: () => framework.invoke('popover', 'show'),
    close: () => framework.close(),
  };
}

function person(user: unknown): CrmPerson | null {
  const { name, email } = (user ?? {}) as { name?: unknown; email?: unknown };
  if (typeof email !== 'string' || email === '') {
    return null;
  }
  return { email, name: typeof name === 'string' ? name : null };
}
