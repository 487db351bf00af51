import { toBookingFilter } from "@/app/account/bookings/load-register";
import { readRegisterQuery } from "@/app/account/bookings/register-query";
import { requireOrganizer } from "@/lib/auth/guards";
import { exportBookings } from "@/lib/booking/export-csv";
import { getOwnTimeZone } from "@/lib/schedules/queries";

/** The bookings that an address of the register asks for, as a file for spreadsheets. */
export async function GET(request: Request): Promise<Response> {
  const organizer = await requireOrganizer("/account/bookings");
  const query = readRegisterQuery(Object.fromEntries(new URL(request.url).searchParams));
  const timeZone = await getOwnTimeZone(organizer.scope);
  const filter = toBookingFilter(query, { timeZone, now: Date.now() });
  const pieces = exportBookings(organizer.scope, filter, timeZone);
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(new TextEncoder().encode(value));
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      "Content-Type": "text/csv; charset=utf-8; header=present",
      "Content-Disposition": 'attachment; filename="bookings.csv"',
      "Cache-Control": "private, no-store",
      "X-Content-Type-Options": "nosniff",
      "X-Robots-Tag": "noindex, nofollow",
    },
  });
}
