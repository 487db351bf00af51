/** Where a key leads in a grid of days (the date grid of the ARIA Authoring Practices). Dates are `YYYY-MM-DD`. PURE. */

const dayMs = 86_400_000;

/** The date a key leads to; null for keys that do not move. `weekStartsOn` is 1 for Monday to 7 for Sunday. */
export function dateAfterKey(key: string, shift: boolean, date: string, weekStartsOn: number): string | null {
  const column = (new Date(date).getUTCDay() + 7 - (weekStartsOn % 7)) % 7;
  switch (key) {
    case "ArrowLeft":
      return addDays(date, -1);
    case "ArrowRight":
      return addDays(date, 1);
    case "ArrowUp":
      return addDays(date, -7);
    case "ArrowDown":
      return addDays(date, 7);
    case "Home":
      return addDays(date, -column);
    case "End":
      return addDays(date, 6 - column);
    case "PageUp":
      return addMonths(date, shift ? -12 : -1);
    case "PageDown":
      return addMonths(date, shift ? 12 : 1);
    default:
      return null;
  }
}

function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * dayMs).toISOString().slice(0, 10);
}

/** The same day of another month, or that month's last day where it is shorter. */
function addMonths(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10);
}
