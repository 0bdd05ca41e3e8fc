// When to try again.

const FIRST = 2_000;
const LONGEST = 60_000;

/**
 * After the `failures`-th failure in a row. Spread over the whole span, so that the thousand tabs
 * of a restarted service do not come back as one.
 */
export function backoff(failures: number, random: number): number {
  const span = Math.min(LONGEST, FIRST * 2 ** Math.min(failures - 1, 10));
  return Math.round(200 + random * span);
}

/** A length give or take a fifth. */
export function about(length: number, random: number): number {
  return Math.round(length * (0.8 + random * 0.4));
}
