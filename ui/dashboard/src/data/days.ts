// The reader's days as moments, for the service.

/** The first moment of a day ("2026-11-24"), or nothing. */
export function beginOf(day: string): string {
  return moment(day, 0);
}

/** The moment at which the day is over. */
export function endOf(day: string): string {
  return moment(day, 1);
}

function moment(day: string, after: number): string {
  const parts = /^(\d{4,6})-(\d{2})-(\d{2})$/.exec(day)?.slice(1).map(Number);
  if (!parts) {
    return '';
  }
  const [year = 0, month = 1, date = 1] = parts;
  // By the calendar and not by hours: days are longer and shorter when clocks change.
  return new Date(year, month - 1, date + after).toISOString();
}
