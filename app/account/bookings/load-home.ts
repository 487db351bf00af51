import { weekAround } from "@/components/organizer-bookings/week";
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

interface HomeWish {
  /** The organizer's first schedule; its zone is the one all dates are told in. */
  schedule: Schedule | undefined;
  /** A day in the week to show; left out: today. */
  day: string | undefined;
  /** Epoch milliseconds. */
  now: number;
}

export type Home = Awaited<ReturnType<typeof loadHome>>;

/** What the organizer's home says beside the register itself. */
export async function loadHome(userId: string, { schedule, day, now }: HomeWish) {
  const timeZone = schedule?.timeZone ?? "UTC";
  const today = localDateOf(now, timeZone);
  const weekDates = weekAround(day ?? today);
  const owner = { userId, provider: "teams" };
  const [counts, drifts, connection, closing, changes, next, ofToday, ofWeek, formers] = await Promise.all([
    countBookings(userId, new Date(now)),
    countDrifts(userId, new Date(now)),
    getConnection(userId, owner.provider),
    getClosing(userId, now),
    listStateChanges(owner, 1),
    loadNext(userId, now),
    listHeld(userId, [today], timeZone),
    listHeld(userId, weekDates, timeZone),
    listFormerMailboxes(userId, new Date(now)),
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
    /** Calendars of earlier accounts that bookings to come still stand in. */
    formers,
  };
}

/** The confirmed booking that is going on or comes next, with what its visitor wrote. */
async function loadNext(
  userId: string,
  now: number,
): Promise<{ booking: BookingView; answers: GivenAnswer[] } | null> {
  const [booking] = await listBookings(userId, { statuses: ["confirmed"], from: new Date(now), take: 1 });
  return booking ? { booking, answers: await listGivenAnswers(userId, booking.id) } : null;
}

/** What holds its time on some dates of the organizer. */
export function listHeld(userId: string, dates: string[], timeZone: string): Promise<BookingView[]> {
  const { start, end } = dateRangeToInstants(dates[0] ?? "", dates.at(-1) ?? "", timeZone);
  return listBookings(userId, {
    statuses: [...holdingStatuses],
    from: new Date(start),
    to: new Date(end),
    take: 500,
  });
}
