import { db } from "@/lib/database/client";

/**
 * Where the organizer wants a visitor to go once they have booked, with the booking's id as `booking`; null: nowhere. The id
 * opens nothing: no token ever reaches another site.
 */
export async function getRedirect(bookingId: string): Promise<string | null> {
  const booking = await db().booking.findUnique({
    where: { id: bookingId },
    select: { eventType: { select: { redirectUrl: true } } },
  });
  const url = booking?.eventType?.redirectUrl;
  if (!url) return null;
  const target = new URL(url);
  target.searchParams.set("booking", bookingId);
  return target.toString();
}
