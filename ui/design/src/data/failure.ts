// Why a request was not done, as it is shown.

import { t } from '../session/words';

export class Failure extends Error {
  override readonly name = 'Failure';

  constructor(
    /** Stable code, as in `docs/errors.md`. */
    readonly code: string,
    /** The service's own sentence; empty where it did not answer. */
    message: string,
    readonly status: number,
    /** The field of a form that it is about. */
    readonly field: string | undefined = undefined,
  ) {
    super(message);
  }

  /** The service did not answer, or not as it should. */
  get unreachable(): boolean {
    return this.status === 0 || this.status >= 500;
  }

  /** One sentence for the person. */
  get text(): string {
    return this.message || t('failure-unreachable');
  }
}

/** `UL-3010`: no answer came, or one that nobody understands. */
export function failure(error: unknown): Failure {
  return error instanceof Failure ? error : new Failure('UL-3010', '', 0);
}
