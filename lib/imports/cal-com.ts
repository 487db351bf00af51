/** Cal.com's API v2: the answers of `GET /v2/event-types` and `GET /v2/schedules`, and of `/v2/bookings` if they're there. */
import { z } from "zod";
import {
  clock,
  type Draft,
  listed,
  type Place,
  type Question,
  questionId,
  type Remark,
  slugOf,
  weekdayOf,
} from "@/lib/imports/draft";

const window = z.object({ days: z.array(z.string()), startTime: z.string(), endTime: z.string() });

const schedule = z.object({
  id: z.number(),
  name: z.string(),
  timeZone: z.string(),
  availability: z.array(window),
  isDefault: z.boolean().default(false),
  overrides: z
    .array(z.object({ date: z.string(), startTime: z.string(), endTime: z.string() }))
    .nullish()
    .transform((list) => list ?? []),
});

const place = z.object({
  type: z.string(),
  address: z.string().nullish(),
  link: z.string().nullish(),
  phone: z.string().nullish(),
  integration: z.string().nullish(),
});

const field = z.object({
  type: z.string(),
  slug: z.string().nullish(),
  label: z.string().nullish(),
  required: z.boolean().nullish(),
  options: z.array(z.string()).nullish(),
  isDefault: z.boolean().nullish(),
});

const limits = z.object({ day: z.int().nullish(), week: z.int().nullish(), month: z.int().nullish() });

const eventType = z.object({
  id: z.number(),
  title: z.string(),
  slug: z.string(),
  description: z.string().nullish(),
  lengthInMinutes: z.int(),
  lengthInMinutesOptions: z.array(z.int()).nullish(),
  locations: z.array(place).nullish(),
  bookingFields: z.array(field).nullish(),
  minimumBookingNotice: z.int().nullish(),
  beforeEventBuffer: z.int().nullish(),
  afterEventBuffer: z.int().nullish(),
  slotInterval: z.int().nullish(),
  hidden: z.boolean().nullish(),
  scheduleId: z.number().nullish(),
  bookingWindow: z.object({ type: z.string().nullish(), value: z.unknown() }).nullish(),
  bookingLimitsCount: limits.nullish(),
  confirmationPolicy: z.object({ type: z.string().nullish() }).nullish(),
});

export const calComFile = z.object({
  eventTypes: listed(eventType),
  schedules: listed(schedule).default([]),
  bookings: listed(z.unknown()).default([]),
});

export function readCalCom(file: z.output<typeof calComFile>): Draft {
  return {
    source: "cal.com",
    schedules: file.schedules.map(({ id, name, timeZone, availability, overrides }) => ({
      key: `${id}`,
      input: {
        name,
        timeZone,
        weekly: availability.map(({ days, startTime, endTime }) => ({
          days: days.map(weekdayOf),
          start: clock(startTime),
          end: clock(endTime, true),
        })),
        overrides: [...new Set(overrides.map(({ date }) => date))].map((date) => ({
          date,
          windows: overrides
            .filter((part) => part.date === date && part.startTime !== part.endTime)
            .map(({ startTime, endTime }) => ({ start: clock(startTime), end: clock(endTime, true) })),
        })),
      },
      remarks: [],
    })),
    eventTypes: file.eventTypes.map((one) => {
      const remarks: Remark[] = [];
      const limit = one.bookingLimitsCount;
      return {
        key: `${one.id}`,
        scheduleKey: one.scheduleId ? `${one.scheduleId}` : undefined,
        input: {
          title: one.title,
          slug: slugOf(one.slug),
          description: one.description ?? "",
          durationsMinutes: [...new Set([one.lengthInMinutes, ...(one.lengthInMinutesOptions ?? [])])],
          slotIntervalMinutes: one.slotInterval,
          bufferBeforeMinutes: one.beforeEventBuffer ?? 0,
          bufferAfterMinutes: one.afterEventBuffer ?? 0,
          minimumNoticeMinutes: one.minimumBookingNotice ?? undefined,
          dailyLimit: limit?.day,
          weeklyLimit: limit?.week,
          monthlyLimit: limit?.month,
          hidden: one.hidden ?? false,
          requiresApproval: one.confirmationPolicy?.type === "always",
          window: toWindow(one.bookingWindow),
          location: toPlace(one.locations?.[0], remarks),
          questions: toQuestions(one.bookingFields ?? [], remarks),
        },
        remarks,
      };
    }),
    remarks:
      file.bookings.length > 0 ? [{ code: "bookings_left_out", value: `${file.bookings.length}` }] : [],
  };
}

function toWindow(given: z.output<typeof eventType>["bookingWindow"]) {
  const { type, value } = given ?? {};
  if (type === "calendarDays" && typeof value === "number") return { kind: "rolling", days: value };
  if (type === "businessDays" && typeof value === "number") return { kind: "rolling_bookable", days: value };
  if (type === "range" && Array.isArray(value))
    return { kind: "range", from: `${value[0]}`.slice(0, 10), to: `${value[1]}`.slice(0, 10) };
  return { kind: "none" };
}

function toPlace(given: z.output<typeof place> | undefined, remarks: Remark[]): Place {
  if (given?.type === "address" && given.address) return { kind: "in_person", value: given.address };
  if (given?.type === "link" && given.link) return { kind: "link", value: given.link };
  if (given?.type === "phone" && given.phone) return { kind: "phone", value: given.phone };
  if (given?.type !== "integration") {
    if (given) remarks.push({ code: "location_unknown", value: given.type });
    return { kind: "none" };
  }
  if (given.integration !== "office365-video")
    remarks.push({ code: "location_unknown", value: given.integration ?? given.type });
  return { kind: "teams" };
}

const kinds: Record<string, Question["kind"]> = {
  text: "text",
  address: "text",
  number: "text",
  textarea: "multiline",
  select: "select",
  radio: "select",
  boolean: "checkbox",
  phone: "phone",
  url: "url",
};

/** Name, email and the like are asked by everyone. */
const builtIn = new Set([
  "name",
  "email",
  "title",
  "notes",
  "guests",
  "location",
  "rescheduleReason",
  "splitName",
]);

function toQuestions(fields: z.output<typeof field>[], remarks: Remark[]): Question[] {
  return fields.flatMap(({ type, slug, label, required, options, isDefault }, index): Question[] => {
    if (isDefault || builtIn.has(slug ?? type)) return [];
    const kind = kinds[type];
    const text = label ?? slug ?? type;
    if (!kind) {
      remarks.push({ code: "question_left_out", value: text });
      return [];
    }
    const choices = kind === "select" ? { options: [...new Set(options ?? [])] } : {};
    return [
      { id: questionId(slug ?? text, index), label: text, kind, required: required ?? false, ...choices },
    ];
  });
}
