// The way to the CRM: checked, made in the background, and said so when the CRM keeps silent.

import {
  CrmProblem,
  type Connect,
  type Crm,
  type CrmName,
  type Heard,
  type Labels,
} from './crm.ts';
import { Host } from './host.ts';
import { listed } from './origins.ts';

export type LinkState =
  /** In a tab of its own. */
  | { state: 'none' }
  | { state: 'connecting' }
  | { state: 'live' }
  /** It has not answered in time. It may yet. */
  | { state: 'silent'; code: 'UL-3102' }
  | { state: 'refused'; code: string; detail: string };

/** HubSpot itself gives up after thirty seconds; a person, earlier. */
export const LIMIT = 10_000;

/** Loaded when they are needed: nobody uses more than one. */
const ADAPTERS: Record<CrmName, () => Promise<{ connect: Connect }>> = {
  hubspot: () => import('./hubspot/connect.ts'),
  zendesk: () => import('./zendesk/connect.ts'),
  salesforce: () => import('./salesforce/connect.ts'),
};

export interface Place {
  crm: CrmName;
  organization: string;
}

/**
 * Makes the way. `changed` is told what becomes of it; the CRM itself comes when it has answered,
 * however late, and not at all where it may not be.
 */
export async function link(
  place: Place,
  heard: Heard,
  labels: Labels,
  changed: (state: LinkState) => void,
  adapters = ADAPTERS,
): Promise<Crm | null> {
  changed({ state: 'connecting' });
  const late = setTimeout(() => changed({ state: 'silent', code: 'UL-3102' }), LIMIT);
  try {
    const host = new Host(await listed(place.crm, place.organization));
    const { connect } = await adapters[place.crm]();
    const crm = await connect(host, heard, labels);
    changed({ state: 'live' });
    return crm;
  } catch (error) {
    const problem = error instanceof CrmProblem ? error : new CrmProblem('UL-3103', String(error));
    changed({ state: 'refused', code: problem.code, detail: problem.message });
    return null;
  } finally {
    clearTimeout(late);
  }
}
