import type { PatternedRecurrence } from "@microsoft/microsoft-graph-types";
import { Temporal } from "temporal-polyfill";
import { z } from "zod";
import { badRequest, type GraphRefusal, invalidProperty } from "@/tests/emulator/graph/errors";
import { storedBody } from "@/tests/emulator/graph/event-body";
import { instantOf, isSupportedZone } from "@/tests/emulator/graph/time-zones";
import type { EventTime, StoredAttendee, StoredEvent } from "@/tests/emulator/state";

const MAX_ATTENDEES = 500;

const odataType = { "@odata.type": z.string().optional() };
const dateTimeTimeZone = z.strictObject({ dateTime: z.string(), timeZone: z.string(), ...odataType });
const itemBody = z.strictObject({
  contentType: z.string().regex(/^(html|text)$/i),
  content: z.string().nullable(),
  ...odataType,
});
const location = z.strictObject({
  displayName: z.string().nullish(),
  locationEmailAddress: z.string().nullish(),
  locationUri: z.string().nullish(),
  locationType: z
    .enum([
      "default",
      "conferenceRoom",
      "homeAddress",
      "businessAddress",
      "geoCoordinates",
      "streetAddress",
      "hotel",
      "restaurant",
      "localBusiness",
      "postalAddress",
    ])
    .nullish(),
  uniqueId: z.string().nullish(),
  uniqueIdType: z.enum(["unknown", "locationStore", "directory", "private", "bing"]).nullish(),
  address: z.record(z.string(), z.unknown()).nullish(),
  coordinates: z.record(z.string(), z.unknown()).nullish(),
  ...odataType,
});
const attendee = z.strictObject({
  type: z.enum(["required", "optional", "resource"]).nullish(),
  emailAddress: z.strictObject({ address: z.string(), name: z.string().nullish(), ...odataType }),
  status: z.unknown().optional(),
  proposedNewTime: z.unknown().optional(),
  ...odataType,
});
const day = z.enum(["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]);
const recurrence = z.strictObject({
  pattern: z.strictObject({
    type: z.enum([
      "daily",
      "weekly",
      "absoluteMonthly",
      "relativeMonthly",
      "absoluteYearly",
      "relativeYearly",
    ]),
    interval: z.number().int().positive(),
    month: z.number().int().min(0).max(12).optional(),
    dayOfMonth: z.number().int().min(0).max(31).optional(),
    daysOfWeek: z.array(day).optional(),
    firstDayOfWeek: day.nullish(),
    index: z.enum(["first", "second", "third", "fourth", "last"]).nullish(),
    ...odataType,
  }),
  range: z.strictObject({
    type: z.enum(["endDate", "noEnd", "numbered"]),
    startDate: z.iso.date(),
    endDate: z.iso.date().nullish(),
    recurrenceTimeZone: z.string().nullish(),
    numberOfOccurrences: z.number().int().min(0).optional(),
    ...odataType,
  }),
  ...odataType,
});
const extendedProperty = z.strictObject({
  id: z
    .string()
    .regex(/^(String|Integer|Boolean|Binary|SystemTime) \{[0-9a-fA-F-]{36}\} (Name \S.*|Id 0x[0-9a-fA-F]+)$/),
  value: z.string(),
  ...odataType,
});

const changeable = {
  subject: z.string().max(255).nullable(),
  body: itemBody,
  start: dateTimeTimeZone,
  end: dateTimeTimeZone,
  isAllDay: z.boolean(),
  attendees: z.array(attendee),
  location: location.nullable(),
  locations: z.array(location),
  isOnlineMeeting: z.boolean().nullable(),
  onlineMeetingProvider: z
    .enum(["unknown", "skypeForBusiness", "skypeForConsumer", "teamsForBusiness"])
    .nullable(),
  allowNewTimeProposals: z.boolean().nullable(),
  responseRequested: z.boolean().nullable(),
  hideAttendees: z.boolean().nullable(),
  showAs: z.enum(["free", "tentative", "busy", "oof", "workingElsewhere", "unknown"]),
  importance: z.enum(["low", "normal", "high"]),
  sensitivity: z.enum(["normal", "personal", "private", "confidential"]),
  categories: z.array(z.string()),
  isReminderOn: z.boolean(),
  reminderMinutesBeforeStart: z.number().int(),
  recurrence: recurrence.nullable(),
  singleValueExtendedProperties: z.array(extendedProperty),
  "@odata.type": z.string(),
};

/** What POST takes. Read-only properties of an event are not on the list, so they are refused. */
export const newEventSchema = z
  .strictObject({ ...changeable, transactionId: z.string().min(1).max(255).nullable() })
  .partial();
export const changedEventSchema = z.strictObject(changeable).partial();

export type ChangedEvent = z.infer<typeof changedEventSchema>;
export type NewEvent = z.infer<typeof newEventSchema>;

export function parseBody<Shape>(schema: z.ZodType<Shape>, body: unknown, typeName: string): Shape {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw refusalOf(parsed.error, typeName);
}

function refusalOf(error: z.ZodError, typeName: string): GraphRefusal {
  const issue = error.issues[0];
  if (issue?.code === "unrecognized_keys") {
    return badRequest(
      "RequestBodyRead",
      `The property '${issue.keys[0]}' does not exist or cannot be set on type 'Microsoft.OutlookServices.${typeName}'. Make sure to only use property names that are defined by the type.`,
    );
  }
  return badRequest(
    "RequestBodyRead",
    `${issue?.path.join(".") || "body"}: ${issue?.message ?? "cannot be read"}`,
  );
}

/** Reads a wall clock and its zone. An offset inside `dateTime` is refused: the zone has its own field. */
export function readTime(value: z.infer<typeof dateTimeTimeZone>, name: string): EventTime {
  if (!isSupportedZone(value.timeZone)) {
    throw badRequest(
      "TimeZoneNotSupportedException",
      `A valid TimeZone value must be specified. The following TimeZone value is not supported: '${value.timeZone}'.`,
    );
  }
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,7})?)?$/.test(value.dateTime)) {
    throw invalidProperty(`'${name}.dateTime' must be a local date and time without an offset.`);
  }
  try {
    const wall = Temporal.PlainDateTime.from(value.dateTime.slice(0, 23), { overflow: "reject" });
    return { wall: wall.toString({ smallestUnit: "second" }), timeZone: value.timeZone };
  } catch {
    throw invalidProperty(`'${name}.dateTime' is not a date and time.`);
  }
}

export function checkTimes(event: Pick<StoredEvent, "start" | "end" | "isAllDay">): void {
  const isMidnight = (time: EventTime) => time.wall.endsWith("T00:00:00");
  if (event.isAllDay) {
    if (!isMidnight(event.start) || !isMidnight(event.end) || event.start.timeZone !== event.end.timeZone) {
      throw invalidProperty("An all-day event starts and ends at midnight of the same time zone.");
    }
    if (event.start.wall === event.end.wall)
      throw invalidProperty("An all-day event lasts at least 24 hours.");
  }
  if (instantOf(event.end) < instantOf(event.start)) throw invalidProperty("The end is before the start.");
}

export function readAttendees(given: z.infer<typeof attendee>[], before: StoredAttendee[]): StoredAttendee[] {
  if (given.length > MAX_ATTENDEES) {
    throw badRequest("ErrorTooManyRecipients", `An event has at most ${MAX_ATTENDEES} attendees.`);
  }
  const read = new Map<string, StoredAttendee>();
  for (const { emailAddress, type } of given) {
    const address = emailAddress.address;
    if (!/^[^\s@<>]+@[^\s@<>]+$/.test(address)) {
      throw badRequest("ErrorInvalidRecipients", `At least one recipient is not valid: '${address}'.`);
    }
    const known = before.find((other) => other.address.toLowerCase() === address.toLowerCase());
    read.set(address.toLowerCase(), {
      address,
      name: emailAddress.name || known?.name || address,
      type: type ?? "required",
      response: known?.response ?? "none",
      respondedAt: known?.respondedAt ?? null,
      proposedNewTime: known?.proposedNewTime ?? null,
    });
  }
  return [...read.values()];
}

/** The stored fields that the input names; nothing else. */
export function readChanges(input: ChangedEvent, before: StoredEvent): Partial<StoredEvent> {
  const changes: Partial<StoredEvent> = {};
  if (input.subject !== undefined) changes.subject = input.subject ?? "";
  if (input.body) changes.bodyHtml = storedBody(input.body.content ?? "", input.body.contentType);
  if (input.start) changes.start = readTime(input.start, "start");
  if (input.end) changes.end = readTime(input.end, "end");
  if (input.attendees) changes.attendees = readAttendees(input.attendees, before.attendees);
  const place = input.location === undefined ? input.locations?.[0] : input.location;
  if (place !== undefined) changes.location = readLocation(place);
  if (input.recurrence !== undefined) changes.recurrence = readRecurrence(input.recurrence);
  for (const name of [
    "isAllDay",
    "showAs",
    "importance",
    "sensitivity",
    "categories",
    "isReminderOn",
    "reminderMinutesBeforeStart",
    "allowNewTimeProposals",
    "responseRequested",
    "hideAttendees",
  ] as const) {
    const value = input[name];
    if (value !== undefined && value !== null) Object.assign(changes, { [name]: value });
  }
  for (const property of input.singleValueExtendedProperties ?? []) {
    changes.extendedProperties = {
      ...before.extendedProperties,
      ...changes.extendedProperties,
      [property.id]: property.value,
    };
  }
  return changes;
}

function readLocation(given: z.infer<typeof location> | null): StoredEvent["location"] {
  const displayName = given?.displayName ?? "";
  return {
    displayName,
    locationType: given?.locationType ?? "default",
    ...(given?.locationUri ? { locationUri: given.locationUri } : {}),
    ...(displayName ? { uniqueId: displayName, uniqueIdType: "private" } : { uniqueIdType: "unknown" }),
  };
}

function readRecurrence(given: z.infer<typeof recurrence> | null): PatternedRecurrence | null {
  if (!given) return null;
  const { pattern, range } = given;
  if ((pattern.type === "weekly" || pattern.type.startsWith("relative")) && !pattern.daysOfWeek?.length) {
    throw invalidProperty("'daysOfWeek' is required for this recurrence pattern.");
  }
  if (range.type === "endDate" && !range.endDate)
    throw invalidProperty("'endDate' is required for this range.");
  if (range.type === "numbered" && !range.numberOfOccurrences) {
    throw invalidProperty("'numberOfOccurrences' is required for this range.");
  }
  // Boundary: the schema above is a narrower form of Microsoft's type.
  return given as PatternedRecurrence;
}
