/** How a change of a booking becomes news: written in the change's own transaction, told by the job. */
import type { Tx } from "@/lib/database/client";
import { defineJob, enqueue } from "@/lib/jobs/queue";
import { patienceMs } from "@/lib/notifications/booking/due";

/** Writes the mails about one booking that are due. */
export const bookingMails = defineJob<{ bookingId: string }>("booking.mails", 2, { announced: false });

/** Who changed a booking: `clock` is a request that ran out. */
export type ChangedBy = "visitor" | "organizer" | "calendar" | "clock";

interface Change {
  by: ChangedBy;
  /** Epoch milliseconds. */
  now: number;
  /** The mail has to wait for the meeting, whose job will call for it. */
  waitsForMeeting?: boolean;
}

/** The columns of a booking that say what there is to tell. */
export function newsColumns({ by, now, waitsForMeeting = false }: Change) {
  return {
    changedAt: new Date(now),
    changedBy: by,
    mailsDueAt: new Date(waitsForMeeting ? now + patienceMs : now),
  };
}

/** Has people told of a change soon. Reminders and texts on their way that no longer hold are held back. */
export async function announce(tx: Tx, bookingId: string): Promise<void> {
  await tx.mail.updateMany({
    where: { bookingId, status: "queued", kind: { startsWith: "booking-reminder" } },
    data: { status: "withdrawn" },
  });
  await tx.textMessage.updateMany({
    where: { bookingId, status: "queued" },
    data: { status: "withdrawn" },
  });
  await enqueue(tx, bookingMails, { bookingId }, { priority: 5 });
}

/** The meeting has got what the mails waited for. */
export async function announceMeeting(tx: Tx, bookingIds: string[]): Promise<void> {
  await tx.booking.updateMany({ where: { id: { in: bookingIds } }, data: { mailsDueAt: new Date() } });
  for (const bookingId of bookingIds) await enqueue(tx, bookingMails, { bookingId }, { priority: 5 });
}
