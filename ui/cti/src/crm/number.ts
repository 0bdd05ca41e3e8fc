// A telephone number as a CRM writes it. Whatever else arrives is no number, and is not shown.

const LONGEST = 40;
const WRITTEN = /^[+(]?[\d(][\d\s().\-/+*#]*(?:(?:ext\.?|x|#)\s*\d{1,8})?$/i;

/** The number, trimmed; null for what is none. */
export function telephone(given: unknown): string | null {
  const text = typeof given === 'number' ? String(given) : given;
  if (typeof text !== 'string') {
    return null;
  }
  const number = text.trim().replace(/\s+/gu, ' ');
  const digits = number.replace(/\D/gu, '').length;
  const fits = number.length <= LONGEST && digits >= 2 && WRITTEN.test(number);
  return fits ? number : null;
}
