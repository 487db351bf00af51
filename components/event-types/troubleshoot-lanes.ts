/** One day as lanes, a rule in each. Instants are epoch milliseconds. PURE. */
import type { ExplainedTime, UnofferedReason } from "@/lib/offers/troubleshoot";
import type { Interval } from "@/lib/slot-engine/rules";

export type LaneName =
  | "offered"
  | "open"
  | "holiday"
  | "bookings"
  | "busy"
  | "unread"
  | "replies"
  | "held"
  | "notice"
  | "presence"
  | "window"
  | "limits";

export interface LaneMark extends Interval {
  /** Free time that is kept around the mark. */
  claimed?: Interval;
}

export interface Lane {
  name: LaneName;
  marks: LaneMark[];
}

/** Lanes that are there on every day; the others only where their rule bites. */
const alwaysShown: readonly LaneName[] = ["offered", "open", "bookings", "busy"];

/** The rules of a day; `holidays` are the days off in it. */
export function toLanes(explained: ExplainedTime, day: Interval, holidays: readonly Interval[] = []): Lane[] {
  const { runs, blocks, slots, earliestStart, availableNow, window, unread, replies } = explained;
  const blocksOf = (cause: (typeof blocks)[number]["cause"]): LaneMark[] =>
    blocks
      .filter((block) => block.cause === cause)
      .map(({ start, end, claimedFrom, claimedUntil }) => ({
        start,
        end,
        claimed: { start: claimedFrom, end: claimedUntil },
      }));
  const lanes: Lane[] = [
    { name: "offered", marks: slots.filter(({ reasons }) => reasons.length === 0) },
    { name: "open", marks: runs },
    { name: "holiday", marks: [...holidays] },
    { name: "bookings", marks: blocksOf("booking") },
    { name: "busy", marks: blocksOf("busy") },
    { name: "unread", marks: unread ? [unread] : [] },
    { name: "replies", marks: replies ? [replies] : [] },
    { name: "held", marks: blocksOf("hold") },
    {
      name: "notice",
      marks: availableNow
        ? [
            { start: day.start, end: availableNow.start },
            { start: availableNow.end, end: earliestStart },
          ]
        : [{ start: day.start, end: earliestStart }],
    },
    { name: "presence", marks: availableNow && !availableNow.isOpen ? [availableNow] : [] },
    {
      name: "window",
      marks: [
        { start: day.start, end: window.start },
        { start: window.end, end: day.end },
      ],
    },
    {
      name: "limits",
      marks: slots.filter(({ reasons }) => reasons.some(isLimit)),
    },
  ];
  return lanes
    .map(({ name, marks }) => ({ name, marks: marks.flatMap((mark) => cut(mark, day)) }))
    .filter(({ name, marks }) => alwaysShown.includes(name) || marks.length > 0);
}

/** The whole hours that the lanes need to be drawn over; the whole day where nothing is on it. */
export function spanOf(lanes: readonly Lane[], day: Interval, also: readonly number[]): Interval {
  const hourMs = 3600_000;
  const drawn = lanes.filter(({ name }) => name === "open" || name === "bookings" || name === "busy");
  const marks = drawn.flatMap((lane) => lane.marks);
  if (marks.length === 0) return day;
  const edges = [...marks.flatMap(({ start, end }) => [start, end]), ...also];
  const from = day.start + Math.floor((Math.min(...edges) - day.start) / hourMs - 1) * hourMs;
  const until = day.start + Math.ceil((Math.max(...edges) - day.start) / hourMs + 1) * hourMs;
  return { start: Math.max(from, day.start), end: Math.min(until, day.end) };
}

const isLimit = ({ code }: UnofferedReason) =>
  code === "day_limit" || code === "week_limit" || code === "month_limit";

function cut(mark: LaneMark, day: Interval): LaneMark[] {
  const start = Math.max(mark.start, day.start);
  const end = Math.min(mark.end, day.end);
  if (start >= end) return [];
  const { claimed } = mark;
  if (!claimed) return [{ start, end }];
  const around = { start: Math.max(claimed.start, day.start), end: Math.min(claimed.end, day.end) };
  return [{ start, end, claimed: around }];
}
