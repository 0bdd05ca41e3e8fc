// Whether the CRM's person is ours.

import type { CrmPerson } from './crm/crm.ts';

/** True where the CRM names another person than the one signed in here. */
export function differs(crm: CrmPerson | null, email: string): boolean {
  return crm !== null && folded(crm.email) !== folded(email);
}

function folded(email: string): string {
  return email.trim().toLowerCase();
}
