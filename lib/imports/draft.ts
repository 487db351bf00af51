/** What a file of another product comes to in Bellhop's terms, before anything is checked or stored. */
import { Temporal } from "temporal-polyfill";
import { z } from "zod";
import { toSlug } from "@/lib/input/slug";
import { canonicalTimeZone } from "@/lib/slot-engine/zone-clock";

export type Source = "cal.com" | "calendly" | "easyappointments" | "microsoft-bookings";

/** What an importer couldn't take over as it was; `value` is the other product's own word for it. */
export interface Remark {
  code:
    | "location_unknown"
    /** Another product's video meeting, for which one in Teams stands here. */
    | "location_teams"
    | "question_left_out"
    | "hours_left_out"
    | "hours_zone_missing"
    | "table_hours"
    | "table_bookings"
    | "turned_off"
    | "bookings_left_out"
    | "bookings_over";
  value: string;
}

export interface DraftSchedule {
  /** Its name in the other product, which never changes there. */
  key: string;
  input: Record<string, unknown>;
  remarks: Remark[];
}

export interface DraftEventType {
  key: string;
  /** The schedule it has there; left out: the default one. */
  scheduleKey?: string | undefined;
  input: { title: string; slug: string; location: Place } & Record<string, unknown>;
  remarks: Remark[];
}

export interface DraftBooking {
  key: string;
  eventTypeKey: string;
  /** Epoch milliseconds. */
  start: number;
  end: number;
  visitor: { name: string; email: string; timeZone?: string | null | undefined };
  guests: string[];
  /** By what the other product calls a question, or by its label. */
  answers: Record<string, unknown>;
  /** Where the other product has said that it takes place; left out: nowhere of its own. */
  location?: Exclude<Place, { kind: "teams" }>;
}

export interface Draft {
  source: Source;
  schedules: DraftSchedule[];
  eventTypes: DraftEventType[];
  /** Those that take place, over or not. */
  bookings: DraftBooking[];
  remarks: Remark[];
}

export type Place = { kind: "teams" | "none" } | { kind: "link" | "phone" | "in_person"; value: string };

export interface Question {
  id: string;
  label: string;
  kind: "text" | "multiline" | "select" | "checkbox" | "phone" | "url";
  required: boolean;
  options?: string[];
}

/** A list as an API answers it, or the answer around it: `data` at Cal.com, `collection` at Calendly, `value` at Microsoft. */
export function listed<Item extends z.ZodType>(item: Item) {
  const list = z.array(item);
  return z.preprocess((given) => {
    if (given === null || typeof given !== "object" || Array.isArray(given)) return given;
    const answer = given as Record<string, unknown>;
    return answer.data ?? answer.collection ?? answer.value ?? given;
  }, list);
}

/** The bookings of a list, each read by itself, and how many of them were left out: cancelled, waiting for someone, or unreadable. */
export function readBookings<Item>(
  list: readonly unknown[],
  schema: z.ZodType<Item>,
  toDraft: (item: Item) => DraftBooking | null,
): { bookings: DraftBooking[]; remarks: Remark[] } {
  const bookings = list.flatMap((given) => {
    const known = schema.safeParse(given);
    const draft = known.success ? toDraft(known.data) : null;
    return draft && draft.start < draft.end ? [draft] : [];
  });
  const left = list.length - bookings.length;
  return { bookings, remarks: left > 0 ? [{ code: "bookings_left_out", value: `${left}` }] : [] };
}

/** A link or an address, if one is said. */
export function placeOf(
  link: string | null | undefined,
  address?: string | null,
): Pick<DraftBooking, "location"> {
  if (link?.startsWith("https://")) return { location: { kind: "link", value: link } };
  return address?.trim() ? { location: { kind: "in_person", value: address.trim() } } : {};
}

/** The instant, in epoch milliseconds, of `2027-05-03T09:00:00` in a zone. NaN: there's no such time or zone. */
export function instantIn(timeZone: string, local: string): number {
  const zone = canonicalTimeZone(timeZone);
  try {
    return zone === null
      ? Number.NaN
      : Temporal.PlainDateTime.from(local.slice(0, 19)).toZonedDateTime(zone).epochMilliseconds;
  } catch {
    return Number.NaN;
  }
}

const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/** `monday` in any casing is 1, `sunday` 7; 0: no weekday. */
export const weekdayOf = (name: string) => weekdays.indexOf(name.toLowerCase()) + 1;

/** `09:00:00.0000000` is `09:00`. A day that ends at its last minute ends at midnight. */
export function clock(text: string, isEnd = false): string {
  const time = text.slice(0, 5);
  return isEnd && (time === "23:59" || time === "00:00") ? "24:00" : time;
}

/** The slug that a title makes, or another product's own slug. */
export const slugOf = (text: string) => toSlug(text).slice(0, 60).replace(/-$/, "") || "appointment";

/** What a field's label makes a good name of its answer. */
export const questionId = (text: string, index: number) =>
  text.replace(/[^A-Za-z0-9_-]/g, "").slice(0, 40) || `question-${index + 1}`;

/** `PT1H30M` is 90; undefined: no such duration. */
export function minutesOf(duration: string | null | undefined): number | undefined {
  const parts = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:[\d.]+S)?)?$/.exec(duration ?? "");
  if (!parts) return undefined;
  const [, days = 0, hours = 0, minutes = 0] = parts;
  return Number(days) * 1440 + Number(hours) * 60 + Number(minutes);
}
