import { db } from "@/lib/database/client";

/** What the organizer noted about one of their own bookings; nobody else ever reads it. Empty where there is none. */
export async function getPrivateNote(userId: string, bookingId: string): Promise<string> {
  const row = await db().booking.findFirst({
    where: { id: bookingId, userId },
    select: { privateNote: true },
  });
  return row?.privateNote ?? "";
}

/** Writes the note anew; false: the organizer has no such booking. */
export async function savePrivateNote(userId: string, bookingId: string, note: string): Promise<boolean> {
  const { count } = await db().booking.updateMany({
    where: { id: bookingId, userId },
    data: { privateNote: note },
  });
  return count > 0;
}
