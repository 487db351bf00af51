import { toBookingFilter } from "@/app/account/bookings/load-register";
import { readRegisterQuery } from "@/app/account/bookings/register-query";
import { csvDownload } from "@/app/csv-download";
import { requireOrganizer } from "@/lib/auth/guards";
import { exportBookings } from "@/lib/booking/export-csv";
import { getOwnTimeZone } from "@/lib/schedules/queries";

/** The bookings that an address of the register asks for, as a file for spreadsheets. */
export async function GET(request: Request): Promise<Response> {
  const organizer = await requireOrganizer("/account/bookings");
  const query = readRegisterQuery(Object.fromEntries(new URL(request.url).searchParams));
  const timeZone = await getOwnTimeZone(organizer.scope);
  const filter = toBookingFilter(query, { timeZone, now: Date.now() });
  return csvDownload(exportBookings(organizer.scope, filter, timeZone), "bookings.csv");
}
