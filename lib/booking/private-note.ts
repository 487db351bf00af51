import { inHandsOf } from "@/lib/auth/booking-access";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { db } from "@/lib/database/client";

/** What the organizer noted about one of their own bookings; no one else ever reads it. Empty where there is none. */
export async function getPrivateNote(scope: OwnerScope, bookingId: string): Promise<string> {
  const row = await db().booking.findFirst({
    where: { id: bookingId, ...inHandsOf(scope) },
    select: { privateNote: true },
  });
  return row?.privateNote ?? "";
}

/** Replaces the note; false: the organizer has no such booking. */
export async function savePrivateNote(scope: OwnerScope, bookingId: string, note: string): Promise<boolean> {
  const { count } = await db().booking.updateMany({
    where: { id: bookingId, ...inHandsOf(scope) },
    data: { privateNote: note },
  });
  return count > 0;
}
