/** Writes invitations that go by mail (RFC 5546, RFC 6047). PURE. */
import type { CalendarEntry } from "@/lib/calendar-links/entry";
import { escapeText, fold, quoteParameter, utc } from "@/lib/calendar-links/ics";
import { type TimeZoneBlock, timeZoneBlock } from "@/lib/calendar-links/vtimezone";
import { wallTime } from "@/lib/slot-engine/zone";

interface Person {
  name: string;
  email: string;
}

export interface Invitation {
  /** REQUEST invites, and changes what an earlier one said; CANCEL takes it back. */
  method: "REQUEST" | "CANCEL";
  entry: Omit<CalendarEntry, "organizer" | "status">;
  organizer: Person;
  attendees: Person[];
  /** IANA zone of the organizer, in which the times are written. */
  timeZone: string;
}

/**
 * The invitation as Outlook, Gmail and Apple Calendar take it: one event, whose organizer and attendees are mail addresses,
 * with the rules of its zone. `writtenAt` is when the file is made.
 */
export function writeInvitation(invitation: Invitation, writtenAt: Date): string {
  const { method, entry, organizer, attendees, timeZone } = invitation;
  const zone = timeZoneBlock(timeZone, [entry.startsAt.getTime(), entry.endsAt.getTime()]);
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Bellhop//Booking//EN",
    "CALSCALE:GREGORIAN",
    `METHOD:${method}`,
    ...(zone?.lines ?? []),
    "BEGIN:VEVENT",
    `UID:${escapeText(entry.uid)}`,
    `SEQUENCE:${entry.sequence}`,
    `DTSTAMP:${utc(writtenAt)}`,
    `DTSTART${local(entry.startsAt, zone, timeZone)}`,
    `DTEND${local(entry.endsAt, zone, timeZone)}`,
    `SUMMARY:${escapeText(entry.title)}`,
    ...(entry.description ? [`DESCRIPTION:${escapeText(entry.description)}`] : []),
    ...(entry.location ? [`LOCATION:${escapeText(entry.location)}`] : []),
    `URL:${entry.url}`,
    `ORGANIZER;CN=${quoteParameter(organizer.name)}:mailto:${organizer.email}`,
    ...attendees.map(toAttendee),
    `STATUS:${method === "CANCEL" ? "CANCELLED" : "CONFIRMED"}`,
    "CLASS:PUBLIC",
    "TRANSP:OPAQUE",
    "X-MICROSOFT-CDO-BUSYSTATUS:BUSY",
    "X-MICROSOFT-DISALLOW-COUNTER:TRUE",
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join("");
}

/** Asking for an answer is what makes mail programs offer to put it into the calendar. */
function toAttendee({ name, email }: Person): string {
  const role = "CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE";
  return `ATTENDEE;${role};CN=${quoteParameter(name)}:mailto:${email}`;
}

function local(at: Date, zone: TimeZoneBlock | null, timeZone: string): string {
  if (!zone) return `:${utc(at)}`;
  const { date, time } = wallTime(at.getTime(), timeZone);
  const seconds = at.toISOString().slice(17, 19);
  return `;TZID=${zone.tzid}:${date.replaceAll("-", "")}T${time.replace(":", "")}${seconds}`;
}
