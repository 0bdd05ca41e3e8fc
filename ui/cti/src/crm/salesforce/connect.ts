// Salesforce, by Open CTI for Lightning. Salesforce serves the script itself, at its own origin;
// it retires Open CTI on 28 February 2028, so this adapter stays thin.
//
// The origin comes from this frame's address, so anybody could name it: the script is loaded only
// from an origin on the organization's list, and from the very page that this frame is in.

import { CrmProblem, type Connect, type Crm, type CrmPerson, type Labels } from '../crm.ts';
import { telephone } from '../number.ts';
import type { OpenCti, Result } from './open_cti.ts';

const SCRIPT = '/support/api/62.0/lightning/opencti_min.js';

/** The class that docs/crm/salesforce asks an admin to install: who is using Salesforce. */
const PERSON = { apexClass: 'UnifiedLoginPerson', methodName: 'currentUser', methodParams: '' };

export const connect: Connect = async (host, heard, labels) => {
  const origin = named();
  if (!origin) {
    throw new CrmProblem('UL-3104', 'no sfdcIframeOrigin in the address');
  }
  if (!host.is(origin)) {
    throw new CrmProblem('UL-3104', `the address names ${origin}`);
  }
  // The script's messages are its own: only whose they are is known here.
  const unguard = host.guard((data) => typeof data === 'object' && data !== null);
  await load(`${origin}${SCRIPT}`);
  const cti = (globalThis as { sforce?: { opencti?: OpenCti } }).sforce?.opencti;
  if (!cti) {
    unguard();
    throw new CrmProblem('UL-3105', 'the script brought no sforce.opencti');
  }
  cti.onClickToDial({
    listener: (click) => {
      const number = telephone((click as { number?: unknown } | null)?.number);
      if (number) {
        heard.onDial(number);
      }
    },
  });
  await new Promise<void>((done) => {
    cti.notifyInitializationComplete({ callback: () => done() });
  });
  return salesforce(cti, labels, unguard);
};

/** Lightning and Classic spell the parameter differently. */
function named(): string | null {
  for (const [name, value] of new URLSearchParams(location.search)) {
    if (name.toLowerCase() === 'sfdciframeorigin') {
      return value;
    }
  }
  return null;
}

function load(src: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = src;
    script.onload = () => resolve();
    script.onerror = () => reject(new CrmProblem('UL-3105', src));
    document.head.append(script);
  });
}

/** Open CTI knows no sign-in: numbers can be clicked, or not, and the bar says why. */
function salesforce(cti: OpenCti, labels: Labels, unguard: () => void): Crm {
  const label = (text: string): void => cti.setSoftphoneItemLabel({ label: text });
  return {
    crmPerson: () =>
      new Promise((resolve) => {
        cti.runApex({ ...PERSON, callback: (result) => resolve(person(result)) });
      }),
    reportSignedIn: () => {
      cti.enableClickToDial({});
      label(labels.ready);
    },
    reportSignedOut: () => {
      cti.disableClickToDial({});
      label(labels.signIn);
    },
    reportAvailable: () => undefined,
    reportCall: (_call, phase) => label(phase === 'started' ? labels.onCall : labels.ready),
    show: () => cti.setSoftphonePanelVisibility({ visible: true }),
    close: unguard,
  };
}

/** The answer of the class; nobody where it is not installed. */
function person({ success, returnValue }: Result): CrmPerson | null {
  try {
    const { runApex } = (success ? returnValue : {}) as { runApex?: unknown };
    const { name, email } = JSON.parse(String(runApex)) as { name?: unknown; email?: unknown };
    if (typeof email === 'string' && email !== '') {
      return { email, name: typeof name === 'string' ? name : null };
    }
  } catch {
    // Not what the class answers.
  }
  return null;
}
