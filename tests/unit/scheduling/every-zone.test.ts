import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { at, availability, DAY, eventType, HOUR, schedule, windows } from "./given";
import {
  type Grid,
  listChanges,
  listStarts,
  type Reading,
  read,
  type WallClock,
  wallClock,
} from "./wall-clock-oracle";

// Every zone of this Node, the clock changes of 2026 to 2030 and a sample of other days, with the process itself in
// four zones. SLOTS_FULL=1 looks at every day of those years (a quarter of an hour).

/** The process's own zone, and by how many minutes it is behind UTC in July. */
const PROCESS_ZONES: [string, number][] = [
  ["UTC", 0],
  ["America/New_York", 240],
  ["Asia/Kolkata", -330],
  ["Australia/Lord_Howe", -630],
];
const [FROM, TO] = [at("2026-01-01 00:00"), at("2031-01-01 00:00")];
const HOURS = ["00:00-02:30 03:10-05:45 20:20-24:00", "00:20-01:40 01:50-02:15 02:20-02:50 23:05-23:50"];
const GRIDS: Grid[] = [
  { duration: 5, interval: 5, offset: 0 },
  { duration: 25, interval: 20, offset: 10 },
];
const originalZone = process.env.TZ;

type Engine = Awaited<ReturnType<typeof loadEngine>>;
/** Readings around the span asked about: far enough for every run of open time in it to begin and end. */
type Span = { from: number; to: number; readings: Reading[] };

async function loadEngine() {
  vi.resetModules();
  const [{ listSlots }, { wallTime, startOfDate }] = await Promise.all([
    import("@/lib/slot-engine/slots"),
    import("@/lib/slot-engine/zone"),
  ]);
  return { listSlots, wallTime, startOfDate };
}

function listSpans(clock: WallClock): Span[] {
  if (process.env.SLOTS_FULL === "1") {
    const days = Array.from({ length: (TO - FROM) / DAY }, (_, index) => FROM + index * DAY);
    return days.map((from) => spanAround(clock, from, from + DAY, 5));
  }
  const changes = listChanges(clock, FROM, TO).map((change) =>
    spanAround(clock, change - 6 * HOUR, change + 6 * HOUR, 1),
  );
  const others = ["2026-02-28", "2027-07-01", "2028-02-29", "2029-12-31", "2030-04-15"].map((date) =>
    spanAround(clock, at(`${date} 00:00`), at(`${date} 00:00`) + DAY, 5),
  );
  return [...changes, ...others];
}

function spanAround(clock: WallClock, from: number, to: number, stepMinutes: number): Span {
  return { from, to, readings: read(clock, from - 9 * HOUR, to + 9 * HOUR, stepMinutes) };
}

function disagreements(engine: Engine, timeZone: string, expected: readonly Expectation[]): string[] {
  return expected.flatMap(({ hours, grid, from, to, starts }) => {
    const event = eventType({
      durationsMinutes: [grid.duration],
      slotIntervalMinutes: grid.interval,
      slotOffsetMinutes: grid.offset,
    });
    const input = availability({ schedule: schedule(timeZone, hours), event });
    const found = engine.listSlots({ ...input, from, to }).map((slot) => slot.start);
    const same = found.length === starts.length && found.every((start, index) => start === starts[index]);
    return same
      ? []
      : [`${timeZone} ${hours} ${new Date(from).toISOString()}: ${show(found)}, not ${show(starts)}`];
  });
}

function clockDisagreements(engine: Engine, timeZone: string, spans: readonly Span[]): string[] {
  return spans
    .flatMap((span) => span.readings.filter((_, index) => index % 45 === 0))
    .filter(({ ms, date, minute }) => {
      const shown = engine.wallTime(ms, timeZone);
      return shown.date !== date || shown.minuteOfDay !== minute;
    })
    .map(({ ms }) => `${timeZone} wall time at ${new Date(ms).toISOString()}`);
}

type Expectation = { hours: string; grid: Grid; from: number; to: number; starts: number[] };

function expectations({ from, to, readings }: Span): Expectation[] {
  return HOURS.flatMap((hours) =>
    GRIDS.map((grid) => {
      const starts = listStarts(readings, windows(hours), grid).filter(
        (start) => from <= start && start < to,
      );
      return { hours, grid, from, to, starts };
    }),
  );
}

function show(starts: readonly number[]): string {
  return `[${starts.map((start) => new Date(start).toISOString().slice(8, 16)).join(" ")}]`;
}

describe("in every zone the engine agrees with the wall clock of Intl", () => {
  const found = new Map<string, string[]>();
  let spanCount = 0;

  beforeAll(async () => {
    const engines: [string, Engine][] = [];
    for (const [processZone] of PROCESS_ZONES) engines.push([processZone, await loadEngine()]);
    for (const timeZone of Intl.supportedValuesOf("timeZone")) {
      const spans = listSpans(wallClock(timeZone));
      const expected = spans.flatMap(expectations);
      spanCount += spans.length;
      for (const [processZone, engine] of engines) {
        process.env.TZ = processZone;
        const failures = [
          ...disagreements(engine, timeZone, expected),
          ...clockDisagreements(engine, timeZone, spans),
        ];
        found.set(processZone, [...(found.get(processZone) ?? []), ...failures]);
      }
    }
  }, 3_600_000);

  afterAll(() => {
    if (originalZone === undefined) delete process.env.TZ;
    else process.env.TZ = originalZone;
  });

  test.each(PROCESS_ZONES)(
    "the engine agrees with the wall clock of Intl with the process in %s",
    (processZone, minutesBehind) => {
      process.env.TZ = processZone;
      expect(new Date(at("2026-07-01 00:00")).getTimezoneOffset()).toBe(minutesBehind);
      expect(found.get(processZone)).toEqual([]);
    },
  );

  test("the comparison with the wall clock of Intl covers more than a few days", () => {
    expect(spanCount).toBeGreaterThan(3000);
  });
});
