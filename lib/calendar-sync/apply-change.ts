/** What a change in the calendar does to the bookings, within the caller's transaction and under the organizer's lock. */

import { freeTimeIfUnused, moveClaim } from "@/lib/booking/time-claim";
import { type ComparedMeeting, idsOf } from "@/lib/calendar-sync/compared-meeting";
import type { Tx } from "@/lib/database/client";
import { note } from "@/lib/flight-recorder/flight-recorder";
import { enqueue } from "@/lib/jobs/queue";
import { meetingSync } from "@/lib/meetings/jobs";
import { newGeneration, withoutEvent } from "@/lib/meetings/meeting-outcome";
import { retireLater } from "@/lib/meetings/retired-events";
import { notificationColumns, withdrawReminders } from "@/lib/notices/announce";
import { announceBeginning, announceBooking } from "@/lib/webhooks/announce";

interface NewTime {
  startsAt: Date;
  endsAt: Date;
  by: "calendar" | "organizer";
  /** Epoch milliseconds. */
  now: number;
}

/**
 * Moves a meeting with all its bookings; their visitors are notified. By `calendar` the event is there already; otherwise it
 * follows by job. The database refuses a time that is taken (`isOverlap`), and with it the whole transaction.
 */
export async function moveMeeting(tx: Tx, meeting: ComparedMeeting, to: NewTime): Promise<void> {
  const { startsAt, endsAt, by, now } = to;
  const isInCalendar = by === "calendar";
  await announceBeginnings(tx, meeting);
  await tx.meeting.update({
    where: { id: meeting.id },
    data: {
      startsAt,
      endsAt,
      ...(isInCalendar ? { calendarStartsAt: startsAt, calendarEndsAt: endsAt } : {}),
    },
    select: { id: true },
  });
  await moveClaim(tx, meeting.id, { start: startsAt.getTime(), end: endsAt.getTime() });
  for (const { id, ownerId, decideBy, status } of meeting.bookings) {
    const soonest = status === "pending" && decideBy && decideBy > startsAt ? { decideBy: startsAt } : {};
    await tx.booking.update({
      where: { id },
      data: {
        startsAt,
        endsAt,
        rescheduleCount: { increment: 1 },
        ...soonest,
        ...notificationColumns({ by, now }),
      },
      select: { id: true },
    });
    await withdrawReminders(tx, id);
    const moved = { ownerId, bookingId: id, event: "booking.rescheduled" } as const;
    await announceBooking(tx, { ...moved, previous: meeting });
  }
  await note(tx, idsOf(meeting), { step: "rescheduled", outcome: "ok", facts: { by } });
  if (!isInCalendar) await enqueue(tx, meetingSync, { meetingId: meeting.id }, { priority: 10 });
}

/** Cancels the bookings of a meeting whose event was taken out of the calendar; their visitors are notified. */
export async function cancelByCalendar(tx: Tx, meeting: ComparedMeeting, now: number): Promise<void> {
  const ids = idsOf(meeting);
  await announceBeginnings(tx, meeting);
  await tx.booking.updateMany({
    where: { id: { in: ids } },
    data: {
      status: "cancelled",
      cancelledAt: new Date(now),
      cancelledBy: "calendar",
      cancelReason: null,
      ...notificationColumns({ by: "calendar", now }),
    },
  });
  const { iCalUId: _, ...gone } = withoutEvent;
  await tx.meeting.update({
    where: { id: meeting.id },
    data: { ...gone, status: "none", problem: null, attempts: 0 },
    select: { id: true },
  });
  await freeTimeIfUnused(tx, meeting.id);
  await note(tx, ids, { step: "cancelled", outcome: "ok", facts: { by: "calendar" } });
  for (const { id, ownerId } of meeting.bookings) {
    await withdrawReminders(tx, id);
    await announceBooking(tx, { ownerId, bookingId: id, event: "booking.cancelled" });
  }
}

async function announceBeginnings(tx: Tx, { bookings }: ComparedMeeting): Promise<void> {
  for (const booking of bookings) await announceBeginning(tx, booking);
}

/** Has a meeting's event created again, with a new link. The old event is removed unless it is known to be gone. */
export async function makeEventAnew(
  tx: Tx,
  meeting: ComparedMeeting,
  { isGone = false } = {},
): Promise<void> {
  const { id, kind, calendarEventId: eventId, iCalUId, startsAt, endsAt } = meeting;
  if (eventId && !isGone) {
    const at = {
      startsAt: meeting.calendarStartsAt ?? startsAt,
      endsAt: meeting.calendarEndsAt ?? endsAt,
    };
    await retireLater(tx, meeting, { eventId, iCalUId, ...at });
  }
  await tx.meeting.update({
    where: { id },
    data: { ...newGeneration(kind), problem: null, attempts: 0 },
    select: { id: true },
  });
  await enqueue(tx, meetingSync, { meetingId: id }, { priority: 10 });
}
