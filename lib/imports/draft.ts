/** What a file of another product comes to in Bellhop's terms, before anything is checked or stored. */
import { z } from "zod";
import { toSlug } from "@/lib/input/slug";

export type Source = "cal.com" | "calendly" | "easyappointments" | "microsoft-bookings";

/** What an importer couldn't take over as it was; `value` is the other product's own word for it. */
export interface Remark {
  code: "location_unknown" | "question_left_out" | "hours_left_out" | "turned_off" | "bookings_left_out";
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

export interface Draft {
  source: Source;
  schedules: DraftSchedule[];
  eventTypes: DraftEventType[];
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
