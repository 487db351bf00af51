/** What a schedule's row keeps in JSON. */
import { z } from "zod";
import { jsonColumn } from "@/lib/database/json-column";
import { holidayKinds } from "@/lib/schedules/schema";

const hours = { start: z.string(), end: z.string() };

export const readWeekly = jsonColumn(
  "Schedule.weekly",
  z.array(z.object({ days: z.array(z.number()), ...hours })),
);

export const readOverrides = jsonColumn(
  "Schedule.overrides",
  z.array(z.object({ date: z.string(), windows: z.array(z.object(hours)) })),
);

export const readTravel = jsonColumn(
  "Schedule.travel",
  z.array(z.object({ from: z.string(), to: z.string(), timeZone: z.string() })),
);

/** Null: holidays are days like others. */
export const readHolidays = jsonColumn(
  "Schedule.holidays",
  z
    .object({
      country: z.string(),
      region: z.exactOptional(z.string()),
      language: z.exactOptional(z.string()),
      kinds: z.array(z.enum(holidayKinds)),
      keepOpen: z.array(z.string()),
    })
    .nullable(),
);

// Ten years of holidays are read with every offer. `z.record` copies them, which takes fifteen times as long as looking at them.
const names = z.custom<Readonly<Record<string, string>>>(
  (value) =>
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((name) => typeof name === "string"),
  "expected the names of holidays by date",
);

/** The names of the holidays that are closed, by date. */
export const readClosedDates = jsonColumn("Schedule.closedDates", names);
