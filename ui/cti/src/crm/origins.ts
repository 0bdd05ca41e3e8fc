// Which origins may be the CRM: the organization's list, as the service gives it.

import { CrmProblem, type CrmName } from './crm.ts';

/** Whether the list has the origin: itself, or a leading wildcard label over it. */
export function allows(list: readonly string[], origin: string): boolean {
  return list.some((entry) => entry === origin || matches(entry, origin));
}

/** `https://*.zendesk.com` is for every host below `zendesk.com`, and not for it (CSP's own rule). */
function matches(entry: string, origin: string): boolean {
  const place = entry.indexOf('://*.');
  if (place < 0) {
    return false;
  }
  const scheme = entry.slice(0, place + 3);
  const end = entry.slice(place + 4);
  return (
    origin.startsWith(scheme) && origin.endsWith(end) && origin.length > scheme.length + end.length
  );
}

/** Asks the service for the list. */
export async function listed(crm: CrmName, organization: string): Promise<string[]> {
  const query = new URLSearchParams({ crm, organization });
  const answer = await fetch(`/embed/host?${query}`, { headers: { accept: 'application/json' } });
  if (!answer.ok) {
    throw new CrmProblem('UL-3103', `the list of origins: ${answer.status}`);
  }
  const { origins } = (await answer.json()) as { origins?: unknown };
  return Array.isArray(origins) ? origins.filter((each) => typeof each === 'string') : [];
}

/** The origins around this frame, nearest first, where the browser tells them. */
export function ancestors(): string[] | null {
  const told = (location as Partial<Pick<Location, 'ancestorOrigins'>>).ancestorOrigins;
  return told ? Array.from(told) : null;
}

/** The origin of the page that this frame is in, where it can be found out before it speaks. */
export function parentOrigin(): string | null {
  const nearest = ancestors()?.[0];
  if (nearest) {
    return nearest;
  }
  try {
    return document.referrer ? new URL(document.referrer).origin : null;
  } catch {
    return null;
  }
}
