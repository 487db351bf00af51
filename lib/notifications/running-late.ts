/** "I'm running late": one word to the other side, shortly before the start or during the appointment. */

import { db } from "@/lib/database/client";
import { note } from "@/lib/flight-recorder/flight-recorder";
import { readMailedBooking } from "@/lib/notifications/mailed-booking";
import { sendMail } from "@/lib/outbox/outbox";
import { err, ok, type Result } from "@/lib/result";

/** How late someone may say to be. */
export const lateChoices = [5, 10, 15] as const;
export type LateMinutes = (typeof lateChoices)[number];

const opensMs = 30 * 60_000;

export type LateRefusal =
  | { code: "not_found" }
  /** It does not take place, is not near yet, or is over. */
  | { code: "not_now" };

/** Whether it is the time to say so: from half an hour before the start until the end. `now` is epoch milliseconds. PURE. */
export function canRunLate(
  { status, startsAt, endsAt }: { status: string; startsAt: Date; endsAt: Date },
  now: number,
): boolean {
  return status === "confirmed" && startsAt.getTime() - opensMs <= now && now < endsAt.getTime();
}

interface Lateness {
  bookingId: string;
  by: "visitor" | "organizer";
  minutes: LateMinutes;
  now?: number;
}

/** Notifies the other side by one email. Repeating it succeeds and sends nothing, until the booking is moved. */
export async function sendLateNotice(lateness: Lateness): Promise<Result<{ id: string }, LateRefusal>> {
  const { bookingId, by, minutes, now = Date.now() } = lateness;
  const booking = await readMailedBooking(bookingId);
  if (!booking) return err("not_found");
  if (!canRunLate(booking, now)) return err("not_now");
  // Loaded with the first mail, so that it costs no start any time.
  const { writeLateMail } = await import("@/lib/notifications/late");
  const mail = writeLateMail(booking, by, minutes);
  const kind = `late_${by}`;
  return db().$transaction(async (tx) => {
    const { count } = await tx.bookingNotice.createMany({
      data: [{ bookingId, kind, revision: booking.rescheduleCount }],
      skipDuplicates: true,
    });
    if (count === 0) return ok({ id: bookingId });
    const facts = { by, minutes, revision: booking.rescheduleCount };
    await note(tx, [bookingId], { step: "running_late", outcome: "ok", facts });
    await sendMail(tx, { ...mail, bookingId });
    return ok({ id: bookingId });
  });
}
