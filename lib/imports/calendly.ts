/**
 * Calendly's API: the answers of `GET /event_types` and `GET /user_availability_schedules`, and if they're there, of `/scheduled_events`
 * and of `/scheduled_events/{uuid}/invitees`, all of them in one list.
 */
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

const rule = z.object({
  type: z.enum(["wday", "date"]),
  wday: z.string().nullish(),
  date: z.string().nullish(),
  intervals: z.array(z.object({ from: z.string(), to: z.string() })),
});

const schedule = z.object({
  uri: z.string(),
  name: z.string(),
  timezone: z.string(),
  rules: z.array(rule),
});

const question = z.object({
  name: z.string(),
  type: z.string(),
  enabled: z.boolean().default(true),
  required: z.boolean().default(false),
  answer_choices: z.array(z.string()).nullish(),
});

const place = z.object({
  kind: z.string(),
  location: z.string().nullish(),
  phone_number: z.union([z.string(), z.number()]).nullish(),
});

const eventType = z.object({
  uri: z.string(),
  name: z.string(),
  slug: z.string().nullish(),
  duration: z.int(),
  duration_options: z.array(z.int()).nullish(),
  description_plain: z.string().nullish(),
  active: z.boolean().default(true),
  secret: z.boolean().default(false),
  custom_questions: z.array(question).nullish(),
  locations: z.array(place).nullish(),
});

const scheduledEvent = z.object({
  uri: z.string(),
  status: z.string(),
  start_time: z.string(),
  end_time: z.string(),
  event_type: z.string(),
  location: z.object({ join_url: z.string().nullish(), location: z.string().nullish() }).nullish(),
  event_guests: z.array(z.object({ email: z.string() })).nullish(),
});

const invitee = z.object({
  event: z.string(),
  status: z.string(),
  name: z.string(),
  email: z.string(),
  timezone: z.string().nullish(),
  questions_and_answers: z.array(z.object({ question: z.string(), answer: z.string() })).nullish(),
});

export const calendlyFile = z.object({
  event_types: listed(eventType),
  user_availability_schedules: listed(schedule).default([]),
  scheduled_events: listed(z.unknown()).default([]),
  invitees: listed(invitee).default([]),
});

export function readCalendly(file: z.output<typeof calendlyFile>): Draft {
  const { bookings, remarks } = readBookings(file.scheduled_events, scheduledEvent, (event) =>
    toBooking(
      event,
      file.invitees.filter((one) => one.event === event.uri && one.status === "active"),
    ),
  );
  return {
    source: "calendly",
    schedules: file.user_availability_schedules.map(({ uri, name, timezone, rules }) => ({
      key: uri,
      input: {
        name,
        timeZone: timezone,
        weekly: rules
          .filter(({ type }) => type === "wday")
          .flatMap(({ wday, intervals }) =>
            windowsOf(intervals).map((hours) => ({ days: [weekdayOf(wday ?? "")], ...hours })),
          ),
        overrides: rules
          .filter(({ type }) => type === "date")
          .map(({ date, intervals }) => ({ date, windows: windowsOf(intervals) })),
      },
      remarks: [],
    })),
    eventTypes: file.event_types.map((one) => {
      const remarks: Remark[] = one.active ? [] : [{ code: "turned_off", value: one.name }];
      return {
        key: one.uri,
        input: {
          title: one.name,
          slug: slugOf(one.slug || one.name),
          description: one.description_plain ?? "",
          durationsMinutes: [...new Set([one.duration, ...(one.duration_options ?? [])])],
          hidden: one.secret || !one.active,
          location: toPlace(one.locations?.[0], remarks),
          questions: toQuestions(one.custom_questions ?? []),
        },
        remarks,
      };
    }),
    bookings,
    remarks,
  };
}

/** One of a group, or of no one that the file names, is left out. */
function toBooking(
  event: z.output<typeof scheduledEvent>,
  [visitor, ...others]: z.output<typeof invitee>[],
): DraftBooking | null {
  if (event.status !== "active" || !visitor || others.length > 0) return null;
  const { name, email, timezone: timeZone, questions_and_answers: answers } = visitor;
  return {
    key: event.uri,
    eventTypeKey: event.event_type,
    start: Date.parse(event.start_time),
    end: Date.parse(event.end_time),
    visitor: { name, email, timeZone },
    guests: (event.event_guests ?? []).map((guest) => guest.email),
    answers: Object.fromEntries((answers ?? []).map(({ question, answer }) => [question, answer])),
    ...placeOf(event.location?.join_url, event.location?.location),
  };
}

const windowsOf = (intervals: { from: string; to: string }[]) =>
  intervals.map(({ from, to }) => ({ start: clock(from), end: clock(to, true) }));

function toPlace(given: z.output<typeof place> | undefined, remarks: Remark[]): Place {
  if (!given) return { kind: "none" };
  const { kind, location, phone_number: phone } = given;
  if (kind === "microsoft_teams_conference") return { kind: "teams" };
  if (kind === "physical" && location) return { kind: "in_person", value: location };
  if (kind === "inbound_call" && phone) return { kind: "phone", value: `${phone}` };
  if (kind === "custom" && location?.startsWith("https://")) return { kind: "link", value: location };
  const isVideo = /_conference$/.test(kind);
  remarks.push({ code: isVideo ? "location_teams" : "location_unknown", value: kind });
  return { kind: isVideo ? "teams" : "none" };
}

const kinds: Record<string, Question["kind"]> = {
  string: "text",
  text: "multiline",
  phone_number: "phone",
  single_select: "select",
};

function toQuestions(given: z.output<typeof question>[]): Question[] {
  return given
    .filter(({ enabled }) => enabled)
    .map(({ name, type, required, answer_choices: choices }, index) => {
      // Several choices at once become a text, with the choices in its label.
      const kind = kinds[type] ?? "text";
      const options = [...new Set(choices ?? [])];
      const label = type === "multi_select" ? `${name} (${options.join(", ")})`.slice(0, 200) : name;
      return { id: questionId("", index), label, kind, required, ...(kind === "select" ? { options } : {}) };
    });
}
