/**
 * Holidays of the world, from the package `date-holidays`. Its data take some 10 MB of memory and a tenth of a second to read: they
 * are loaded when an organizer chooses holidays, and by nothing that visitors wait for. What they come to is stored.
 */
import type Holidays from "date-holidays";
import { toSlug } from "@/lib/input/slug";
import { err, ok, type Result } from "@/lib/result";
import type { HolidayChoice } from "@/lib/schedules/schema";
import { DAY_MS, toDate, toDayNumber } from "@/lib/slot-engine/calendar-date";

/** One day off. `id` names the holiday through the years, and its substitute days with it. */
export interface Holiday {
  date: string;
  id: string;
  name: string;
}

/** What is closed, by date, and the last year that was looked at. */
export interface ClosedDates {
  closedDates: Record<string, string>;
  closedThrough: number;
}

/** As far as an event type's window can reach. */
const yearsAhead = 10;

async function library(): Promise<typeof Holidays> {
  return (await import("date-holidays")).default;
}

/** Countries by ISO 3166 code, with their English names. */
export async function listCountries(): Promise<Record<string, string>> {
  return new (await library())().getCountries("en");
}

/** The parts of a country that have holidays of their own, by code: `BY`, and `BY-A` for a part of one. */
export async function listRegions(country: string): Promise<Record<string, string>> {
  const calendar = new (await library())();
  const regions: Record<string, string> = {};
  for (const [state, name] of Object.entries(calendar.getStates(country, "en") ?? {})) {
    regions[state] = name;
    for (const [part, partName] of Object.entries(calendar.getRegions(country, state, "en") ?? {})) {
      regions[`${state}-${part}`] = `${name}: ${partName}`;
    }
  }
  return regions;
}

/** The holidays of some years, by date; whether they are kept open is not asked. */
export async function listHolidays(
  { country, region = "", language = "en", kinds }: HolidayChoice,
  years: { from: number; through: number },
): Promise<Holiday[]> {
  const [state = "", ...part] = region.split("-");
  const calendar = new (await library())(country, state, part.join("-"), { types: [...kinds] });
  const holidays: Holiday[] = [];
  for (let year = years.from; year <= years.through; year += 1) {
    const named = new Map(calendar.getHolidays(year, language).map((day) => [keyOf(day), day.name]));
    for (const day of calendar.getHolidays(year, "en")) {
      const id = toSlug(withoutSubstitute(day.name)) || toSlug(day.rule);
      const name = named.get(keyOf(day)) ?? day.name;
      for (const date of datesOf(day)) holidays.push({ date, id, name });
    }
  }
  return holidays.sort((a, b) => a.date.localeCompare(b.date));
}

/**
 * What a choice of holidays closes, from this year on. `unknown_holidays`: there is no such country, or no such part of it.
 * `now` is in epoch milliseconds.
 */
export async function closedDatesOf(
  choice: HolidayChoice | null,
  now = Date.now(),
): Promise<Result<ClosedDates, { code: "unknown_holidays" }>> {
  const from = new Date(now).getUTCFullYear();
  const through = from + yearsAhead;
  if (!choice) return ok({ closedDates: {}, closedThrough: through });
  if (!(await isKnown(choice))) return err("unknown_holidays");
  const closed = (await listHolidays(choice, { from, through })).filter(
    ({ id }) => !choice.keepOpen.includes(id),
  );
  const names = new Map<string, string[]>();
  for (const { date, name } of closed) names.set(date, [...new Set([...(names.get(date) ?? []), name])]);
  const entries = [...names].map(([date, all]): [string, string] => [date, all.join(", ")]);
  return ok({ closedDates: Object.fromEntries(entries), closedThrough: through });
}

async function isKnown({ country, region }: HolidayChoice): Promise<boolean> {
  if (!Object.hasOwn(await listCountries(), country)) return false;
  return region === undefined || Object.hasOwn(await listRegions(country), region);
}

const withoutSubstitute = (name: string) => name.replace(/ \(substitute day\)$/, "");

const keyOf = ({ date, rule }: { date: string; rule: string }) => `${date} ${rule}`;

/** Most last a day; some, such as the end of Ramadan in a few countries, several. */
function datesOf({ date, start, end }: { date: string; start: Date; end: Date }): string[] {
  const first = toDayNumber(date.slice(0, 10));
  const days = Math.max(1, Math.round((end.getTime() - start.getTime()) / DAY_MS));
  return Array.from({ length: days }, (_, index) => toDate(first + index));
}
