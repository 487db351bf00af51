import { z } from "zod";
import { languageTag, line } from "@/lib/input/text";
import { canonicalTimeZone } from "@/lib/slot-engine/zone-clock";

const startTime = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const endTime = /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/;

const start = z
  .string()
  .regex(startTime, "time_form")
  .meta({ description: "HH:mm", examples: ["09:00"] });
const end = z
  .string()
  .regex(endTime, "end_time_form")
  .meta({ description: "HH:mm, after `start`. 24:00 is the end of the day", examples: ["17:00"] });

/** False only where both times can be read: a time that can't has its own complaint. */
const endsAfterStart = (window: { start: string; end: string }) =>
  !startTime.test(window.start) || !endTime.test(window.end) || window.start < window.end;
const endIsFirst = { path: ["end"], error: "window_end_first" };

const isUnique = (values: readonly unknown[]) => new Set(values).size === values.length;

/** An open interval of one day, in the schedule's zone. */
export const dayWindow = z.strictObject({ start, end }).refine(endsAfterStart, endIsFirst);

const weeklyWindow = z
  .strictObject({
    days: z
      .array(z.int("weekday_form").min(1, "weekday_form").max(7, "weekday_form"))
      .min(1, "weekday_missing")
      .max(7, "weekday_repeated")
      .refine(isUnique, "weekday_repeated")
      .meta({ description: "1 is Monday, 7 is Sunday", examples: [[1, 2, 3, 4, 5]] }),
    start,
    end,
  })
  .refine(endsAfterStart, endIsFirst);

const dateOverride = z.strictObject({
  date: z.iso.date("date_form").meta({ examples: ["2027-01-04"] }),
  windows: z.array(dayWindow).max(48, "too_many").meta({ description: "Empty closes the day" }),
});

export const overrides = z
  .array(dateOverride)
  .max(1000, "too_many")
  .superRefine((list, ctx) => {
    const seen = new Set<string>();
    for (const [index, { date }] of list.entries()) {
      if (seen.has(date)) {
        ctx.addIssue({ code: "custom", path: [index, "date"], message: "date_repeated", input: date });
      }
      seen.add(date);
    }
  })
  .meta({ description: "Each replaces the weekly hours of its whole day" });

/** An IANA zone in any casing; it comes out in its own. */
export const timeZone = z
  .string()
  .refine((name) => canonicalTimeZone(name) !== null, { error: "time_zone_unknown", abort: true })
  .overwrite((name) => canonicalTimeZone(name) ?? name)
  .meta({ description: "IANA time zone", examples: ["Europe/Paris"] });

const journey = z
  .strictObject({
    from: z.iso.date("date_form").meta({ examples: ["2027-02-01"] }),
    to: z.iso.date("date_form").meta({ description: "Last day, included", examples: ["2027-02-12"] }),
    timeZone,
  })
  .refine(({ from, to }) => from <= to, { path: ["to"], error: "range_end_first" });

export const travel = z
  .array(journey)
  .max(100, "too_many")
  .superRefine((list, ctx) => {
    for (const [index, { from, to }] of list.entries()) {
      const meets = list.slice(0, index).some((other) => other.from <= to && from <= other.to);
      if (meets) ctx.addIssue({ code: "custom", path: [index, "from"], message: "travel_overlaps" });
    }
  })
  .meta({ description: "On these dates, the hours are in another time zone" });

export const holidayKinds = ["public", "bank", "optional", "school", "observance"] as const;

export const holidayChoice = z
  .strictObject({
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, "country_form")
      .meta({ description: "ISO 3166", examples: ["FR"] }),
    region: z
      .string()
      .regex(/^[A-Za-z0-9]{1,8}(?:-[A-Za-z0-9-]{1,12})?$/, "region_form")
      .optional()
      .meta({ description: "Part of the country that has its own holidays", examples: ["BY"] }),
    language: languageTag
      .optional()
      .meta({ description: "Language of the holidays' names. If left out, English", examples: ["fr"] }),
    kinds: z
      .array(z.enum(holidayKinds, { error: "holiday_kind" }))
      .min(1, "holiday_kind")
      .refine(isUnique, "option_repeated")
      .default(["public"]),
    keepOpen: z
      .array(line(200))
      .max(200, "too_many")
      .default([])
      .meta({ description: "Holidays that stay open, by ID", examples: [["whit-monday"]] }),
  })
  .meta({ id: "HolidayChoice" });

const holidays = holidayChoice
  .nullable()
  .meta({ description: "Closes the holidays of a country. null: closes none" });

export const scheduleName = line(100).meta({ examples: ["Office hours"] });

const fields = {
  name: scheduleName,
  timeZone,
  weekly: z
    .array(weeklyWindow)
    .max(336, "too_many")
    .meta({ description: "Hours that repeat every week. Overlapping and touching windows are merged" }),
  overrides,
  travel,
  holidays,
};

/** Sending back what was read changes nothing: the default is given to another schedule, not given up. */
const becomesDefault = z.boolean().optional().meta({
  description: "true: makes this the default instead of the current one. false changes nothing",
});

/** What a new schedule needs. */
export const scheduleInput = z
  .strictObject({
    ...fields,
    overrides: overrides.default([]),
    travel: travel.default([]),
    holidays: holidays.default(null),
    isDefault: becomesDefault,
  })
  .meta({ id: "ScheduleInput" });

/** What of a schedule should change; what is left out stays as it is. */
export const scheduleChange = z
  .strictObject({ ...fields, isDefault: becomesDefault })
  .partial()
  .meta({ id: "ScheduleChange" });

/** A schedule as its organizer reads it. */
export const schedule = z
  .object({
    id: z.uuid(),
    ...fields,
    isDefault: z.boolean().meta({ description: "Used where no schedule is named" }),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: "Schedule" });

export type HolidayChoice = z.output<typeof holidayChoice>;
export type ScheduleInput = z.output<typeof scheduleInput>;
export type ScheduleChange = z.output<typeof scheduleChange>;
export type Schedule = z.output<typeof schedule>;
