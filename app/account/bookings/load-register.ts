import { type RegisterQuery, registerHref } from "@/app/account/bookings/register-query";
import { holdingStatuses } from "@/lib/booking/policy";
import { type BookingFilter, type BookingView, listBookings } from "@/lib/booking/queries";
import { dateRangeToInstants } from "@/lib/scheduling/zone";

const pageSize = 25;

export interface RegisterPage {
  bookings: BookingView[];
  /** Address of the page after this one; null at the end. */
  nextHref: string | null;
}

/** One page of the register. */
export async function loadRegister(
  userId: string,
  query: RegisterQuery,
  { timeZone, now }: { timeZone: string; now: number },
): Promise<RegisterPage> {
  const { eventType, meeting, after } = query;
  const rows = await listBookings(userId, {
    ...rangeOf(query, timeZone, now),
    eventTypeId: eventType,
    meeting,
    after,
    take: pageSize + 1,
  });
  const bookings = rows.slice(0, pageSize);
  const last = bookings.at(-1);
  const more = rows.length > pageSize && last !== undefined;
  return {
    bookings,
    nextHref: more ? registerHref({ ...query, after: { startsAt: last.startsAt, id: last.id } }) : null,
  };
}

function rangeOf({ view, day }: RegisterQuery, timeZone: string, now: number): BookingFilter {
  const holding = [...holdingStatuses];
  if (day) {
    const { start, end } = dateRangeToInstants(day, day, timeZone);
    return { statuses: holding, from: new Date(start), to: new Date(end) };
  }
  switch (view) {
    case "upcoming":
      return { statuses: holding, from: new Date(now) };
    case "past":
      return { statuses: holding, endedBy: new Date(now), order: "latest" };
    case "cancelled":
      return { statuses: ["cancelled", "declined"], order: "latest" };
  }
}
