import { listOwnBookingsEndpoint } from "@/lib/api/endpoints/bookings";
import { toPage } from "@/lib/api/page";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { toOwnBooking } from "@/lib/booking-record/own-booking";
import { listBookings } from "@/lib/booking-record/queries";
import { ok } from "@/lib/result";
import { getOwnTimeZone } from "@/lib/schedules/queries";
import { dateRangeToInstants } from "@/lib/slot-engine/zone";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(listOwnBookingsEndpoint, async ({ organizer, query }) => {
    const [startsAt, id] = query.cursor ?? [];
    const zone = await zoneFor(organizer.scope, [query.from, query.to]);
    const rows = await listBookings(organizer.scope, {
      statuses: query.status ? [query.status] : undefined,
      from: query.from ? startOf(query.from, zone) : undefined,
      to: query.to ? endOf(query.to, zone) : undefined,
      after: startsAt && id ? { startsAt: new Date(startsAt), id } : undefined,
      take: query.limit + 1,
    });
    const page = toPage(rows, query.limit, (last) => [last.startsAt.toISOString(), last.id]);
    return ok({ items: page.items.map(toOwnBooking), nextCursor: page.nextCursor });
  }),
);

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
