// Which of the widget's documents this is, by its address.

import type { CrmName } from './crm/crm.ts';

export type Place =
  /** The phone: in a CRM's page, or in a tab of its own. */
  | { is: 'phone'; inside: { crm: CrmName; organization: string } | null; framed: boolean }
  /** The sign-in window, before the sign-in. */
  | { is: 'window' }
  /** The sign-in window, after it. */
  | { is: 'done' };

const CRMS: readonly string[] = ['hubspot', 'zendesk', 'salesforce'] satisfies CrmName[];

/** `framed`: whether there is a page around this one. */
export function placeOf(path: string, framed: boolean): Place {
  const [first = '', second, ...more] = path.split('/').filter(Boolean);
  if (first === 'window' && !framed) {
    return { is: second === 'done' ? 'done' : 'window' };
  }
  const organization = second === undefined ? undefined : decoded(second);
  const inCrm = framed && CRMS.includes(first) && organization && more.length === 0;
  return {
    is: 'phone',
    inside: inCrm ? { crm: first as CrmName, organization } : null,
    framed,
  };
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
