/** An event type as its form has it. PURE, for server and browser. */

import { newMailValues, readMailValues, toMailValues } from "@/lib/event-types/form-mails";
import {
  newOptionValues,
  readOptionValues,
  toOptionValues,
  withPreset,
} from "@/lib/event-types/form-options";
import { readRoomValues, toRoomValues } from "@/lib/event-types/form-rooms";
import { newVisitorValues, readVisitorValues, toVisitorValues } from "@/lib/event-types/form-visitors";
import { forEachNumber } from "@/lib/event-types/numbers";
import type { EventType, Location } from "@/lib/event-types/schema";
import { type FormValues, rowsOf, withMovedRow, withoutRow, withRows } from "@/lib/input/form-values";
import { toSlug } from "@/lib/input/slug";

export const locationKinds = ["teams", "link", "phone", "in_person", "none"] as const;
export const fallbackKinds = ["link", "phone", "in_person", "none"] as const;

/** The field that tells what is typed in the editor, and sent to be looked at, from a visitor's form. */
export const draftField = "draft";

/** Minutes in each unit that the notice can be given in. */
const noticeUnits = { minutes: 1, hours: 60, days: 1440 } as const;
type NoticeUnit = keyof typeof noticeUnits;

/** The form of an event type that does not exist yet. */
export function newEventTypeValues(subjectTemplate: string, scheduleId: string): FormValues {
  return {
    slug: "",
    title: "",
    description: "",
    durationsMinutes: "30",
    "location.kind": "teams",
    "fallbackLocation.kind": "",
    scheduleId,
    "notice.amount": "4",
    "notice.unit": "hours",
    bufferBeforeMinutes: "0",
    bufferAfterMinutes: "0",
    "window.kind": "rolling",
    "window.days": "60",
    subjectTemplate,
    rescheduleNeedsApproval: "on",
    embedOrigins: "",
    ...toRoomValues(undefined),
    ...newOptionValues,
    ...newMailValues,
    ...newVisitorValues,
  };
}

/** An event type whose hours are its organizer's, or its hosts'. */
type Scheduled = Omit<EventType, "scheduleId"> & { scheduleId?: string };

/** The fields of an event type's form. A box that is not ticked has no field, as in what a browser sends. */
export function toEventTypeValues(eventType: Scheduled): FormValues {
  const { location, fallbackLocation, window, meetingOptions } = eventType;
  const notice = toNotice(eventType.minimumNoticeMinutes);
  const values: FormValues = {
    slug: eventType.slug,
    title: eventType.title,
    description: eventType.description,
    durationsMinutes: eventType.durationsMinutes.join(", "),
    ...toPlaceValues("location", location),
    ...(fallbackLocation
      ? toPlaceValues("fallbackLocation", fallbackLocation)
      : { "fallbackLocation.kind": "" }),
    ...(eventType.scheduleId ? { scheduleId: eventType.scheduleId } : {}),
    "notice.amount": String(notice.amount),
    "notice.unit": notice.unit,
    bufferBeforeMinutes: String(eventType.bufferBeforeMinutes),
    bufferAfterMinutes: String(eventType.bufferAfterMinutes),
    "window.kind": window.kind,
    "window.days": "days" in window ? String(window.days) : "60",
    "window.from": window.kind === "range" ? window.from : "",
    "window.to": window.kind === "range" ? window.to : "",
    ...forEachNumber((name) => toText(eventType[name])),
    subjectTemplate: eventType.subjectTemplate,
    ...toOptionValues(meetingOptions),
    ...toMailValues(eventType),
    ...toVisitorValues(eventType),
    ...toRoomValues(eventType.rooms),
    embedOrigins: eventType.embedOrigins.join("\n"),
    ...(eventType.requiresApproval ? { requiresApproval: "on" } : {}),
    ...(eventType.rescheduleNeedsApproval ? { rescheduleNeedsApproval: "on" } : {}),
    ...(eventType.preferAdjacentTimes ? { preferAdjacentTimes: "on" } : {}),
    ...(eventType.hidden ? { hidden: "on" } : {}),
  };
  const questions = eventType.questions.map(({ id, label, hint = "", kind, required, options }) => ({
    id,
    label,
    hint,
    kind,
    options: options?.join("\n") ?? "",
    ...(required ? { required: "on" } : {}),
  }));
  return withRows(values, "questions", questions);
}

/** What `eventTypeInput` checks, from the fields that were sent. Without a link, the title makes one. */
export function readEventTypeValues(values: FormValues): object {
  const notice = toNumber(values["notice.amount"]) ?? 0;
  const unit = noticeUnits[values["notice.unit"] as NoticeUnit] ?? 1;
  return {
    slug: values.slug?.trim() ? values.slug.trim().toLowerCase() : toSlug(values.title ?? ""),
    title: values.title,
    description: values.description,
    durationsMinutes: (values.durationsMinutes ?? "")
      .split(/[\s,;]+/)
      .filter(Boolean)
      .map(Number),
    location: readPlace(values, "location"),
    fallbackLocation: values["fallbackLocation.kind"] ? readPlace(values, "fallbackLocation") : null,
    ...(values.scheduleId === undefined ? {} : { scheduleId: values.scheduleId }),
    minimumNoticeMinutes: notice * unit,
    bufferBeforeMinutes: toNumber(values.bufferBeforeMinutes) ?? 0,
    bufferAfterMinutes: toNumber(values.bufferAfterMinutes) ?? 0,
    window: readWindow(values),
    ...forEachNumber((name) => toNumber(values[name])),
    requiresApproval: values.requiresApproval !== undefined,
    rescheduleNeedsApproval: values.rescheduleNeedsApproval !== undefined,
    preferAdjacentTimes: values.preferAdjacentTimes !== undefined,
    hidden: values.hidden !== undefined,
    subjectTemplate: values.subjectTemplate,
    meetingOptions: readOptionValues(values),
    ...readMailValues(values),
    ...readVisitorValues(values),
    ...readRoomValues(values),
    embedOrigins: (values.embedOrigins ?? "").split(/[\s,;]+/).filter(Boolean),
    questions: readQuestions(values),
  };
}

/** What a button of the form does besides saving: `add-question:`, `remove:<row>` and `preset:<name>`. Anything else changes nothing. */
export function changeEventTypeValues(values: FormValues, intent: string): FormValues {
  const [verb, target = ""] = intent.split(":");
  if (verb === "remove") return withoutRow(values, target);
  if (verb === "up") return withMovedRow(values, target, -1);
  if (verb === "down") return withMovedRow(values, target, 1);
  if (verb === "preset") return withPreset(values, target);
  if (verb !== "add-question") return values;
  const rows = rowsOf(values, "questions");
  return withRows(values, "questions", [...rows, { id: "", label: "", hint: "", kind: "text", options: "" }]);
}

function toPlaceValues(field: string, location: Location): FormValues {
  const kind = { [`${field}.kind`]: location.kind };
  return "value" in location ? { ...kind, [`${field}.${location.kind}`]: location.value } : kind;
}

/** Each kind has a field of its own, so that trying another one loses nothing. */
function readPlace(values: FormValues, field: string) {
  const kind = values[`${field}.kind`];
  const hasValue = kind === "link" || kind === "phone" || kind === "in_person";
  return hasValue ? { kind, value: values[`${field}.${kind}`] ?? "" } : { kind };
}

function readWindow(values: FormValues) {
  const kind = values["window.kind"];
  if (kind === "rolling" || kind === "rolling_bookable")
    return { kind, days: toNumber(values["window.days"]) ?? undefined };
  if (kind === "range")
    return { kind, from: values["window.from"] || undefined, to: values["window.to"] || undefined };
  return { kind };
}

/** A new question gets an id that reads like it; a stored one keeps its own, since answers are kept under it. */
function readQuestions(values: FormValues): unknown[] {
  const rows = rowsOf(values, "questions");
  const taken = new Set(rows.map(({ id }) => id));
  return rows.map(({ id, label = "", hint = "", kind, options = "", required }) => ({
    id: id || freeId(toSlug(label) || "question", taken),
    label,
    ...(hint.trim() ? { hint } : {}),
    kind,
    required: required !== undefined,
    ...(kind === "select"
      ? {
          options: options
            .split(/\r?\n/)
            .map((text) => text.trim())
            .filter(Boolean),
        }
      : {}),
  }));
}

function freeId(wanted: string, taken: Set<string | undefined>): string {
  let id = wanted;
  for (let count = 2; taken.has(id) || id in {}; count += 1) id = `${wanted.slice(0, 58)}-${count}`;
  taken.add(id);
  return id;
}

function toNotice(minutes: number): { amount: number; unit: NoticeUnit } {
  const unit = (["days", "hours"] as const).find((name) => minutes > 0 && minutes % noticeUnits[name] === 0);
  return unit ? { amount: minutes / noticeUnits[unit], unit } : { amount: minutes, unit: "minutes" };
}

function toNumber(text: string | undefined): number | null {
  return text?.trim() ? Number(text) : null;
}

function toText(number: number | undefined): string {
  return number === undefined ? "" : String(number);
}
