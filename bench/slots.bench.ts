// Prints how long one call of listSlots takes, beside a plain implementation of the same question.
// npx tsx bench/slots.bench.ts
import { fileURLToPath } from "node:url";
import { Bench } from "tinybench";
import { listHostSlots } from "@/lib/slot-engine/hosts";
import type { HostsQuery, Interval, SlotQuery } from "@/lib/slot-engine/rules";
import { listSlots } from "@/lib/slot-engine/slots";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const FROM = Date.UTC(2026, 2, 15);
const TIME_ZONE = "Europe/Paris";

function query(days: number, hours: { start: string; end: string }, busy: Interval[]): SlotQuery {
  return {
    schedule: {
      timeZone: TIME_ZONE,
      weekly: [{ days: [1, 2, 3, 4, 5, 6, 7], ...hours }],
      overrides: [{ date: "2026-03-24", windows: [{ start: "10:00", end: "12:00" }] }],
    },
    event: {
      durationsMinutes: [30],
      bufferBeforeMinutes: 5,
      bufferAfterMinutes: 10,
      minimumNoticeMinutes: 120,
      window: { kind: "rolling", days: 120 },
      limits: { dayCount: 40, weekMinutes: 6000 },
    },
    durationMinutes: 30,
    from: FROM,
    to: FROM + days * DAY,
    now: FROM - DAY,
    bookings: [],
    busy,
  };
}

/** A thousand meetings of 15 minutes to an hour, in order of start, leaving some hours free. */
function busyTimes(days: number, seed = 42): Interval[] {
  const random = seeded(seed);
  return Array.from({ length: 1000 }, () => FROM + Math.floor(random() * days * 96) * 15 * MINUTE)
    .sort((a, b) => a - b)
    .map((start) => ({ start, end: start + (1 + Math.floor(random() * 4)) * 15 * MINUTE }));
}

function inNoOrder(busy: Interval[]): Interval[] {
  const random = seeded(7);
  return busy
    .map((time) => ({ time, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ time }) => time);
}

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

// What one writes first: ask Intl for the wall time of each possible start, then look through all busy time.
function listSlotsPlainly({ event, durationMinutes, from, to, busy, schedule }: SlotQuery): Interval[] {
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone: schedule.timeZone, timeStyle: "short" });
  const slots: Interval[] = [];
  const [window] = schedule.weekly;
  for (let start = from; start < to; start += durationMinutes * MINUTE) {
    const end = start + durationMinutes * MINUTE;
    const opens = clock.format(start);
    if (window === undefined || opens < window.start || opens >= window.end) continue;
    const keepFree = {
      start: start - event.bufferBeforeMinutes * MINUTE,
      end: end + event.bufferAfterMinutes * MINUTE,
    };
    if (busy.some((other) => other.start < keepFree.end && keepFree.start < other.end)) continue;
    slots.push({ start, end });
  }
  return slots;
}

const allDay = { start: "00:00", end: "24:00" };
const office = { start: "09:00", end: "17:00" };
const cases: Record<string, SlotQuery> = {
  "30 days, office hours": query(30, office, busyTimes(30)),
  "30 days, around the clock": query(30, allDay, busyTimes(30)),
  "30 days, around the clock, busy time in no order": query(30, allDay, inNoOrder(busyTimes(30))),
  "90 days, office hours": query(90, office, busyTimes(90)),
  "90 days, around the clock": query(90, allDay, busyTimes(90)),
};

export type SlotFigure = { name: string; slots: number; milliseconds: number; plainMilliseconds: number };

/** Medians of one run: the engine, and the plain implementation beside it. */
export async function measureSlots(): Promise<SlotFigure[]> {
  const bench = new Bench({ time: 1000, warmupTime: 500 });
  for (const [name, input] of Object.entries(cases)) {
    bench.add(name, () => listSlots(input));
    bench.add(`${name}, plainly`, () => listSlotsPlainly(input));
  }
  await bench.run();
  const medianOf = (name: string) => {
    const result = bench.getTask(name)?.result;
    return result !== undefined && "latency" in result ? result.latency.p50 : Number.NaN;
  };
  return Object.entries(cases).map(([name, input]) => ({
    name,
    slots: listSlots(input).length,
    milliseconds: medianOf(name),
    plainMilliseconds: medianOf(`${name}, plainly`),
  }));
}

/** Hosts who take turns, each with a thousand meetings of their own in 30 days, around the clock. */
function manyHosts(count: number, rotatingHosts: number): HostsQuery {
  const { schedule, bookings, busy: _, ...shared } = query(30, allDay, []);
  const hosts = Array.from({ length: count }, (_, index) => {
    return { id: `${index}`, kind: "rotating" as const, schedule, bookings, busy: busyTimes(30, index + 1) };
  });
  return { ...shared, hosts, rotatingHosts };
}

export type HostsFigure = { name: string; slots: number; milliseconds: number };

/** Medians of one run, for several hosts together. */
export async function measureHosts(): Promise<HostsFigure[]> {
  const bench = new Bench({ time: 1000, warmupTime: 500 });
  const figures = [1, 2].map((needed) => {
    const asked = manyHosts(50, needed);
    const task = bench.add(`${needed}`, () => listHostSlots(asked)).getTask(`${needed}`);
    return {
      name: `50 hosts who take turns, ${needed} needed, 30 days`,
      slots: listHostSlots(asked).length,
      task,
    };
  });
  await bench.run();
  return figures.map(({ task, ...figure }) => {
    const result = task?.result;
    const known = result !== undefined && "latency" in result;
    return { ...figure, milliseconds: known ? result.latency.p50 : Number.NaN };
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { name, slots, milliseconds, plainMilliseconds } of await measureSlots()) {
    const ratio = Math.round(plainMilliseconds / milliseconds);
    process.stdout.write(
      `${name}, 1,000 busy, ${slots} slots: ${milliseconds.toFixed(3)} ms; plainly ${plainMilliseconds.toFixed(1)} ms, ${ratio} times as long\n`,
    );
  }
  for (const { name, slots, milliseconds } of await measureHosts()) {
    process.stdout.write(`${name}, 1,000 busy each, ${slots} slots: ${milliseconds.toFixed(3)} ms\n`);
  }
}
