import type {
  Attendee,
  DateTimeTimeZone,
  Event,
  OnlineMeetingInfo,
  ResponseStatus,
} from "@microsoft/microsoft-graph-types";
import { plainText, previewOf } from "@/tests/emulator/graph/event-body";
import { type Instance, instanceId, wholeEvent } from "@/tests/emulator/graph/instances";
import type { Preferences } from "@/tests/emulator/graph/prefer";
import { sevenDecimals, timestamp, wallClock } from "@/tests/emulator/graph/time-zones";
import type { Account, StoredAttendee } from "@/tests/emulator/state";

/** An event as Graph answers it: Microsoft's type plus the annotations of OData. */
export type GraphEvent = Event & { "@odata.etag": string };

const NEVER = "0001-01-01T00:00:00Z";

export const EVENT_PROPERTIES = [
  "id",
  "createdDateTime",
  "lastModifiedDateTime",
  "changeKey",
  "categories",
  "transactionId",
  "originalStartTimeZone",
  "originalEndTimeZone",
  "iCalUId",
  "reminderMinutesBeforeStart",
  "isReminderOn",
  "hasAttachments",
  "subject",
  "bodyPreview",
  "importance",
  "sensitivity",
  "isAllDay",
  "isCancelled",
  "isOrganizer",
  "responseRequested",
  "seriesMasterId",
  "showAs",
  "type",
  "webLink",
  "onlineMeetingUrl",
  "isOnlineMeeting",
  "onlineMeetingProvider",
  "allowNewTimeProposals",
  "isDraft",
  "hideAttendees",
  "responseStatus",
  "body",
  "start",
  "end",
  "location",
  "locations",
  "recurrence",
  "attendees",
  "organizer",
  "onlineMeeting",
  "originalStart",
  "cancelledOccurrences",
] as const;

export function toGraphEvent(account: Account, one: Instance, prefer: Preferences): GraphEvent {
  const { event, series } = one;
  const id = instanceId(account, one, prefer.idKind);
  const isOnline = event.teams !== null;
  return {
    "@odata.etag": etagOf(one),
    id,
    createdDateTime: timestamp(event.createdAt),
    lastModifiedDateTime: timestamp(event.modifiedAt),
    changeKey: event.changeKey,
    categories: event.categories,
    ...(event.transactionId === null ? {} : { transactionId: event.transactionId }),
    originalStartTimeZone: event.start.timeZone,
    originalEndTimeZone: event.end.timeZone,
    iCalUId: event.iCalUId,
    reminderMinutesBeforeStart: event.reminderMinutesBeforeStart,
    isReminderOn: event.isReminderOn,
    hasAttachments: false,
    hideAttendees: event.hideAttendees,
    subject: event.subject,
    bodyPreview: previewOf(event.bodyHtml),
    importance: event.importance,
    sensitivity: event.sensitivity,
    isAllDay: event.isAllDay,
    isCancelled: event.isCancelled,
    isDraft: false,
    isOrganizer: event.foreignOrganizer === null,
    responseRequested: event.responseRequested,
    seriesMasterId: series ? instanceId(account, wholeEvent(series), prefer.idKind) : null,
    ...(one.originalAt === null
      ? {}
      : { originalStart: new Date(one.originalAt).toISOString().replace(".000Z", "Z") }),
    showAs: event.showAs,
    type: one.type,
    webLink: `https://outlook.office365.com/owa/?itemid=${encodeURIComponent(id)}&exvsurl=1&path=/calendar/item`,
    onlineMeetingUrl: null,
    isOnlineMeeting: isOnline,
    onlineMeetingProvider: isOnline ? "teamsForBusiness" : account.kind === "personal" ? null : "unknown",
    allowNewTimeProposals: event.allowNewTimeProposals,
    recurrence: one.type === "seriesMaster" ? event.recurrence : null,
    responseStatus: responseStatus(one),
    body:
      prefer.bodyType === "text"
        ? { contentType: "text", content: plainText(event.bodyHtml) }
        : { contentType: "html", content: event.bodyHtml },
    start: clock(one, one.startAt, prefer.timeZone),
    end: clock(one, one.endAt, prefer.timeZone),
    location: { ...event.location, address: {}, coordinates: {} },
    locations: event.location.displayName ? [event.location] : [],
    attendees: event.attendees.map((attendee) => toAttendee(attendee)),
    organizer: { emailAddress: event.foreignOrganizer ?? { name: account.name, address: account.email } },
    onlineMeeting: onlineMeeting(one),
  };
}

export function etagOf(one: Instance): string {
  return `W/"${one.event.changeKey}"`;
}

/** Times come back in UTC unless a zone is preferred; an all-day event is midnight in whatever zone is asked for. */
export function clock(one: Instance, at: number, timeZone: string | null): DateTimeTimeZone {
  const zone = timeZone ?? "UTC";
  return { dateTime: sevenDecimals(wallClock(at, one.event.isAllDay ? "UTC" : zone)), timeZone: zone };
}

function onlineMeeting(one: Instance): OnlineMeetingInfo | null {
  const { teams } = one.event;
  if (!teams || teams.hiddenReads > 0) return null;
  return { joinUrl: teams.joinUrl, conferenceId: teams.conferenceId, tollNumber: "+1 555-0100" };
}

function responseStatus(one: Instance): ResponseStatus {
  const { ownResponse, foreignOrganizer } = one.event;
  if (!foreignOrganizer) return { response: "organizer", time: NEVER };
  if (!ownResponse) return { response: "notResponded", time: NEVER };
  return { response: ownResponse.response, time: timestamp(ownResponse.at) };
}

function toAttendee(attendee: StoredAttendee): Attendee {
  const time = (at: number) => ({ dateTime: sevenDecimals(wallClock(at, "UTC")), timeZone: "UTC" });
  return {
    type: attendee.type,
    status: {
      response: attendee.response,
      time: attendee.respondedAt === null ? NEVER : timestamp(attendee.respondedAt),
    },
    emailAddress: { name: attendee.name, address: attendee.address },
    ...(attendee.proposedNewTime
      ? {
          proposedNewTime: {
            start: time(attendee.proposedNewTime.startAt),
            end: time(attendee.proposedNewTime.endAt),
          },
        }
      : {}),
  };
}
