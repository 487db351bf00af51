import { DAY_MS } from "./calendar-date";
import { ClaimSweep, forbids, type TakenTime } from "./claims";
import { gridRows, startFrom } from "./grid";
import { prepareQuestion, type Question } from "./question";
import type { Interval, SlotQuery } from "./rules";

/**
 * The slots that start at `from` or later and before `to` (epoch milliseconds), in order.
 * Throws RangeError for rules that mean nothing: an unknown zone, a date that does not exist, no interval.
 */
export function listSlots(query: SlotQuery): Interval[] {
  if (!query.event.durationsMinutes.includes(query.durationMinutes)) return [];
  const question = prepareQuestion(query);
  const { interval, duration } = question.spacing;
  const from = Math.max(query.from, question.earliestStart);
  const { to } = query;
  if (!(from < to)) return [];

  const sweepOf = (taken: readonly TakenTime[]) => new ClaimSweep(taken, question.need, from, to);
  const busy = sweepOf(query.busy);
  const bookings = sweepOf(question.bookings);
  const holds = sweepOf(query.holds ?? []);
  const sessions = sweepOf(question.joinableClaims);
  const days = new DayCursor(question);
  const slots: Interval[] = [];
  for (const row of gridRows(question.schedule, question.spacing, from, to)) {
    for (let start = startFrom(row, interval, from); start <= row.last; start += interval) {
      const standing = days.standingOf(start);
      if (standing === "closed") continue;
      if (busy.forbids(start) || bookings.forbids(start) || holds.forbids(start)) continue;
      if (standing === "full" && !question.joinable.has(start)) continue;
      if (sessions.forbids(start) && !joinsFreely(question, start)) continue;
      slots.push({ start, end: start + duration });
    }
  }
  return slots;
}

/** Whether a slot joins a session and no other session is in its way. */
function joinsFreely({ joinable, joinableClaims, need }: Question, start: number): boolean {
  const joined = joinable.get(start);
  if (joined === undefined) return false;
  return !joinableClaims.some((claim) => !joined.entries.includes(claim) && forbids(claim, need, start));
}

type DayStanding = "open" | "full" | "closed";

/** Follows rising starts through the days of the schedule's zone and judges each day once. */
class DayCursor {
  private until = -Infinity;
  private standing: DayStanding = "open";

  constructor(private readonly question: Question) {}

  /** `start` must not be smaller than the one asked about before. */
  standingOf(start: number): DayStanding {
    if (start >= this.until) this.enterDayOf(start);
    return this.standing;
  }

  private enterDayOf(start: number): void {
    const { schedule, horizon, tally, durationMinutes } = this.question;
    const stretch = schedule.clock.stretchAt(start);
    const day = Math.floor((start + stretch.offset) / DAY_MS);
    this.until = Math.min(stretch.end, (day + 1) * DAY_MS - stretch.offset);
    if (day < horizon.firstDay || day > horizon.lastDay) this.standing = "closed";
    else this.standing = tally.isFull(day, durationMinutes) ? "full" : "open";
  }
}
