import { toDayNumber } from "./calendar-date";
import { buffersOf, type TakenTime } from "./claims";
import { reasonsFor, toVerdict } from "./explain";
import { gridRows, startFrom } from "./grid";
import { overlaps } from "./intervals";
import { openRuns } from "./open-time";
import { prepareQuestion, type Question } from "./question";
import type { Availability, Interval, OwnBooking, Verdict } from "./rules";

/** Time that is taken, and what takes it. */
export type Block = {
  cause: "busy" | "booking" | "hold";
  start: number;
  end: number;
  /** With the buffers the claim brings along; the slot's own buffers come on top. */
  claimedFrom: number;
  claimedUntil: number;
  bookingId: string | null;
};

/** One day of the schedule, laid open. Instants are epoch milliseconds. */
export type DayExplanation = {
  /** The day itself; shorter or longer than 24 hours when clocks change, empty if the zone skipped it. */
  day: Interval;
  /** Open time, cut to the day. */
  runs: Interval[];
  /** What touches the day, by start. */
  blocks: Block[];
  /** Every start on the day's grid, offered or not. */
  slots: (Interval & { verdict: Verdict })[];
};

/**
 * Shows a date (`YYYY-MM-DD`, in the schedule's zone) as the engine sees it. The verdicts are those of `isOffered`.
 * Throws RangeError where `listSlots` does.
 */
export function explainDay(input: Availability, date: string): DayExplanation {
  const question = prepareQuestion(input);
  const { schedule, spacing } = question;
  const dayNumber = toDayNumber(date);
  const start = schedule.clock.startOfDay(dayNumber);
  const day = { start, end: Math.max(start, schedule.clock.endOfDay(dayNumber)) };
  const slots: DayExplanation["slots"] = [];
  for (const row of gridRows(schedule, spacing, day.start, day.end)) {
    for (let at = startFrom(row, spacing.interval, day.start); at <= row.last; at += spacing.interval) {
      if (schedule.clock.dayAt(at) !== dayNumber) continue;
      slots.push({
        start: at,
        end: at + spacing.duration,
        verdict: toVerdict(reasonsFor(question, input, at)),
      });
    }
  }
  return { day, runs: openRuns(schedule, day.start, day.end), blocks: blocksOn(day, input, question), slots };
}

function blocksOn(day: Interval, { busy, holds = [] }: Availability, { standing }: Question): Block[] {
  return [
    ...busy.map((claim) => toBlock("busy", claim)),
    ...standing.map((claim) => toBlock("booking", claim)),
    ...holds.map((claim) => toBlock("hold", claim)),
  ]
    .filter((block) => overlaps({ start: block.claimedFrom, end: block.claimedUntil }, day))
    .sort((a, b) => a.start - b.start);
}

function toBlock(cause: Block["cause"], claim: TakenTime | OwnBooking): Block {
  const { start, end } = claim;
  const { before, after } = buffersOf(claim);
  const bookingId = "id" in claim ? claim.id : null;
  return { cause, start, end, claimedFrom: start - before, claimedUntil: end + after, bookingId };
}
