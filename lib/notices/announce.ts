/**
 * How a change of a booking becomes news: its own transaction writes when to look at the booking's mails, and the workers look
 * at all whose time has come (lib/notifications/send-due.ts).
 */
import type { Tx } from "@/lib/database/client";
import { patienceMs } from "@/lib/notices/due";

/** Who changed a booking: `clock` is a request that ran out. */
export type ChangedBy = "visitor" | "organizer" | "calendar" | "clock";

interface Change {
  by: ChangedBy;
  /** Epoch milliseconds. */
  now: number;
  /** The mail has to wait for the meeting, which calls for it once it is there. */
  waitsForMeeting?: boolean;
}

/** The columns of a booking that say what there is to announce. */
export function notificationColumns({ by, now, waitsForMeeting = false }: Change) {
  return {
    changedAt: new Date(now),
    changedBy: by,
    mailsDueAt: new Date(waitsForMeeting ? now + patienceMs : now),
  };
}

/** Holds back reminders, texts and a request to confirm on their way that no longer hold, since the booking has changed. */
export async function withdrawReminders(tx: Tx, bookingId: string): Promise<void> {
  await tx.mail.updateMany({
    where: {
      bookingId,
      status: "queued",
      OR: [{ kind: { startsWith: "booking-reminder" } }, { kind: "booking-confirm-address" }],
    },
    data: { status: "withdrawn", contentSealed: null },
  });
  await tx.textMessage.updateMany({
    where: { bookingId, status: "queued" },
    data: { status: "withdrawn", textSealed: null },
  });
}

/** The meeting has got what the mails waited for. */
export async function announceMeeting(tx: Tx, bookingIds: string[]): Promise<void> {
  await tx.booking.updateMany({ where: { id: { in: bookingIds } }, data: { mailsDueAt: new Date() } });
}
