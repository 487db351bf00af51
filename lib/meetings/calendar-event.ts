import { maxAttendees } from "@/lib/booking-record/guest-limit";
import { guestsToInvite } from "@/lib/booking-record/guests";
import { inLanguage, readTranslations } from "@/lib/booking-record/own-words";
import { zoneOf } from "@/lib/booking-record/zone";
import { plainNameOf } from "@/lib/format/clean-name";
import { renderSubject } from "@/lib/format/subject";
import { type Locale, localeOf } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { addressKey } from "@/lib/input/addresses";
import type { Attendee, CalendarEventInput, EventRoom } from "@/lib/meetings/calendar-port";
import { describeEvent } from "@/lib/meetings/calendar-text";
import { isShared, type LeasedMeeting } from "@/lib/meetings/meeting-lease";

/** What the calendar event of a meeting should be, for the bookings that attend it (at least one). */
export function calendarEventOf(
  meeting: LeasedMeeting,
  bookings: LeasedMeeting["bookings"],
): CalendarEventInput {
  const { eventType } = meeting;
  const shared = isShared(meeting);
  const first = bookings[0];
  // Anyone who was erased is invited to nothing, and named nowhere.
  const known = bookings.filter(({ erasedAt }) => erasedAt === null);
  const invited =
    meeting.invitations === "outlook" ? known.filter((booking) => booking.inviteUid === null) : [];
  // Outlook sends it on to the one visitor it invites; otherwise only the organizer reads it.
  const [only] = shared ? [] : invited;
  const locale = localeOf(only?.visitorLocale ?? meeting.host.locale);
  const words = translator("booking", locale);
  const written = writtenIn(locale, eventType);
  // Outlook sends it to guests too, who have asked for nothing.
  const nameOf = invited.length > 0 ? plainNameOf : ({ visitorName }: { visitorName: string }) => visitorName;
  const title = only?.visitorTitle ?? titleOf(first?.title, eventType, written);
  return {
    meetingId: meeting.id,
    generation: meeting.generation,
    subject: renderSubject(meeting.subjectTemplate, {
      name: meeting.host.name,
      title,
      visitor: shared || !first ? title : nameOf(first),
    }),
    descriptionHtml: describeEvent({
      description: written.description,
      // No one else is in an event that invites no one: who comes is written into it, unless that may still change.
      answers:
        meeting.invitations === "outlook" || shared
          ? []
          : known.map(({ visitorName, visitorEmail }) => ({
              label: words("visitorInCalendar"),
              answer: `${visitorName}, ${visitorEmail}`,
            })),
      closing: invited.length > 0 ? words("changeFromCalendar") : null,
    }),
    startsAt: meeting.startsAt,
    endsAt: meeting.endsAt,
    timeZone: zoneOf(meeting, meeting.host),
    // Anyone who has a place goes before guests: seats may have been added after the guests had come.
    attendees: onceEach([
      ...meeting.rooms.map(({ room: { name, email } }) => ({ name, email, role: "resource" })),
      ...coHostsOf(meeting, bookings),
      ...invited.map((booking) => ({ email: booking.visitorEmail, name: plainNameOf(booking) })),
      ...invited.flatMap((booking) =>
        guestsToInvite(booking, meeting.host).map((email) => ({ email, name: email })),
      ),
    ]).slice(0, maxAttendees),
    hideAttendees: shared,
    // What one of several proposes can't move the others.
    allowsProposals: invited.length > 0 && !shared && eventType?.outlookChanges !== "ignore",
    online: meeting.kind === "teams",
    place: placeOf(meeting),
    rooms: roomsOf(meeting),
  };
}

/** Title and description of the event type in a language. */
function writtenIn(locale: Locale, eventType: LeasedMeeting["eventType"]) {
  if (!eventType) return { title: "", description: "" };
  const translations = readTranslations(eventType.translations, eventType.id);
  return inLanguage({ ...eventType, questions: [], translations }, locale);
}

/** A booking keeps the title that it was made under: only that of an event type that has not been renamed since is said in a language. */
function titleOf(
  booked: string | undefined,
  eventType: LeasedMeeting["eventType"],
  written: { title: string },
): string {
  return booked === undefined || booked === eventType?.title ? written.title : booked;
}

/** Where it takes place as one line: in rooms, whose names are all that Outlook may have there, or where its organizer says. */
export function placeOf({ rooms, place }: Pick<LeasedMeeting, "rooms" | "place">): string | null {
  const names = roomsOf({ rooms }).map(({ name }) => name);
  return names.length > 0 ? names.join("; ") : place;
}

/** The rooms that are places, each as Outlook knows it. */
export function roomsOf({ rooms }: Pick<LeasedMeeting, "rooms">): EventRoom[] {
  return rooms.flatMap(({ room: { kind, name, email } }) => (kind === "room" ? [{ name, email }] : []));
}

/** The hosts whose calendar the event is not in: they get it as an invitation, at the address of their own calendar. */
function coHostsOf({ hostId }: LeasedMeeting, [first]: LeasedMeeting["bookings"]): Attendee[] {
  const others = (first?.hosts ?? []).filter(({ user }) => user.id !== hostId);
  return others.map(({ user: { name, email, connections } }) => ({
    name,
    email: connections[0]?.accountEmail || email,
  }));
}

/** Two places may be one person's. */
function onceEach(attendees: Attendee[]): Attendee[] {
  const known = new Map(attendees.toReversed().map((one) => [addressKey(one.email), one]));
  return attendees.filter((one) => known.get(addressKey(one.email)) === one);
}
