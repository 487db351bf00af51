import { MINUTE_MS, monthNumberOf, weekOf } from "./calendar-date";
import type { BookingLimits, LimitReason, OwnBooking } from "./rules";
import type { Schedule } from "./schedule";

type Use = { count: number; minutes: number };
type Period = {
  readonly code: LimitReason["code"];
  readonly maxCount: number | undefined;
  readonly maxMinutes: number | undefined;
  readonly numberOf: (day: number) => number;
  readonly used: Map<number, Use>;
};

/** What the bookings of an event type leave of its limits; a booking counts where it starts. */
export class LimitTally {
  private readonly periods: readonly Period[];

  constructor(
    limits: BookingLimits,
    schedule: Schedule,
    bookings: readonly OwnBooking[],
    sharesSessions: boolean,
  ) {
    this.periods = limitedPeriods(limits);
    if (this.periods.length === 0) return;
    const seen = new Set<string>();
    for (const booking of bookings) {
      if (!booking.sameEventType) continue;
      const session = `${booking.start}/${booking.end}`;
      if (sharesSessions && seen.has(session)) continue;
      seen.add(session);
      this.count(schedule.clock.dayAt(booking.start), (booking.end - booking.start) / MINUTE_MS);
    }
  }

  /** Whether a booking of this length may not be added on a day. */
  isFull(day: number, durationMinutes: number): boolean {
    return this.periods.some((period) => reasonsOf(period, day, durationMinutes).length > 0);
  }

  /** The limits that adding a booking of this length on a day would break. */
  reasons(day: number, durationMinutes: number): LimitReason[] {
    return this.periods.flatMap((period) => reasonsOf(period, day, durationMinutes));
  }

  private count(day: number, minutes: number): void {
    for (const { numberOf, used } of this.periods) {
      const use = used.get(numberOf(day)) ?? { count: 0, minutes: 0 };
      use.count++;
      use.minutes += minutes;
      used.set(numberOf(day), use);
    }
  }
}

function limitedPeriods(limits: BookingLimits): Period[] {
  const periods: Omit<Period, "used">[] = [
    { code: "day_limit", maxCount: limits.dayCount, maxMinutes: limits.dayMinutes, numberOf: (day) => day },
    { code: "week_limit", maxCount: limits.weekCount, maxMinutes: limits.weekMinutes, numberOf: weekOf },
    {
      code: "month_limit",
      maxCount: limits.monthCount,
      maxMinutes: limits.monthMinutes,
      numberOf: monthNumberOf,
    },
  ];
  return periods
    .filter(({ maxCount, maxMinutes }) => maxCount !== undefined || maxMinutes !== undefined)
    .map((period) => ({ ...period, used: new Map() }));
}

function reasonsOf(period: Period, day: number, durationMinutes: number): LimitReason[] {
  const { code, maxCount, maxMinutes } = period;
  const used = period.used.get(period.numberOf(day)) ?? { count: 0, minutes: 0 };
  const reasons: LimitReason[] = [];
  if (maxCount !== undefined && used.count >= maxCount) {
    reasons.push({ code, measure: "count", limit: maxCount, used: used.count });
  }
  if (maxMinutes !== undefined && used.minutes + durationMinutes > maxMinutes) {
    reasons.push({ code, measure: "minutes", limit: maxMinutes, used: used.minutes });
  }
  return reasons;
}
