import { joinPageUrl } from "@/lib/booking-record/links";
import { meetingWayOf } from "@/lib/booking-record/meeting-way";
import type { BookingView } from "@/lib/booking-record/queries";
import { brandOf } from "@/lib/brand/read";
import type { CalendarEntry } from "@/lib/calendar-links/entry";
import { env } from "@/lib/config/env";
import { renderSubject } from "@/lib/format/subject";
import { localeOf } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";

const statuses = {
  pending: "tentative",
  confirmed: "confirmed",
  declined: "cancelled",
  cancelled: "cancelled",
} as const;

/**
 * A booking for the visitor's own calendar. It has the uid of the organizer's event, so that a calendar that was invited to
 * that one keeps one entry; and it carries the join page, never the visitor's own link, since calendars are shared.
 */
export function toCalendarEntry(booking: BookingView): CalendarEntry {
  const words = translator("booking", localeOf(booking.visitor.locale));
  const { id, organizer, meeting, status } = booking;
  const site = env().APP_URL;
  const joinPage = joinPageUrl(booking.joinToken);
  const isOnline = meetingWayOf(meeting) === "online";
  return {
    uid: meeting.iCalUId ?? `${id}@${new URL(site).hostname}`,
    sequence: booking.rescheduleCount + (statuses[status] === "cancelled" ? 1 : 0),
    status: statuses[status],
    title: renderSubject(meeting.subjectTemplate, {
      name: organizer.name,
      title: booking.title,
      visitor: booking.visitor.name,
    }),
    description: words("visit.calendarDescription", { url: joinPage }),
    location: isOnline ? joinPage : (meeting.place ?? ""),
    url: joinPage,
    organizer: { name: organizer.name, url: `${site}/${organizer.handle}` },
    startsAt: booking.startsAt,
    endsAt: booking.endsAt,
  };
}

/** The same under the name of whoever's brand it is: the team's, or the organizer's. */
export async function toBrandedEntry(booking: BookingView): Promise<CalendarEntry> {
  const { name, handle } = booking.team ?? booking.organizer;
  const brand = await brandOf(handle, name);
  return {
    ...toCalendarEntry(booking),
    organizer: { name: brand.name, url: `${env().APP_URL}/${handle}` },
  };
}
