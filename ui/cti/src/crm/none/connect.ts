// No CRM: the widget in a tab of its own.

import type { Crm } from '../crm.ts';

export const alone: Crm = {
  crmPerson: async () => null,
  reportSignedIn: () => undefined,
  reportSignedOut: () => undefined,
  reportAvailable: () => undefined,
  reportCall: () => undefined,
  show: () => undefined,
  close: () => undefined,
};
