// The widget's own words; what surfaces share is in the design's `session`.

import { messages } from '@unified-login/design';
import { locale } from '@unified-login/design/session';
import source from '@unified-login/design/messages/en/cti.ftl?raw';
import type { CrmName } from './crm/crm.ts';

export { locale };

export const t = messages(locale, source);

/** `hubspot` as people write it. */
export function crmName(crm: CrmName): string {
  return t(`crm-${crm}`);
}
