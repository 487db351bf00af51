import { availabilityOf } from "@/lib/slot-engine/question";
import type { HostsQuery } from "@/lib/slot-engine/rules";
import { MINUTE } from "./given";
import { dateAndMinute, isFree, isOpenAt } from "./plain-rules";

// What hosts offer together, in plain words: every set of hosts that could take a slot is tried, and each instant is looked at by
// itself, five minutes at a time. Slow, and shares nothing with the engine that finds the starts.

type Host = HostsQuery["hosts"][number];

const STEP = 5 * MINUTE;
/** A time that has been open for as long began so long ago that a Monday counts anyway. */
const LOOKBACK = 16 * 24 * 60 * MINUTE;

/** The starts that a query should be answered with. */
export function plainStarts(query: HostsQuery): number[] {
  const fixed = query.hosts.filter(({ kind }) => kind === "fixed");
  const rotating = query.rotatingHosts > 0 ? query.hosts.filter(({ kind }) => kind === "rotating") : [];
  const [lead] = [...fixed, ...rotating];
  if (!lead) return [];
  const offered = new Set<number>();
  for (const chosen of setsOf(rotating, query.rotatingHosts)) {
    const hosts = [...fixed, ...chosen];
    if (hosts.length === 0) continue;
    for (const start of gridOf(query, hosts, lead.schedule.timeZone)) {
      const areFree = hosts.every(
        (host) => start < (host.knownUntil ?? Infinity) && isFree(start, availabilityOf(query, host)),
      );
      if (areFree) offered.add(start);
    }
  }
  return [...offered].sort((a, b) => a - b);
}

function setsOf<Member>(members: readonly Member[], size: number): Member[][] {
  if (size === 0) return [[]];
  return members.flatMap((member, index) =>
    setsOf(members.slice(index + 1), size - 1).map((others) => [member, ...others]),
  );
}

/** Where slots may start in the time that all of some hosts are open. */
function gridOf(query: HostsQuery, hosts: readonly Host[], timeZone: string): number[] {
  const { event, durationMinutes, from, to } = query;
  const duration = durationMinutes * MINUTE;
  const interval = (event.slotIntervalMinutes ?? Math.min(...event.durationsMinutes)) * MINUTE;
  const offset = (event.slotOffsetMinutes ?? 0) * MINUTE;
  const known = new Map<number, boolean>();
  const isOpen = (ms: number) => {
    const open = known.get(ms) ?? hosts.every((host) => isOpenAt(ms, availabilityOf(query, host)));
    known.set(ms, open);
    return open;
  };
  const starts: number[] = [];
  let began: number | null = null;
  for (let start = from; start < to; start += STEP) {
    if (!isOpen(start)) {
      began = null;
      continue;
    }
    began ??= beginningOf(start, isOpen);
    const passed = start - anchorOf(start, began, timeZone) - offset;
    if (passed < 0 || passed % interval !== 0) continue;
    let end = start;
    while (end < start + duration && isOpen(end)) end += STEP;
    if (end >= start + duration) starts.push(start);
  }
  return starts;
}

function beginningOf(start: number, isOpen: (ms: number) => boolean): number {
  let began = start;
  while (began > start - LOOKBACK && isOpen(began - STEP)) began -= STEP;
  return began;
}

/** What starts are counted from: the beginning, or the last Monday that has a whole open week before it. */
function anchorOf(start: number, began: number, timeZone: string): number {
  const monday = mondayBefore(start, timeZone);
  return monday > began && mondayBefore(monday - 1, timeZone) >= began ? monday : began;
}

const mondays = new Map<string, number>();

/** The last instant, this one or before, at which a Monday begins in a zone. */
function mondayBefore(ms: number, timeZone: string): number {
  const dateOf = (instant: number) => dateAndMinute(instant, timeZone).date;
  const isMonday = (date: string) => new Date(date).getUTCDay() === 1;
  let date = dateOf(ms);
  while (!isMonday(date)) date = new Date(Date.parse(date) - 24 * 60 * MINUTE).toISOString().slice(0, 10);
  const key = `${date} ${timeZone}`;
  const found = mondays.get(key) ?? firstOf(date, dateOf);
  mondays.set(key, found);
  return found;
}

function firstOf(date: string, dateOf: (ms: number) => string): number {
  let ms = Date.parse(date) - 24 * 60 * MINUTE;
  while (dateOf(ms) < date) ms += STEP;
  return ms;
}
