/** The parts of Graph's answers that we read. Whatever else comes is left alone. */
import { z } from "zod";

/** `{"dateTime":"2027-03-01T08:00:00.0000000","timeZone":"UTC"}`: UTC unless another zone was asked for (dateTimeTimeZone). */
const utcDateTime = z
  .object({ dateTime: z.string(), timeZone: z.string().regex(/utc$/i) })
  .transform(({ dateTime }, ctx) => {
    const at = new Date(`${dateTime.replace(/Z$/, "").slice(0, 23)}Z`);
    if (!Number.isNaN(at.getTime())) return at;
    ctx.addIssue("is not a date and time");
    return z.NEVER;
  });

const extendedProperties = z.array(z.object({ id: z.string(), value: z.string() })).nullish();

export const eventSchema = z.object({
  id: z.string().min(1),
  iCalUId: z.string().nullish(),
  start: utcDateTime,
  end: utcDateTime,
  isAllDay: z.boolean().nullish(),
  isCancelled: z.boolean().nullish(),
  isOnlineMeeting: z.boolean().nullish(),
  onlineMeeting: z.object({ joinUrl: z.string().nullish() }).nullish(),
  hideAttendees: z.boolean().nullish(),
  attendees: z
    .array(
      z.object({
        type: z.string().nullish(),
        emailAddress: z.object({ address: z.string().nullish(), name: z.string().nullish() }).nullish(),
        status: z.object({ response: z.string().nullish() }).nullish(),
        proposedNewTime: z.object({ start: utcDateTime, end: utcDateTime }).nullish().catch(null),
      }),
    )
    .nullish(),
  singleValueExtendedProperties: extendedProperties,
});

export const eventListSchema = z.object({ value: z.array(eventSchema) });

export const ownEventSchema = z.object({
  isCancelled: z.boolean().nullish(),
  singleValueExtendedProperties: extendedProperties,
});

export const busyEventSchema = z.object({
  id: z.string(),
  start: utcDateTime,
  end: utcDateTime,
  isAllDay: z.boolean().nullish(),
  isCancelled: z.boolean().nullish(),
  /** An enumeration at Microsoft; a value it adds later counts as unknown, which blocks. */
  showAs: z.string().nullish(),
  responseStatus: z.object({ response: z.string().nullish() }).nullish(),
  singleValueExtendedProperties: extendedProperties,
});

export const busyPageSchema = z.object({
  value: z.array(busyEventSchema),
  "@odata.nextLink": z.string().nullish(),
});

/** An entry of a delta page or of a series: occurrences come with little more than their times (delta-query-events.md). */
export const seenEventSchema = z.object({
  id: z.string().min(1),
  type: z.string().nullish(),
  seriesMasterId: z.string().nullish(),
  start: utcDateTime,
  end: utcDateTime,
  isAllDay: z.boolean().nullish(),
  isCancelled: z.boolean().nullish(),
  showAs: z.string().nullish(),
  responseStatus: z.object({ response: z.string().nullish() }).nullish(),
});

const removedSchema = z.object({ id: z.string().min(1), "@removed": z.object({}) });

export const deltaPageSchema = z.object({
  value: z.array(z.union([removedSchema, seenEventSchema])),
  "@odata.nextLink": z.string().nullish(),
  "@odata.deltaLink": z.string().nullish(),
});

export const occurrencePageSchema = z.object({
  value: z.array(seenEventSchema),
  "@odata.nextLink": z.string().nullish(),
});

export const calendarListSchema = z.object({
  value: z.array(
    z.object({
      id: z.string().min(1),
      name: z.string().nullish(),
      hexColor: z.string().nullish(),
      isDefaultCalendar: z.boolean().nullish(),
      canEdit: z.boolean().nullish(),
      allowedOnlineMeetingProviders: z.array(z.string()).nullish(),
    }),
  ),
  "@odata.nextLink": z.string().nullish(),
});

export const profileSchema = z.object({
  mail: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
});

export const calendarSchema = z.object({
  allowedOnlineMeetingProviders: z.array(z.string()).nullish(),
  owner: z.object({ address: z.string().nullish() }).nullish(),
});

export const onlineMeetingSchema = z.object({
  id: z.string().min(1),
  lobbyBypassSettings: z.object({ scope: z.string().nullish() }).nullish(),
  allowedPresenters: z.string().nullish(),
  recordAutomatically: z.boolean().nullish(),
  allowTranscription: z.boolean().nullish(),
  allowMeetingChat: z.string().nullish(),
  isEntryExitAnnounced: z.boolean().nullish(),
});

export const onlineMeetingListSchema = z.object({ value: z.array(onlineMeetingSchema) });

/** Graph's error envelope; members may be missing and `code` may be empty. */
export const errorSchema = z.object({
  error: z.object({
    code: z.string().nullish(),
    message: z.string().nullish(),
    innerError: z.object({ "request-id": z.string().nullish() }).nullish(),
    "@event.existingEventId": z.string().nullish(),
  }),
});

export type GraphEvent = z.output<typeof eventSchema>;
export type GraphBusyEvent = z.output<typeof busyEventSchema>;
export type GraphOnlineMeeting = z.output<typeof onlineMeetingSchema>;
export type GraphSeenEvent = z.output<typeof seenEventSchema>;
