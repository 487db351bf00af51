/** The parts of Graph's answers that we read. Whatever else comes is left alone. */
import { z } from "zod";
import { ianaZoneOf } from "@/lib/meetings/teams/zone-name";
import { instantOfWallTime } from "@/lib/slot-engine/zone";

/**
 * `{"dateTime":"2027-03-01T08:00:00.0000000","timeZone":"UTC"}` (dateTimeTimeZone). Graph answers in UTC unless it is asked for
 * another zone, and gives hours of work in the mailbox's own: an IANA name, or Windows' name of it.
 */
const timeInZone = z
  .object({ dateTime: z.string(), timeZone: z.string() })
  .transform(({ dateTime, timeZone: name }, ctx) => {
    const wall = new Date(`${dateTime.replace(/Z$/, "").slice(0, 23)}Z`);
    if (Number.isNaN(wall.getTime())) {
      ctx.addIssue("is not a date and time");
      return z.NEVER;
    }
    // Nearly all of them.
    if (/(^|\/)utc$/i.test(name)) return { at: wall, timeZone: null };
    const timeZone = ianaZoneOf(name);
    if (timeZone) return { at: inZone(wall, timeZone), timeZone };
    ctx.addIssue("has a time zone that is neither UTC nor a name of IANA or Windows");
    return z.NEVER;
  });

const instant = timeInZone.transform(({ at }) => at);

function inZone(wall: Date, timeZone: string): Date {
  const text = wall.toISOString();
  const minute = instantOfWallTime(text.slice(0, 10), text.slice(11, 16), timeZone);
  return new Date(minute + (wall.getTime() % 60_000));
}

const extendedProperties = z.array(z.object({ id: z.string(), value: z.string() })).nullish();

export const eventSchema = z.object({
  id: z.string().min(1),
  iCalUId: z.string().nullish(),
  start: instant,
  end: instant,
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
        proposedNewTime: z.object({ start: instant, end: instant }).nullish().catch(null),
      }),
    )
    .nullish(),
  singleValueExtendedProperties: extendedProperties,
});

/** All that is needed of an event which was made just now: by its id the rest can be read. */
export const createdEventSchema = eventSchema.pick({ id: true });

export const eventListSchema = z.object({ value: z.array(eventSchema) });

/** Free and busy times of people and rooms. An address that is none has an error of its own. */
export const scheduleListSchema = z.object({
  value: z.array(
    z.object({
      scheduleId: z.string().nullish(),
      scheduleItems: z
        .array(z.object({ status: z.string().nullish(), start: instant, end: instant }))
        .nullish(),
      error: z.object({ responseCode: z.string().nullish() }).nullish(),
    }),
  ),
});

/** When somebody works, where, and when they are off (workPlanOccurrence). */
export const workTimesSchema = z.object({
  value: z.array(z.object({ start: timeInZone, end: timeInZone, workLocationType: z.string().nullish() })),
  "@odata.nextLink": z.string().nullish(),
});

export const busyEventSchema = z.object({
  id: z.string(),
  iCalUId: z.string().nullish(),
  start: instant,
  end: instant,
  isAllDay: z.boolean().nullish(),
  isCancelled: z.boolean().nullish(),
  /** An enumeration at Microsoft; a value it adds later counts as unknown, which blocks. */
  showAs: z.string().nullish(),
  responseStatus: z.object({ response: z.string().nullish() }).nullish(),
  singleValueExtendedProperties: extendedProperties,
});

export const viewIdsSchema = z.object({
  value: z.array(
    z.object({ id: z.string(), iCalUId: z.string().nullish(), isCancelled: z.boolean().nullish() }),
  ),
  "@odata.nextLink": z.string().nullish(),
});

export const calendarIdsSchema = z.object({
  value: z.array(z.object({ id: z.string() })),
  "@odata.nextLink": z.string().nullish(),
});

export const busyPageSchema = z.object({
  value: z.array(busyEventSchema),
  "@odata.nextLink": z.string().nullish(),
});

/** An entry of a delta page or of a series: occurrences come with little more than their times (delta-query-events.md). */
export const seenEventSchema = z.object({
  id: z.string().min(1),
  iCalUId: z.string().nullish(),
  type: z.string().nullish(),
  seriesMasterId: z.string().nullish(),
  start: instant,
  end: instant,
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
      owner: z.object({ address: z.string().nullish() }).nullish(),
    }),
  ),
  "@odata.nextLink": z.string().nullish(),
});

export const sharedCalendarSchema = z.object({
  hexColor: z.string().nullish(),
  canEdit: z.boolean().nullish(),
  allowedOnlineMeetingProviders: z.array(z.string()).nullish(),
  owner: z.object({ name: z.string().nullish(), address: z.string().nullish() }).nullish(),
});

export const profileSchema = z.object({
  mail: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
});

export const calendarSchema = z.object({
  allowedOnlineMeetingProviders: z.array(z.string()).nullish(),
  owner: z.object({ address: z.string().nullish() }).nullish(),
});

/** Whether Teams meetings can be made in a calendar. PURE. */
export function offersTeams(calendar: z.output<typeof calendarSchema> | null): boolean {
  return calendar?.allowedOnlineMeetingProviders?.includes("teamsForBusiness") === true;
}

const participantSchema = z.looseObject({
  upn: z.string().nullish(),
  role: z.string().nullish(),
  identity: z.looseObject({ user: z.looseObject({ id: z.string().nullish() }).nullish() }).nullish(),
});

export const onlineMeetingSchema = z.object({
  id: z.string().min(1),
  lobbyBypassSettings: z.object({ scope: z.string().nullish() }).nullish(),
  allowedPresenters: z.string().nullish(),
  recordAutomatically: z.boolean().nullish(),
  allowTranscription: z.boolean().nullish(),
  allowMeetingChat: z.string().nullish(),
  isEntryExitAnnounced: z.boolean().nullish(),
  allowAttendeeToEnableMic: z.boolean().nullish(),
  allowAttendeeToEnableCamera: z.boolean().nullish(),
  meetingSpokenLanguageTag: z.string().nullish(),
  participants: z.object({ attendees: z.array(participantSchema).nullish() }).nullish(),
});

const text = z.string().nullish();

const placeSchema = z.object({
  displayName: text,
  emailAddress: text,
  capacity: z.number().nullish(),
  building: text,
  tags: z.array(z.string()).nullish(),
  audioDeviceName: text,
  videoDeviceName: text,
  displayDeviceName: text,
});

export type GraphRoom = z.output<typeof placeSchema>;

export const placesSchema = z.object({ value: z.array(placeSchema), "@odata.nextLink": text });

export const mailboxSettingsSchema = z.object({
  timeZone: z.string().nullish(),
  language: z.object({ locale: z.string().nullish() }).nullish(),
  automaticRepliesSetting: z
    .object({
      status: z.string().nullish(),
      scheduledStartDateTime: instant.nullish(),
      scheduledEndDateTime: instant.nullish(),
    })
    .nullish(),
});

export type GraphMailboxSettings = z.output<typeof mailboxSettingsSchema>;

export const presenceSchema = z.object({ availability: z.string().nullish() });

export const presencesSchema = z.object({ value: z.array(presenceSchema) });

const instantText = z
  .string()
  .nullish()
  .transform((text) => (text && !Number.isNaN(Date.parse(text)) ? new Date(text) : null));

/** A list of attendance reports names no one: `attendanceRecords` is empty in it. */
export const attendanceReportListSchema = z.object({
  value: z.array(
    z.object({ id: z.string().min(1), meetingStartDateTime: instantText, meetingEndDateTime: instantText }),
  ),
  "@odata.nextLink": z.string().nullish(),
});

const attendanceRecordSchema = z.object({
  emailAddress: z.string().nullish(),
  identity: z.looseObject({ id: z.string().nullish() }).nullish(),
  role: z.string().nullish(),
  attendanceIntervals: z.array(z.object({ joinDateTime: instantText, leaveDateTime: instantText })).nullish(),
});

export const attendanceReportSchema = z.object({
  attendanceRecords: z.array(attendanceRecordSchema).nullish(),
  "attendanceRecords@odata.nextLink": z.string().nullish(),
});

export const onlineMeetingListSchema = z.object({ value: z.array(onlineMeetingSchema) });

const optionalText = z.string().nullish().catch(null);

/** Graph's error envelope; members may be missing or of another form, and `code` may be empty. */
export const errorSchema = z.object({
  error: z.object({
    code: optionalText,
    message: optionalText,
    innerError: z.object({ "request-id": optionalText }).nullish().catch(null),
    "@event.existingEventId": optionalText,
  }),
});

export type GraphEvent = z.output<typeof eventSchema>;
export type GraphBusyEvent = z.output<typeof busyEventSchema>;
export type GraphOnlineMeeting = z.output<typeof onlineMeetingSchema>;
export type GraphParticipant = z.output<typeof participantSchema>;
export type GraphAttendanceRecord = z.output<typeof attendanceRecordSchema>;
export type GraphSeenEvent = z.output<typeof seenEventSchema>;
