import { note } from "@/lib/booking/flight-recorder";
import { meetingSync } from "@/lib/booking/jobs";
import { db } from "@/lib/database/client";
import { isId } from "@/lib/input/id";
import { enqueue } from "@/lib/jobs/queue";
import { err, ok, type Result } from "@/lib/result";

export type RepairRefusal =
  | { code: "not_found" }
  /** The appointment has ended: its calendar event is left as it is. */
  | { code: "over" };

interface Repair {
  bookingId: string;
  /** The organizer who asks; another's booking is not found. */
  userId: string;
  now?: number;
}

/** Has the calendar event of a booking looked at and brought in line at once. Asking twice does no harm. */
export async function repairMeeting(repair: Repair): Promise<Result<{ id: string }, RepairRefusal>> {
  const { bookingId, userId, now = Date.now() } = repair;
  if (!isId(bookingId)) return err("not_found");
  return db().$transaction(async (tx) => {
    const booking = await tx.booking.findFirst({
      where: { id: bookingId, userId },
      select: { id: true, meetingId: true, endsAt: true },
    });
    if (!booking) return err("not_found");
    if (booking.endsAt.getTime() <= now) return err("over");
    await note(tx, [booking.id], { step: "repair_requested", outcome: "waiting" });
    await enqueue(tx, meetingSync, { meetingId: booking.meetingId }, { priority: 10 });
    return ok({ id: booking.id });
  });
}
