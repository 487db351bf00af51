import { listOwnBookingsEndpoint, toOwnBooking } from "@/lib/api/endpoints/bookings";
import { toPage } from "@/lib/api/page";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { listBookings } from "@/lib/booking/queries";
import { ok } from "@/lib/result";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(listOwnBookingsEndpoint, async ({ organizer, query }) => {
    const [startsAt, id] = query.cursor ?? [];
    const rows = await listBookings(organizer.id, {
      statuses: query.status ? [query.status] : undefined,
      from: query.from ? new Date(query.from) : undefined,
      to: query.to ? new Date(query.to) : undefined,
      after: startsAt && id ? { startsAt: new Date(startsAt), id } : undefined,
      take: query.limit + 1,
    });
    const page = toPage(rows, query.limit, (last) => [last.startsAt.toISOString(), last.id]);
    return ok({ items: page.items.map(toOwnBooking), nextCursor: page.nextCursor });
  }),
);
