import { type RegisterQuery, registerHref } from "@/app/account/bookings/register-query";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { type HeldBack, listHeldBack } from "@/lib/booking/suspicion";
import { holdingStatuses } from "@/lib/booking-record/policy";
import { type BookingFilter, type BookingView, listBookings } from "@/lib/booking-record/queries";
import { dateRangeToInstants } from "@/lib/slot-engine/zone";

const pageSize = 25;

export interface RegisterPage {
  bookings: BookingView[];
  /** What the organizer sees of those that are held back, where the list is about them. */
  held: ReadonlyMap<string, HeldBack> | undefined;
  /** Address of the page after this one; null at the end. */
  nextHref: string | null;
}

interface Surroundings {
  timeZone: string;
  /** Epoch milliseconds. */
  now: number;
}

/** One page of the register. */
export async function loadRegister(
  scope: OwnerScope,
  query: RegisterQuery,
  around: Surroundings,
): Promise<RegisterPage> {
  const rows = await listBookings(scope, {
    ...toBookingFilter(query, around),
    after: query.after,
    take: pageSize + 1,
  });
  const bookings = rows.slice(0, pageSize);
  const last = bookings.at(-1);
  const more = rows.length > pageSize && last !== undefined;
  const ids = bookings.map(({ id }) => id);
  return {
    bookings,
    held: query.state ? await listHeldBack(scope, ids) : undefined,
    nextHref: more ? registerHref({ ...query, after: { startsAt: last.startsAt, id: last.id } }) : null,
  };
}

/** What an address asks of the bookings, but for the page. */
export function toBookingFilter(query: RegisterQuery, around: Surroundings): BookingFilter {
  const { eventType, meeting, status, state, q } = query;
  const range = { ...viewOf(query, around), ...datesOf(query, around) };
  const narrowed =
    status === "no_show" ? { noShow: true } : status ? { statuses: both(range.statuses, status) } : {};
  // What was given up unconfirmed can be searched for, and is otherwise left out.
  const confirmation = state ? "waiting" : q ? undefined : "known";
  return { ...range, ...narrowed, confirmation, eventTypeId: eventType, meeting, search: q };
}

type Statuses = NonNullable<BookingFilter["statuses"]>;

/** A status that the view has not is found nowhere. */
function both(ofView: Statuses | undefined, status: Statuses[number]): Statuses {
  return !ofView || ofView.includes(status) ? [status] : [];
}

function viewOf({ view, day }: RegisterQuery, { timeZone, now }: Surroundings): BookingFilter {
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
    case "all":
      return { order: "latest" };
  }
}

/** Dates narrow a view down; the later of two beginnings counts. */
function datesOf({ from, to, view }: RegisterQuery, { timeZone, now }: Surroundings): BookingFilter {
  const start = from ? dateRangeToInstants(from, from, timeZone).start : null;
  const end = to ? dateRangeToInstants(to, to, timeZone).end : null;
  return {
    ...(start === null ? {} : { from: new Date(view === "upcoming" ? Math.max(start, now) : start) }),
    ...(end === null ? {} : { to: new Date(end) }),
  };
}
