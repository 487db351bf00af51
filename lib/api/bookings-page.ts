/** A page of bookings in the API's terms. */
import type { z } from "zod";
import type { bookingsQuery } from "@/lib/api/endpoints/bookings";
import { toPage } from "@/lib/api/page";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { toOwnBooking } from "@/lib/booking-record/own-booking";
import type { BookingFilter, BookingView } from "@/lib/booking-record/queries";
import { getOwnTimeZone } from "@/lib/schedules/queries";
import { dateRangeToInstants } from "@/lib/slot-engine/zone";

/** Reads a page of bookings with `read`. Dates in the query are those of whoever asks. */
export async function pageOfBookings(
  scope: OwnerScope,
  query: z.output<typeof bookingsQuery>,
  read: (filter: BookingFilter) => Promise<BookingView[]>,
) {
  const zone = await zoneFor(scope, [query.from, query.to]);
  const rows = await read({
    statuses: query.status ? [query.status] : undefined,
    from: query.from ? startOf(query.from, zone) : undefined,
    to: query.to ? endOf(query.to, zone) : undefined,
    amendedAfter: query.updatedAfter ? new Date(query.updatedAfter) : undefined,
    after: query.cursor && placeOf(query.cursor),
    take: query.limit + 1,
  });
  const page = toPage(rows, query.limit, ({ id, startsAt, amendedAt }) =>
    query.updatedAfter ? [amendedAt.toISOString(), id, "updated"] : [startsAt.toISOString(), id],
  );
  return { items: page.items.map(toOwnBooking), nextCursor: page.nextCursor };
}

function placeOf({ at, id, order }: NonNullable<z.output<typeof bookingsQuery>["cursor"]>) {
  return order === "updated" ? { amendedAt: new Date(at), id } : { startsAt: new Date(at), id };
}

const isDate = (moment: string) => moment.length === 10;

/** The zone in which an organizer's dates are meant; asked for only where there is a date. */
async function zoneFor(scope: OwnerScope, moments: (string | undefined)[]): Promise<string> {
  if (!moments.some((moment) => moment && isDate(moment))) return "UTC";
  return getOwnTimeZone(scope);
}

function startOf(moment: string, zone: string): Date {
  return new Date(isDate(moment) ? dateRangeToInstants(moment, moment, zone).start : moment);
}

function endOf(moment: string, zone: string): Date {
  return new Date(isDate(moment) ? dateRangeToInstants(moment, moment, zone).end : moment);
}
