import { toDate } from "./calendar-date";
import { forbids, type TakenTime } from "./claims";
import { nearestStarts, runsAround } from "./grid";
import { overlaps } from "./intervals";
import { isForNow, prepareQuestion, type Question } from "./question";
import type { Availability, Interval, OwnBooking, Reason, Verdict } from "./rules";

/** Whether `listSlots` would offer the start (epoch milliseconds) and, if not, every reason why. */
export function isOffered(input: Availability, start: number): Verdict {
  return toVerdict(explain(input, start));
}

/** Every rule that keeps a start (epoch milliseconds) from being offered; none if it is offered. */
export function explain(input: Availability, start: number): Reason[] {
  return reasonsFor(prepareQuestion(input), input, start);
}

/** As `explain`, for a question already prepared from the input. `grid`: "any" where it does not matter on which grid the start is. */
export function reasonsFor(
  question: Question,
  input: Pick<Availability, "busy" | "holds">,
  start: number,
  grid: "own" | "any" = "own",
): Reason[] {
  return [
    ...durationReasons(question),
    ...hourReasons(question, start, grid),
    ...horizonReasons(question, start),
    ...limitReasons(question, start),
    ...claimReasons(question, input, start),
  ];
}

/** No reason against a start means that it is offered. */
export function toVerdict(reasons: Reason[]): Verdict {
  return reasons.length === 0 ? { offered: true } : { offered: false, reasons };
}

function durationReasons({ durationMinutes, durationsMinutes }: Question): Reason[] {
  return durationsMinutes.includes(durationMinutes) ? [] : [{ code: "unknown_duration", durationsMinutes }];
}

function hourReasons({ schedule, spacing }: Question, start: number, grid: "own" | "any"): Reason[] {
  const end = start + spacing.duration;
  // One millisecond more, as the starts that hosts share are looked for: it makes no difference, and is read once.
  const run = runsAround(schedule, schedule.clock, start, end + 1).find(
    (open) => open.start <= start && start < open.end,
  );
  if (run === undefined) return [{ code: "outside_hours", openUntil: null }];
  if (end > run.end) return [{ code: "outside_hours", openUntil: run.end }];
  if (grid === "any") return [];
  const { previous, next } = nearestStarts(schedule, spacing, start);
  return previous === start ? [] : [{ code: "off_grid", previousStart: previous, nextStart: next }];
}

function horizonReasons(question: Question, start: number): Reason[] {
  const { schedule, horizon } = question;
  const reasons = soonReasons(question, start);
  const day = schedule.clock.dayAt(start);
  if (day < horizon.firstDay) reasons.push({ code: "before_window", firstDate: toDate(horizon.firstDay) });
  if (day > horizon.lastDay) reasons.push({ code: "beyond_window", lastDate: toDate(horizon.lastDay) });
  return reasons;
}

/** The notice, and what takes its place for the next minutes. */
function soonReasons(question: Question, start: number): Reason[] {
  const { earliestStart, availableNow, presence } = question;
  if (availableNow && isForNow(question, start)) {
    if (presence === "available") return [];
    return [{ code: "not_available_now", presence, until: availableNow.end }];
  }
  return start < earliestStart ? [{ code: "too_soon", earliestStart }] : [];
}

/** A slot that joins a session adds nothing to a limit. */
function limitReasons({ schedule, tally, joinable, durationMinutes }: Question, start: number): Reason[] {
  return joinable.has(start) ? [] : tally.reasons(schedule.clock.dayAt(start), durationMinutes);
}

function claimReasons(
  question: Question,
  input: Pick<Availability, "busy" | "holds">,
  start: number,
): Reason[] {
  const { need, bookings, joinable, joinableClaims } = question;
  const slot = { start, end: start + need.duration };
  const joined = joinable.get(start)?.entries ?? [];
  const blocks = (claim: TakenTime) => forbids(claim, need, start);
  const others = joinableClaims.filter((claim) => !joined.includes(claim));
  return [
    ...input.busy.filter(blocks).map((claim) => reasonOf("busy", claim, slot)),
    ...bookingReasons(question, [...bookings, ...others].filter(blocks), slot),
    ...(input.holds ?? []).filter(blocks).map((claim) => reasonOf("hold", claim, slot)),
  ];
}

function bookingReasons({ seats }: Question, bookings: readonly OwnBooking[], slot: Interval): Reason[] {
  const isSame = (b: OwnBooking) => b.sameEventType && b.start === slot.start && b.end === slot.end;
  const same = seats > 1 ? bookings.filter(isSame) : [];
  const reasons: Reason[] = bookings
    .filter((b) => !same.includes(b))
    .map((b) => reasonOf("booking", b, slot));
  if (same.length > 0) {
    const seatsTaken = same.reduce((sum, booking) => sum + (booking.seatsTaken ?? 1), 0);
    reasons.unshift({ code: "session_full", ...slot, seats, seatsTaken });
  }
  return reasons;
}

function reasonOf(
  beside: "busy" | "booking" | "hold",
  claim: TakenTime | OwnBooking,
  slot: Interval,
): Reason {
  const { start, end } = claim;
  const bookingId = "id" in claim ? claim.id : null;
  if (!overlaps(claim, slot)) return { code: "buffer", beside, start, end, bookingId };
  if (bookingId !== null) return { code: "booked", bookingId, start, end };
  return { code: beside === "hold" ? "held" : "busy", start, end };
}
