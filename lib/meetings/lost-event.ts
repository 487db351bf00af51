import type { LostEvent } from "@/lib/meetings/calendar-port";
import { listKnownCalendars } from "@/lib/meetings/known-calendars";
import { calendarOwnerOf } from "@/lib/meetings/meeting-mailbox";

interface Sought {
  id: string;
  hostId: string;
  calendarOwnerId: string | null;
  startsAt: Date;
  endsAt: Date;
  calendarEventId: string | null;
  calendarMailbox: string | null;
  sharedCalendar: string | null;
  connection: { userId: string } | null;
  iCalUId: string | null;
  calendarStartsAt: Date | null;
  calendarEndsAt: Date | null;
  retired: { eventId: string }[];
}

/** What is known of a meeting's event, for the second look. `seen`: where it was when it was last read. */
export async function lostEventOf(
  meeting: Sought,
  seen: { startsAt: Date; endsAt: Date } | null = null,
): Promise<LostEvent> {
  const { calendarStartsAt, calendarEndsAt } = meeting;
  const written =
    calendarStartsAt && calendarEndsAt ? { startsAt: calendarStartsAt, endsAt: calendarEndsAt } : meeting;
  const { startsAt, endsAt } = seen ?? written;
  return {
    eventId: meeting.calendarEventId,
    iCalUId: meeting.iCalUId,
    meetingId: meeting.id,
    startsAt,
    endsAt,
    calendars: await listKnownCalendars(
      calendarOwnerOf(meeting),
      meeting.calendarMailbox,
      meeting.sharedCalendar,
    ),
    others: meeting.retired.map(({ eventId }) => eventId),
  };
}
