import { DAY_MS } from "./calendar-date";
import { ClaimSweep, forbids, type TakenTime } from "./claims";
import { isForNow, type Question } from "./question";
import type { Availability } from "./rules";

/** Answers for rising starts whether anything but open time and grid keeps them from being offered by one host. */
export class FreeTime {
  private readonly busy: ClaimSweep;
  private readonly bookings: ClaimSweep;
  private readonly holds: ClaimSweep;
  private readonly sessions: ClaimSweep;
  private readonly days: DayCursor;
  /** From here on it is neither too soon nor for now. */
  private readonly settledFrom: number;

  /** Only starts from `from` on may be asked about, and none before `firstStart`; from `to` on nothing is free. */
  constructor(
    private readonly question: Question,
    { busy, holds }: Pick<Availability, "busy" | "holds">,
    from: number,
    private readonly to: number,
  ) {
    const sweepOf = (taken: readonly TakenTime[]) => new ClaimSweep(taken, question.need, from, to);
    this.busy = sweepOf(busy);
    this.bookings = sweepOf(question.bookings);
    this.holds = sweepOf(holds ?? []);
    this.sessions = sweepOf(question.joinableClaims);
    this.days = new DayCursor(question);
    this.settledFrom = Math.max(question.earliestStart, question.availableNow?.end ?? -Infinity);
  }

  /** `start` must not be smaller than the one asked about before. */
  isFreeAt(start: number): boolean {
    if (start >= this.to) return false;
    if (start < this.settledFrom && !isSoonEnough(this.question, start)) return false;
    const state = this.days.stateOf(start);
    if (state === "closed") return false;
    if (this.busy.forbids(start) || this.bookings.forbids(start) || this.holds.forbids(start)) return false;
    if (state === "full" && !this.question.joinable.has(start)) return false;
    return !this.sessions.forbids(start) || joinsFreely(this.question, start);
  }
}

function isSoonEnough(question: Question, start: number): boolean {
  return isForNow(question, start) ? question.presence === "available" : start >= question.earliestStart;
}

/** Whether a slot joins a session and no other session is in its way. */
function joinsFreely({ joinable, joinableClaims, need }: Question, start: number): boolean {
  const joined = joinable.get(start);
  if (joined === undefined) return false;
  return !joinableClaims.some((claim) => !joined.entries.includes(claim) && forbids(claim, need, start));
}

type DayState = "open" | "full" | "closed";

/** Follows rising starts through the days of the schedule's zone and judges each day once. */
class DayCursor {
  private until = -Infinity;
  private state: DayState = "open";

  constructor(private readonly question: Question) {}

  /** `start` must not be smaller than the one asked about before. */
  stateOf(start: number): DayState {
    if (start >= this.until) this.enterDayOf(start);
    return this.state;
  }

  private enterDayOf(start: number): void {
    const { schedule, horizon, tally, durationMinutes } = this.question;
    const stretch = schedule.clock.stretchAt(start);
    const day = Math.floor((start + stretch.offset) / DAY_MS);
    this.until = Math.min(stretch.end, (day + 1) * DAY_MS - stretch.offset);
    if (day < horizon.firstDay || day > horizon.lastDay) this.state = "closed";
    else this.state = tally.isFull(day, durationMinutes) ? "full" : "open";
  }
}
