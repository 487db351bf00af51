/** Cal.com's API v2: the answers of `GET /v2/event-types` and `GET /v2/schedules`, and of `/v2/bookings` if they're there. */
import { z } from "zod";
import {
  clock,
  type Draft,
  type DraftBooking,
  listed,
  type Place,
  placeOf,
  type Question,
  questionId,
  type Remark,
  readBookings,
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

const booking = z.object({
  uid: z.string(),
  status: z.string(),
  start: z.string(),
  end: z.string(),
  eventTypeId: z.number().nullish(),
  eventType: z.object({ id: z.number() }).nullish(),
  location: z.string().nullish(),
  meetingUrl: z.string().nullish(),
  attendees: z.array(z.object({ name: z.string(), email: z.string(), timeZone: z.string().nullish() })),
  guests: z.array(z.string()).nullish(),
  bookingFieldsResponses: z.record(z.string(), z.unknown()).nullish(),
});

export const calComFile = z.object({
  eventTypes: listed(eventType),
  schedules: listed(schedule).default([]),
  bookings: listed(z.unknown()).default([]),
});

export function readCalCom(file: z.output<typeof calComFile>): Draft {
  const { bookings, remarks } = readBookings(file.bookings, booking, toBooking);
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
    bookings,
    remarks,
  };
}

/** One with several visitors who don't know each other is no one's booking. */
function toBooking(one: z.output<typeof booking>): DraftBooking | null {
  const [visitor, ...others] = one.attendees;
  const guests = one.guests ?? [];
  const eventTypeId = one.eventTypeId ?? one.eventType?.id;
  if (one.status !== "accepted" || !visitor || eventTypeId === undefined) return null;
  if (others.some(({ email }) => !guests.includes(email))) return null;
  return {
    key: one.uid,
    eventTypeKey: `${eventTypeId}`,
    start: Date.parse(one.start),
    end: Date.parse(one.end),
    visitor,
    guests,
    answers: one.bookingFieldsResponses ?? {},
    ...placeOf(one.meetingUrl ?? one.location, one.location?.includes(":") ? null : one.location),
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
    remarks.push({ code: "location_teams", value: given.integration ?? given.type });
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
