import { weekAround } from "@/components/organizer-bookings/week";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { countKeptAway } from "@/lib/booking/kept-away";
import { type GivenAnswer, listGivenAnswers } from "@/lib/booking-record/given-answers";
import { holdingStatuses } from "@/lib/booking-record/policy";
import { type BookingView, countBookings, listBookings } from "@/lib/booking-record/queries";
import { countDrifts } from "@/lib/calendar-sync/drift";
import { getClosing } from "@/lib/calendars/closing";
import { getConnection } from "@/lib/connections/queries";
import { listStateChanges } from "@/lib/grants/health";
import { listFormerMailboxes } from "@/lib/meetings/out-of-reach";
import type { Schedule } from "@/lib/schedules/schema";
import { dateRangeToInstants, localDateOf } from "@/lib/slot-engine/zone";

interface HomeRequest {
  /** The organizer's default schedule. All dates are in its time zone. */
  schedule: Schedule | undefined;
  /** A day in the week to show; left out: today. */
  day: string | undefined;
  /** Epoch milliseconds. */
  now: number;
}

export type Home = Awaited<ReturnType<typeof loadHome>>;

/** What the organizer's home says beside the register itself. */
export async function loadHome(scope: OwnerScope, { schedule, day, now }: HomeRequest) {
  const timeZone = schedule?.timeZone ?? "UTC";
  const today = localDateOf(now, timeZone);
  const weekDates = weekAround(day ?? today);
  const [counts, drifts, connection, closing, changes, next, ofToday, ofWeek, formers, keptAway] =
    await Promise.all([
      countBookings(scope, new Date(now)),
      countDrifts(scope, new Date(now)),
      getConnection(scope, "teams"),
      getClosing(scope, now),
      listStateChanges(scope, "teams", 1),
      loadNext(scope, now),
      listHeld(scope, [today], timeZone),
      listHeld(scope, weekDates, timeZone),
      listFormerMailboxes(scope, new Date(now)),
      countKeptAway(scope, new Date(now)),
    ]);
  return {
    timeZone,
    today,
    counts,
    /** Changes in the calendar that wait for the organizer. */
    drifts,
    connection,
    /** The calendar that keeps all times from being offered, if there is one. */
    closing,
    /** When the connection came into the state it is in. */
    stateSince: changes[0]?.state === connection?.state ? (changes[0]?.at ?? null) : null,
    next,
    todayCount: ofToday.length,
    weekDates,
    ofWeek,
    /** Bookings that were rejected or never confirmed. */
    keptAway,
    /** Calendars of earlier accounts that still hold upcoming bookings. */
    formers,
  };
}

/** The confirmed booking that is going on or comes next, with what its visitor wrote. */
async function loadNext(
  scope: OwnerScope,
  now: number,
): Promise<{ booking: BookingView; answers: GivenAnswer[] } | null> {
  const [booking] = await listBookings(scope, { statuses: ["confirmed"], from: new Date(now), take: 1 });
  return booking ? { booking, answers: await listGivenAnswers(scope, booking.id) } : null;
}

/** What holds its time on some dates of the organizer. */
export function listHeld(scope: OwnerScope, dates: string[], timeZone: string): Promise<BookingView[]> {
  const { start, end } = dateRangeToInstants(dates[0] ?? "", dates.at(-1) ?? "", timeZone);
  return listBookings(scope, {
    statuses: [...holdingStatuses],
    from: new Date(start),
    to: new Date(end),
    take: 500,
  });
}
