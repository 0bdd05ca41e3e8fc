// Times in words.

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** "5 minutes ago", "yesterday"; `now` within a minute. Dates over a week old are named. */
export function relative(locale: string, then: number, now: number): string {
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const passed = then - now;
  if (Math.abs(passed) > 7 * 86_400_000) {
    return dateAndTime(locale, then);
  }
  for (const [unit, length] of STEPS) {
    if (Math.abs(passed) >= length) {
      return words.format(Math.trunc(passed / length), unit);
    }
  }
  return words.format(0, 'second');
}

/** "24 November 2026, 14:02", in the reader's own way. */
export function dateAndTime(locale: string, at: number): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' }).format(at);
}

/** "14:02", in the reader's own way. */
export function timeOfDay(locale: string, at: number): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(at);
}

/** "24 November", in the reader's own way. */
export function dayAndMonth(locale: string, at: number): string {
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long' }).format(at);
}

/** One language as another locale's region writes it: `regional('en', 'de-AT')` is `en-AT`. */
export function regional(language: string, of: string): string {
  try {
    const { region } = new Intl.Locale(of).maximize();
    return region ? `${language}-${region}` : language;
  } catch {
    return language;
  }
}

/** "14:02" of today; else with the date. */
export function clockTime(locale: string, at: number, now: number): string {
  const sameDay = new Date(at).toDateString() === new Date(now).toDateString();
  const style: Intl.DateTimeFormatOptions = sameDay
    ? { timeStyle: 'short' }
    : { dateStyle: 'medium', timeStyle: 'short' };
  return new Intl.DateTimeFormat(locale, style).format(at);
}

/** "4:07", "1:04:07": how long something has lasted. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(seconds % 60)}`
    : `${minutes}:${two(seconds % 60)}`;
}
