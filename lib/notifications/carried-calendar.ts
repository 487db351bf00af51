/** The calendar entry that goes along with a mail about a booking, where Bellhop is the one who invites. */
import type { CalendarEntry } from "@/lib/calendar-links/entry";
import { writeIcs } from "@/lib/calendar-links/ics";
import { writeInvitation } from "@/lib/calendar-links/invitation";
import { env } from "@/lib/config/env";
import { plainNameOf } from "@/lib/format/clean-name";
import { renderSubject } from "@/lib/format/subject";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import {
  bellhopInvites,
  guestsOf,
  hasCalendar,
  type MailedBooking,
} from "@/lib/notifications/mailed-booking";
import type { MailContent } from "@/lib/outbox/outbox";

export interface Carried {
  calendar: NonNullable<MailContent["calendar"]> | null;
  /** The UID it carries, for the first invitation and all that follow. */
  uid: string | null;
}

interface Place {
  /** The language of those who get the entry. */
  locale: Locale;
  joinPage: string;
  isOnline: boolean;
  organizerZone: string;
}

const none: Carried = { calendar: null, uid: null };
const carriers = ["confirmed", "link_ready", "rescheduled", "handed_over", "cancelled", "declined"];

/**
 * The invitation that goes with a mail to the visitor and their guests: a request, or its cancellation for people who were invited
 * before. It has the UID of the organizer's event, for good. An event that is still to be made is waited for, unless the
 * meeting has a place already.
 */
export function carriedCalendar(booking: MailedBooking, kind: string, place: Place): Carried {
  if (!carriers.includes(kind) || !bellhopInvites(booking)) return none;
  // Declined after it had been approved for another time: the visitor's calendar still has that one.
  const isCancel = kind === "cancelled" || kind === "declined";
  if (isCancel && booking.inviteUid === null) return none;
  const uid = uidOf(booking);
  if (uid === null) return none;
  const { owner, brand, visitorEmail } = booking;
  const visitor = plainNameOf(booking);
  const method = isCancel ? "CANCEL" : "REQUEST";
  const ics = writeInvitation(
    {
      method,
      entry: { ...entryOf(booking, place, visitor), uid, sequence: sequenceOf(booking) },
      organizer: { name: brand.name, email: owner.connections[0]?.accountEmail || owner.email },
      attendees: [
        { name: visitor, email: visitorEmail },
        ...guestsOf(booking).map((email) => ({ name: email, email })),
      ],
      timeZone: place.organizerZone,
    },
    new Date(),
  );
  return { calendar: { method, ics }, uid };
}

/** For an organizer without a connected calendar: their own entry, since nothing else writes one. */
export function organizersEntry(
  booking: MailedBooking,
  kind: string,
  place: Place,
): NonNullable<MailContent["calendar"]> | null {
  if (hasCalendar(booking) || kind === "organizer_request" || kind === "organizer_expired") return null;
  const entry: CalendarEntry = {
    ...entryOf(booking, place, booking.visitorName),
    description: withVisitor(booking, place),
    uid: booking.inviteUid ?? ownUid(booking),
    sequence: sequenceOf(booking),
    status: kind === "organizer_cancelled" ? "cancelled" : "confirmed",
    organizer: { name: booking.owner.name, url: `${env().APP_URL}/${booking.owner.handle}` },
  };
  return { method: "PUBLISH", ics: writeIcs(entry, new Date()) };
}

/** The subject is the same for everyone: in their own calendar the organizer finds here who comes. */
function withVisitor({ visitorName, visitorEmail }: MailedBooking, { joinPage, locale }: Place): string {
  const words = translator("booking", locale);
  const visitor = translator("common", locale)("named", {
    name: words("visitorInCalendar"),
    value: `${visitorName}, ${visitorEmail}`,
  });
  return `${visitor}\n${words("visit.calendarDescription", { url: joinPage })}`;
}

/** Rises with each move, each handover and with the cancellation. */
function sequenceOf({ rescheduleCount, handoverCount, status }: MailedBooking): number {
  return rescheduleCount + handoverCount + (status === "cancelled" || status === "declined" ? 1 : 0);
}

/** Null: the organizer's event, whose UID it should have, is not there yet. */
function uidOf(booking: MailedBooking): string | null {
  const { inviteUid, meeting } = booking;
  if (inviteUid ?? meeting.iCalUId) return inviteUid ?? meeting.iCalUId;
  const isAwaited = hasCalendar(booking) && meeting.kind === "teams";
  return isAwaited ? null : ownUid(booking);
}

function ownUid({ id }: MailedBooking): string {
  return `${id}@${new URL(env().APP_URL).hostname}`;
}

function entryOf(booking: MailedBooking, { joinPage, isOnline, locale }: Place, visitor: string) {
  const words = translator("booking", locale);
  return {
    title: renderSubject(booking.meeting.subjectTemplate, {
      name: booking.owner.name,
      title: booking.title,
      visitor,
    }),
    description: words("visit.calendarDescription", { url: joinPage }),
    location: isOnline ? joinPage : (booking.meeting.place ?? ""),
    url: joinPage,
    startsAt: booking.startsAt,
    endsAt: booking.endsAt,
  };
}
