// Where the phone is, by its address: in a CRM's page, or in a tab of its own.

import type { CrmName } from './crm/crm.ts';

export interface Place {
  inside: { crm: CrmName; organization: string } | null;
  /** Whether there is a page around this one. */
  framed: boolean;
}

const CRMS: readonly string[] = ['hubspot', 'zendesk', 'salesforce'] satisfies CrmName[];

export function placeOf(path: string, framed: boolean): Place {
  const [first = '', second, ...more] = path.split('/').filter(Boolean);
  const organization = second === undefined ? undefined : decoded(second);
  const inCrm = framed && CRMS.includes(first) && organization && more.length === 0;
  return {
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
