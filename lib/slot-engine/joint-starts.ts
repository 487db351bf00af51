/**
 * Where slots of several hosts may start. Open time is intersected before there is a grid: hosts who open at different minutes
 * have slots from the minute on at which all of them are open. The fixed hosts and any `rotatingHosts` of the others are a set that
 * has such a grid, and a start is offered where it is on the grid of a set all of whose members are free.
 */
import { FreeTime } from "./free-time";
import { type GridRow, rowsOf, runsAround, type Spacing, startFrom } from "./grid";
import { intersectIntervals } from "./intervals";
import { availabilityOf, firstStart, prepareQuestion, type Question } from "./question";
import type { HostsQuery, HostTime, Interval } from "./rules";

/** A host whose question has been prepared. */
export interface Member extends Pick<HostTime, "id" | "kind" | "busy" | "holds"> {
  question: Question;
  /** No slot of theirs starts here or later. */
  until: number;
}

/** The starts in `[from, to)`, epoch milliseconds, in order. */
export function jointStarts(query: HostsQuery): number[] {
  return startsOfMembers(query, toMembers(query));
}

/** As `jointStarts`, of members already prepared from the query. */
export function startsOfMembers(query: Omit<HostsQuery, "hosts">, members: readonly Member[]): number[] {
  const { event, durationMinutes, rotatingHosts, to } = query;
  if (!event.durationsMinutes.includes(durationMinutes)) return [];
  const fixed = members.filter(({ kind }) => kind === "fixed");
  const rotating = rotatingHosts > 0 ? members.filter(({ kind }) => kind === "rotating") : [];
  const [lead] = [...fixed, ...rotating];
  if (!lead || rotating.length < rotatingHosts) return [];
  // Spacing and notice are the event type's: the same for all.
  const { spacing, schedule } = lead.question;
  const from = Math.max(query.from, firstStart(lead.question));
  if (!(from < to)) return [];

  // Weeks are those of the first host, so that sets whose time never closes agree on where they begin to count.
  const { clock } = schedule;
  const openTimeOf = ({ question }: Member): readonly Interval[] =>
    runsAround(question.schedule, clock, from, to + spacing.duration);
  const gridOf = (runs: readonly Interval[]) => rowsOf(runs, clock, spacing, from, to);
  const timeOf = (member: Member) => new FreeTime(member.question, member, from, member.until);
  const freeForFixed = (starts: number[]) => {
    return fixed.map(timeOf).reduce((left, time) => left.filter((start) => time.isFreeAt(start)), starts);
  };

  const common = fixed.length > 0 ? fixed.map(openTimeOf).reduce(intersectIntervals) : null;
  if (rotating.length === 0) return freeForFixed(startsOf(gridOf(common ?? []), spacing, from));
  const grids = rotating.map((member) => {
    const open = openTimeOf(member);
    return { member, rows: gridOf(common ? intersectIntervals(common, open) : open) };
  });
  const starts = freeForFixed(
    grids.reduce<number[]>((all, { rows }) => unite(all, startsOf(rows, spacing, from)), []),
  );
  const turns = new Turns(starts, rotatingHosts, rotating.length);
  for (const { member, rows } of grids) turns.enter(rows, spacing, timeOf(member));
  return turns.list();
}

/** The hosts of a query, each with their question prepared. */
export function toMembers(query: HostsQuery): Member[] {
  return query.hosts.map((host) => {
    const { id, kind, busy, holds, knownUntil = Infinity } = host;
    const question = prepareQuestion(availabilityOf(query, host));
    return { id, kind, busy, holds, question, until: Math.min(query.to, knownUntil) };
  });
}

function startsOf(rows: readonly GridRow[], { interval }: Spacing, from: number): number[] {
  const starts: number[] = [];
  for (const row of rows) {
    for (let start = startFrom(row, interval, from); start <= row.last; start += interval) starts.push(start);
  }
  return starts;
}

/** The numbers of two rising lists, each once. */
function unite(a: readonly number[], b: readonly number[]): number[] {
  const all: number[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const one = a[i] ?? Infinity;
    const other = b[j] ?? Infinity;
    all.push(Math.min(one, other));
    if (one <= other) i++;
    if (other <= one) j++;
  }
  return all;
}

/**
 * Which of those who take turns could take each of some rising starts. The time that a set has in common begins with that of the member
 * whose own begins last, and so does its grid. So a start is on the grid of a set of free hosts if it is on that of one of them, and
 * the time of enough others who are free began no later.
 */
class Turns {
  /** When the time of the last host to begin began, among those who are free at a start and have it on their grid. */
  private readonly latest: Float64Array;
  /** When the time of each host who is free at a start began, `most` places for each start. */
  private readonly begun: Float64Array;
  private readonly count: Uint16Array;

  constructor(
    private readonly starts: readonly number[],
    private readonly needed: number,
    private readonly most: number,
  ) {
    this.latest = new Float64Array(starts.length).fill(-Infinity);
    this.begun = new Float64Array(needed > 1 ? starts.length * most : 0);
    this.count = new Uint16Array(starts.length);
  }

  /** Adds a host: the grid of the time they share with the fixed ones, and when they are free. */
  enter(rows: readonly GridRow[], { interval, offset }: Spacing, time: FreeTime): void {
    let next = 0;
    for (let index = 0; index < this.starts.length; index++) {
      // One host is enough, and there is one.
      if (this.needed === 1 && this.latest[index] !== -Infinity) continue;
      const start = this.starts[index] ?? Infinity;
      while (next < rows.length && (rows[next]?.last ?? Infinity) < start) next++;
      const row = rows[next];
      if (row === undefined) return;
      if (start < row.first - offset || !time.isFreeAt(start)) continue;
      this.note(index, row, start >= row.first && (start - row.first) % interval === 0);
    }
  }

  private note(index: number, { runStart }: GridRow, isOnGrid: boolean): void {
    if (isOnGrid && runStart > (this.latest[index] ?? 0)) this.latest[index] = runStart;
    const count = this.count[index] ?? 0;
    if (this.needed > 1) this.begun[index * this.most + count] = runStart;
    this.count[index] = count + 1;
  }

  /** The starts that enough of them could take. */
  list(): number[] {
    return this.starts.filter((_, index) => this.isOffered(index));
  }

  private isOffered(index: number): boolean {
    const latest = this.latest[index] ?? -Infinity;
    if (latest === -Infinity) return false;
    if (this.needed === 1) return true;
    let others = 0;
    for (let place = index * this.most, end = place + (this.count[index] ?? 0); place < end; place++) {
      if ((this.begun[place] ?? Infinity) <= latest) others++;
    }
    return others >= this.needed;
  }
}
