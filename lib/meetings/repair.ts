import { inHandsOf } from "@/lib/auth/booking-access";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { db } from "@/lib/database/client";
import { Prisma } from "@/lib/database/generated/client";
import { note } from "@/lib/flight-recorder/flight-recorder";
import { isId } from "@/lib/input/id";
import { enqueue } from "@/lib/jobs/queue";
import { eventRetire, meetingSync } from "@/lib/meetings/jobs";
import {
  type OptionsOutcome,
  optionsToSet,
  readMeetingOptions,
  readOptionsOutcome,
} from "@/lib/meetings/options";
import { err, ok, type Result } from "@/lib/result";

export type RepairRefusal =
  | { code: "not_found" }
  /** The appointment has ended: its calendar event is left as it is. */
  | { code: "over" };

interface Repair {
  bookingId: string;
  /** The organizer who asks; another's booking is not found. */
  scope: OwnerScope;
  now?: number;
}

/**
 * Has the calendar event of a booking checked and corrected immediately; its Teams meeting gets the options that the event
 * type has now. Asking twice does no harm.
 */
export async function repairMeeting(repair: Repair): Promise<Result<{ id: string }, RepairRefusal>> {
  const { bookingId, scope, now = Date.now() } = repair;
  if (!isId(bookingId)) return err("not_found");
  return db().$transaction(async (tx) => {
    const booking = await tx.booking.findFirst({
      where: { id: bookingId, ...inHandsOf(scope) },
      select: {
        id: true,
        meetingId: true,
        endsAt: true,
        meeting: { select: { kind: true, options: true, optionsOutcome: true } },
        eventType: { select: { id: true, meetingOptions: true } },
      },
    });
    if (!booking) return err("not_found");
    if (booking.endsAt.getTime() <= now) return err("over");
    const { eventType, meeting, meetingId } = booking;
    const isSet = meeting.options !== null;
    const asked = eventType && readMeetingOptions(eventType.meetingOptions, eventType.id);
    const options = asked && optionsToSet(meeting.kind, asked, isSet);
    const optionsOutcome = toLookAtAgain(readOptionsOutcome(meeting.optionsOutcome, meetingId));
    await tx.meeting.update({
      where: { id: meetingId },
      data: { optionsOutcome, ...(options ? { options: { ...options } } : {}) },
    });
    await note(tx, [booking.id], { step: "repair_requested", outcome: "waiting" });
    await enqueue(tx, meetingSync, { meetingId }, { priority: 10 });
    const retired = await tx.retiredEvent.findMany({ where: { meetingId }, select: { id: true } });
    for (const { id } of retired) await enqueue(tx, eventRetire, { retiredId: id }, { priority: 10 });
    return ok({ id: booking.id });
  });
}

/** What was set is looked at anew. Who was given a role is kept in mind, so that it can be taken from whom the event type names no more. */
function toLookAtAgain(before: OptionsOutcome | null) {
  if (!before) return Prisma.DbNull;
  const { coOrganizers, former } = before;
  return { state: "waiting", tries: 0, coOrganizers, former, untaken: [] } satisfies OptionsOutcome;
}
