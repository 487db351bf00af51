/** The form in which an organizer chooses holidays, as a browser sends it. PURE. */
import type { FormValues } from "@/lib/input/form-values";
import { type HolidayChoice, holidayChoice, holidayKinds } from "@/lib/schedules/schema";

/** What `holidayChoice` checks; null: no holidays are closed. A holiday that is listed and not ticked is kept open. */
export function readHolidayValues(values: FormValues): unknown {
  const country = values.country?.trim().toUpperCase();
  if (!country) return null;
  const kinds = holidayKinds.filter((kind) => values[`kind.${kind}`] !== undefined);
  return {
    country,
    ...(values.region ? { region: values.region } : {}),
    ...(values.language ? { language: values.language } : {}),
    kinds: kinds.length > 0 ? kinds : ["public"],
    keepOpen: Object.keys(values)
      .filter((name) => name.startsWith("listed.") && values[`closed.${name.slice(7)}`] === undefined)
      .map((name) => name.slice(7)),
  };
}

/** The choice that the page shows: what its address asks for, or else what is stored; null for none. */
export function chosenHolidays(given: FormValues, stored: HolidayChoice | null): HolidayChoice | null {
  if (given.country === undefined) return stored;
  const asked = holidayChoice.safeParse(readHolidayValues(given));
  if (!asked.success) return null;
  const isSame = stored?.country === asked.data.country;
  return { ...asked.data, keepOpen: isSame ? stored.keepOpen : [] };
}
