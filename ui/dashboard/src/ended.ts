// What came of ending sessions, in one sentence.

import type { Ended } from './wire/dashboard';
import { t } from './words';

export function endedText({ ended, after_call: waiting }: Ended): string {
  if (waiting > 0) {
    return ended > 0 ? t('ended-some', { ended, waiting }) : t('ended-later', { waiting });
  }
  return ended > 0 ? t('ended-all', { ended }) : t('ended-nothing');
}
