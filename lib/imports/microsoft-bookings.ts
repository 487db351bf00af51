/**
 * Microsoft Bookings: Graph's `bookingBusinesses/{id}` with `services`, `customQuestions` and `appointments`, or the table of bookings that its page
 * exports, which names services and their durations.
 */
import { z } from "zod";
import {
  clock,
  type Draft,
  type DraftBooking,
  instantIn,
  listed,
  minutesOf,
  type Place,
  placeOf,
  type Question,
  questionId,
  type Remark,
  readBookings,
  slugOf,
  weekdayOf,
} from "@/lib/imports/draft";
import { canonicalTimeZone } from "@/lib/slot-engine/zone-clock";

const hours = z.object({
  day: z.string(),
  timeSlots: z.array(z.object({ startTime: z.string(), endTime: z.string() })),
});

const business = z.object({
  id: z.string(),
  displayName: z.string(),
  businessHours: z.array(hours).default([]),
  bookingPageSettings: z.object({ businessTimeZone: z.string().nullish() }).nullish(),
});

const policy = z.object({
  timeSlotInterval: z.string().nullish(),
  minimumLeadTime: z.string().nullish(),
  maximumAdvance: z.string().nullish(),
});

const address = z.object({ street: z.string().nullish(), city: z.string().nullish() });

const service = z.object({
  id: z.string(),
  displayName: z.string(),
  description: z.string().nullish(),
  defaultDuration: z.string(),
  preBuffer: z.string().nullish(),
  postBuffer: z.string().nullish(),
  isHiddenFromCustomers: z.boolean().nullish(),
  isLocationOnline: z.boolean().nullish(),
  defaultLocation: z.object({ displayName: z.string().nullish(), address: address.nullish() }).nullish(),
  schedulingPolicy: policy.nullish(),
  customQuestions: z
    .array(z.object({ questionId: z.string(), isRequired: z.boolean().default(false) }))
    .nullish(),
});

const customQuestion = z.object({
  id: z.string(),
  displayName: z.string(),
  answerInputType: z.string().nullish(),
  answerOptions: z.array(z.string()).nullish(),
});

const instant = z.object({ dateTime: z.string(), timeZone: z.string() });

const appointment = z.object({
  id: z.string(),
  serviceId: z.string(),
  startDateTime: instant,
  endDateTime: instant,
  customers: z.array(
    z.object({ name: z.string(), emailAddress: z.string(), timeZone: z.string().nullish() }),
  ),
  joinWebUrl: z.string().nullish(),
  onlineMeetingUrl: z.string().nullish(),
  serviceLocation: z.object({ displayName: z.string().nullish() }).nullish(),
});

export const bookingsFile = z.object({
  business,
  services: listed(service),
  customQuestions: listed(customQuestion).default([]),
  appointments: listed(z.unknown()).default([]),
});

export function readMicrosoftBookings(file: z.output<typeof bookingsFile>): Draft {
  const { business, services, appointments } = file;
  const { bookings, remarks } = readBookings(appointments, appointment, toBooking);
  const named = business.bookingPageSettings?.businessTimeZone ?? "";
  const timeZone = canonicalTimeZone(named);
  const isOpen = business.businessHours.some(({ timeSlots }) => timeSlots.length > 0);
  // Hours in a zone that only Windows knows say nothing for certain.
  if (isOpen && !timeZone)
    remarks.push({ code: named ? "hours_left_out" : "hours_zone_missing", value: named });
  const weekly = business.businessHours.flatMap(({ day, timeSlots }) =>
    timeSlots.map(({ startTime, endTime }) => ({
      days: [weekdayOf(day)],
      start: clock(startTime),
      end: clock(endTime, true),
    })),
  );
  const schedules =
    isOpen && timeZone
      ? [{ key: business.id, input: { name: business.displayName, timeZone, weekly }, remarks: [] }]
      : [];
  return {
    source: "microsoft-bookings",
    schedules,
    eventTypes: services.map((one) => {
      const own: Remark[] = [];
      const advanceMinutes = minutesOf(one.schedulingPolicy?.maximumAdvance);
      const interval = minutesOf(one.schedulingPolicy?.timeSlotInterval);
      return {
        key: one.id,
        scheduleKey: schedules[0]?.key,
        input: {
          title: one.displayName,
          slug: slugOf(one.displayName),
          description: one.description ?? "",
          durationsMinutes: [minutesOf(one.defaultDuration)],
          slotIntervalMinutes: interval || undefined,
          bufferBeforeMinutes: minutesOf(one.preBuffer) ?? 0,
          bufferAfterMinutes: minutesOf(one.postBuffer) ?? 0,
          minimumNoticeMinutes: minutesOf(one.schedulingPolicy?.minimumLeadTime),
          window: advanceMinutes ? { kind: "rolling", days: Math.floor(advanceMinutes / 1440) } : undefined,
          hidden: one.isHiddenFromCustomers ?? false,
          location: toPlace(one),
          questions: toQuestions(one, file.customQuestions, own),
        },
        remarks: own,
      };
    }),
    bookings,
    remarks,
  };
}

/** One of a group is left out. */
function toBooking(one: z.output<typeof appointment>): DraftBooking | null {
  const [customer, ...others] = one.customers;
  if (!customer || others.length > 0) return null;
  const at = ({ timeZone, dateTime }: z.output<typeof instant>) => instantIn(timeZone, dateTime);
  return {
    key: one.id,
    eventTypeKey: one.serviceId,
    start: at(one.startDateTime),
    end: at(one.endDateTime),
    visitor: { name: customer.name, email: customer.emailAddress, timeZone: customer.timeZone },
    guests: [],
    answers: {},
    ...placeOf(one.joinWebUrl ?? one.onlineMeetingUrl, one.serviceLocation?.displayName),
  };
}

function toPlace({ isLocationOnline, defaultLocation }: z.output<typeof service>): Place {
  if (isLocationOnline) return { kind: "teams" };
  const { displayName, address } = defaultLocation ?? {};
  const value = [displayName, address?.street, address?.city].filter(Boolean).join(", ");
  return value ? { kind: "in_person", value } : { kind: "none" };
}

function toQuestions(
  { customQuestions }: z.output<typeof service>,
  known: z.output<typeof customQuestion>[],
  remarks: Remark[],
): Question[] {
  return (customQuestions ?? []).flatMap(({ questionId: id, isRequired: required }, index): Question[] => {
    const question = known.find((one) => one.id === id);
    if (!question) {
      remarks.push({ code: "question_left_out", value: id });
      return [];
    }
    const { displayName: label, answerInputType, answerOptions } = question;
    const options = [...new Set(answerOptions ?? [])];
    const isChoice = answerInputType === "radioButton" && options.length > 0;
    const kind = isChoice ? { kind: "select" as const, options } : { kind: "text" as const };
    return [{ id: questionId(id, index), label, required, ...kind }];
  });
}

/** The table that Bookings exports: one line a booking. Null: it isn't one. */
export function readBookingsTable(text: string): Draft | null {
  const [head = [], ...lines] = rowsOf(text);
  const [service, duration] = ["Service", "Duration (mins.)"].map((name) => head.indexOf(name));
  if (service === undefined || duration === undefined || service < 0 || duration < 0) return null;
  const booked = lines.filter((line) => line[service]?.trim());
  const names = [...new Set(booked.map((line) => line[service]?.trim() ?? ""))];
  return {
    source: "microsoft-bookings",
    schedules: [],
    eventTypes: names.map((title) => {
      const own = booked.filter((line) => line[service]?.trim() === title);
      const durationsMinutes = [...new Set(own.map((line) => Number(line[duration])))];
      const input = { title, slug: slugOf(title), durationsMinutes, location: { kind: "none" as const } };
      return { key: title, input, remarks: [] };
    }),
    // Which zone its times are in, it doesn't say.
    bookings: [],
    remarks: [
      { code: "table_hours", value: "" },
      { code: "table_bookings", value: `${booked.length}` },
    ],
  };
}

/** RFC 4180, with commas, semicolons or tabs, whichever its first line has most of. */
function rowsOf(text: string): string[][] {
  const [first = ""] = text.split("\n", 1);
  const [separator = ","] = [",", ";", "\t"].toSorted(
    (a, b) => first.split(b).length - first.split(a).length,
  );
  const cell = new RegExp(`("(?:[^"]|"")*"|[^${separator}\\r\\n]*)(${separator}|\\r?\\n|$)`, "gy");
  const rows: string[][] = [[]];
  for (const [whole, value = "", end = ""] of text.replace(/^\uFEFF/, "").matchAll(cell)) {
    if (whole === "") break;
    rows.at(-1)?.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (end !== separator) rows.push([]);
  }
  return rows.filter((row) => row.some((one) => one !== ""));
}
