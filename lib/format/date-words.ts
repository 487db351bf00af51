/** Dates in words of a language. PURE, small enough for the browser: languages go by their tag (BCP 47), dates are `YYYY-MM-DD`. */
import { toDayNumber } from "@/lib/slot-engine/calendar-date";

const day = { day: "numeric", month: "long" } as const;

const shapes = {
  /** "Thursday 10 December" */
  day: { weekday: "long", ...day },
  /** "Thursday 10 December 2026" */
  longDay: { weekday: "long", ...day, year: "numeric" },
  /** "10 December" */
  date: day,
  /** "10 December 2026" */
  longDate: { ...day, year: "numeric" },
  /** "10 Dec 2026" */
  shortDate: { day: "numeric", month: "short", year: "numeric" },
  /** "December 2026" */
  month: { month: "long", year: "numeric" },
  /** "December" */
  monthAlone: { month: "long" },
  /** "Dec" */
  shortMonth: { month: "short" },
  /** "Thursday" */
  longWeekday: { weekday: "long" },
  /** "Thu" */
  shortWeekday: { weekday: "short" },
} satisfies Record<string, Intl.DateTimeFormatOptions>;

export type DateShape = keyof typeof shapes;

const made = new Map<string, Intl.DateTimeFormat>();

function formatOf(shape: DateShape, tag: string): Intl.DateTimeFormat {
  const name = `${tag} ${shape}`;
  const format = made.get(name) ?? new Intl.DateTimeFormat(tag, { timeZone: "UTC", ...shapes[shape] });
  made.set(name, format);
  return format;
}

const toInstant = (date: string) => toDayNumber(date) * 24 * 3600 * 1000;

export function writeDate(date: string, shape: DateShape, tag: string): string {
  const written = formatOf(shape, tag).format(toInstant(date));
  // Some versions of the language data put a comma after the English weekday, and only when the year is there.
  return tag.startsWith("en") ? written.replace(",", "") : written;
}

/** "24–26 December", "30 November–2 December"; with years where they differ. */
export function writeDateRange(first: string, last: string, shape: DateShape, tag: string): string {
  const written = formatOf(shape, tag).formatRange(toInstant(first), toInstant(last));
  return tag.startsWith("en") ? written.replace(/\s*–\s*/u, "–") : written;
}
