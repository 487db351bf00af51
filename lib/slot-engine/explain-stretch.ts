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

/** A stretch of time, laid open. Instants are epoch milliseconds. */
export type StretchExplanation = {
  /** Open time, cut to the stretch. */
  runs: Interval[];
  /** What touches the stretch, by start. */
  blocks: Block[];
  /** Every start of the grid in the stretch, offered or not. */
  slots: (Interval & { verdict: Verdict })[];
  /** Before this nothing is offered: the notice has not passed. */
  earliestStart: number;
  /** Where that depends on the host's being available instead, and whether they are; null: nowhere. */
  availableNow: (Interval & { isOpen: boolean }) | null;
  /** When the booking window opens and closes; infinite where nothing bounds it. */
  window: Interval;
};

/**
 * Shows a stretch of time as the engine sees it, such as a day in a visitor's zone. The verdicts are those of `isOffered`.
 * Throws RangeError where `listSlots` does.
 */
export function explainStretch(input: Availability, stretch: Interval): StretchExplanation {
  return explainQuestion(prepareQuestion(input), input, stretch);
}

function explainQuestion(question: Question, input: Availability, stretch: Interval): StretchExplanation {
  const { schedule, spacing, earliestStart, horizon, availableNow, presence } = question;
  const slots: StretchExplanation["slots"] = [];
  for (const row of gridRows(schedule, spacing, stretch.start, stretch.end)) {
    for (let at = startFrom(row, spacing.interval, stretch.start); at <= row.last; at += spacing.interval) {
      slots.push({
        start: at,
        end: at + spacing.duration,
        verdict: toVerdict(reasonsFor(question, input, at)),
      });
    }
  }
  const { firstDay, lastDay } = horizon;
  return {
    runs: openRuns(schedule, stretch.start, stretch.end),
    blocks: blocksOn(stretch, input, question),
    slots,
    earliestStart,
    availableNow: availableNow && { ...availableNow, isOpen: presence === "available" },
    window: {
      start: Number.isFinite(firstDay) ? schedule.clock.startOfDay(firstDay) : firstDay,
      end: Number.isFinite(lastDay) ? schedule.clock.endOfDay(lastDay) : lastDay,
    },
  };
}

function blocksOn(day: Interval, { busy, holds = [] }: Availability, { remaining }: Question): Block[] {
  return [
    ...busy.map((claim) => toBlock("busy", claim)),
    ...remaining.map((claim) => toBlock("booking", claim)),
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
