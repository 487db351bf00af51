import { toBrandedEntry } from "@/lib/booking-page/calendar-entry";
import { getBookingByToken } from "@/lib/booking-record/queries";
import { writeIcs } from "@/lib/calendar-links/ics";

const headers = {
  "Cache-Control": "private, no-store",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "X-Robots-Tag": "noindex, nofollow",
};

/** The booking as a calendar file. */
export async function GET(_: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const booking = await getBookingByToken((await params).token);
  if (!booking) return new Response("There is no booking at this address.\n", { status: 404, headers });
  return new Response(writeIcs(await toBrandedEntry(booking), new Date()), {
    headers: {
      ...headers,
      "Content-Type": "text/calendar; charset=utf-8; method=PUBLISH",
      "Content-Disposition": 'attachment; filename="appointment.ics"',
    },
  });
}
