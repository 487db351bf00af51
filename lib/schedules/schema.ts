import { z } from "zod";
import { line } from "@/lib/input/text";
import { canonicalTimeZone } from "@/lib/scheduling/zone-clock";

const startTime = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const endTime = /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/;

const start = z
  .string()
  .regex(startTime, "time_form")
  .meta({ description: "HH:mm", examples: ["09:00"] });
const end = z
  .string()
  .regex(endTime, "end_time_form")
  .meta({ description: "HH:mm, after `start`; 24:00 is the end of the day", examples: ["17:00"] });

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

export const scheduleName = line(100).meta({ examples: ["Office hours"] });

const fields = {
  name: scheduleName,
  timeZone,
  weekly: z
    .array(weeklyWindow)
    .max(336, "too_many")
    .meta({ description: "Hours that return every week; overlapping and touching windows merge" }),
  overrides,
};

/** What a new schedule needs. */
export const scheduleInput = z
  .strictObject({ ...fields, overrides: overrides.default([]) })
  .meta({ id: "ScheduleInput" });

/** What of a schedule shall change; what is left out stays as it is. */
export const scheduleChange = z.strictObject(fields).partial().meta({ id: "ScheduleChange" });

/** A schedule as its organizer reads it. */
export const schedule = z
  .object({
    id: z.uuid(),
    ...fields,
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: "Schedule" });

export type ScheduleInput = z.output<typeof scheduleInput>;
export type ScheduleChange = z.output<typeof scheduleChange>;
export type Schedule = z.output<typeof schedule>;
