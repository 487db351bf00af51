/** A date some weeks ahead, on this weekday (0 Sunday), `YYYY-MM-DD`. */
export function dateAhead(weekday: number, weeks = 2): string {
  const date = new Date(Date.now() + weeks * 7 * 24 * 3600_000);
  date.setUTCDate(date.getUTCDate() + ((weekday - date.getUTCDay() + 7) % 7));
  return date.toISOString().slice(0, 10);
}
