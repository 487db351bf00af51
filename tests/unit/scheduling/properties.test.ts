import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { isOffered } from "@/lib/slot-engine/explain";
import { explainStretch } from "@/lib/slot-engine/explain-stretch";
import type { Availability, SlotQuery } from "@/lib/slot-engine/rules";
import { listSlots } from "@/lib/slot-engine/slots";
import { dateRangeToInstants, localDateOf } from "@/lib/slot-engine/zone";
import { anyQuery, anyZone, bare, SPAN } from "./any-query";
import { DAY, HOUR, MINUTE } from "./given";
import { isFree, isOpenAt } from "./plain-rules";

// Seconds on a quiet machine; patience on a busy one.
vi.setConfig({ testTimeout: 120_000 });

const startsOf = (query: SlotQuery) => listSlots(query).map((slot) => slot.start);

function holdsForAll(property: (query: SlotQuery) => void, numRuns = 300): void {
  fc.assert(fc.property(anyQuery, property), { numRuns, seed: 20260329 });
}

describe("whatever the rules", () => {
  test("whatever the rules, slots lie wholly in open time, have the duration asked for and come in order", () => {
    holdsForAll((query) => {
      let previous = -Infinity;
      for (const { start, end } of listSlots(query)) {
        expect(end - start).toBe(query.durationMinutes * MINUTE);
        expect(start).toBeGreaterThan(previous);
        for (let ms = start; ms < end; ms += 5 * MINUTE) expect(isOpenAt(ms, query)).toBe(true);
        previous = start;
      }
    }, 100);
  });

  test("the slots are exactly the starts of the grid that the rules in plain words leave free", () => {
    holdsForAll((query) => {
      const expected = startsOf(bare(query)).filter((start) => isFree(start, query));
      expect(startsOf(query)).toEqual(expected);
    });
  });

  test("the first slot of each run of open time is where the wall clock puts it", () => {
    holdsForAll((query) => {
      const offsetMinutes = query.event.slotOffsetMinutes ?? 0;
      const bareStarts = new Set(startsOf(bare(query)));
      for (let ms = query.from; ms + offsetMinutes * MINUTE < query.to; ms += 5 * MINUTE) {
        if (!isOpenAt(ms, query) || isOpenAt(ms - 1, query)) continue;
        const first = ms + offsetMinutes * MINUTE;
        const fits = openThroughout(ms, first + query.durationMinutes * MINUTE, query);
        if (fits) expect(bareStarts.has(first)).toBe(true);
      }
    }, 100);
  });

  test("no slot touches busy time, and neither do its buffers", () => {
    holdsForAll((query) => {
      const before = query.event.bufferBeforeMinutes * MINUTE;
      const after = query.event.bufferAfterMinutes * MINUTE;
      for (const { start, end } of listSlots(query)) {
        const met = query.busy.filter(
          (busy) => busy.start < busy.end && busy.start < end + after && start - before < busy.end,
        );
        expect(met).toEqual([]);
      }
    });
  });

  test("a day in any visitor's zone explains as offered exactly what is listed", () => {
    holdsForAll((query) => {
      const day = { start: query.from + DAY, end: query.from + 2 * DAY };
      const offered = explainStretch(query, day).slots.filter(({ verdict }) => verdict.offered);
      expect(offered.map(({ start, end }) => ({ start, end }))).toEqual(
        listSlots({ ...query, from: day.start, to: day.end }),
      );
    }, 150);
  });

  test("a start is offered if and only if it is listed", () => {
    holdsForAll((query) => {
      const listed = new Set(startsOf(query));
      const grid = startsOf(bare(query));
      const others = Array.from({ length: 40 }, (_, index) => query.from + index * 145 * MINUTE);
      for (const start of [...grid, ...others]) {
        expect(isOffered(query, start).offered).toBe(listed.has(start));
      }
    }, 150);
  });
});

describe("asking differently changes nothing", () => {
  test("asking in pieces changes nothing", () => {
    const anyCuts = fc.array(fc.integer({ min: 0, max: SPAN / MINUTE }), { maxLength: 5 });
    fc.assert(
      fc.property(anyQuery, anyCuts, (query, cuts) => {
        const marks = [query.from, ...cuts.map((cut) => query.from + cut * MINUTE), query.to].sort(
          (a, b) => a - b,
        );
        const pieces = marks
          .slice(1)
          .flatMap((to, index) => startsOf({ ...query, from: marks[index] ?? to, to }));
        expect(pieces).toEqual(startsOf(query));
      }),
      { numRuns: 300, seed: 20261025 },
    );
  });

  test("asking day by day in any visitor's zone changes nothing", () => {
    fc.assert(
      fc.property(anyQuery, anyZone, (query, visitorZone) => {
        const byDate = new Map<string, number[]>();
        for (const start of startsOf(query)) {
          const date = localDateOf(start, visitorZone);
          byDate.set(date, [...(byDate.get(date) ?? []), start]);
        }
        for (const [date, starts] of byDate) {
          const day = dateRangeToInstants(date, date, visitorZone);
          const asked = { ...query, from: Math.max(query.from, day.start), to: Math.min(query.to, day.end) };
          expect(startsOf(asked)).toEqual(starts);
        }
      }),
      { numRuns: 150, seed: 20260405 },
    );
  });

  test("everything that is taken in another order changes nothing", () => {
    holdsForAll((query) => {
      const { bookings, busy, holds = [] } = query;
      const turned: SlotQuery = {
        ...query,
        bookings: bookings.toReversed(),
        busy: busy.toReversed(),
        holds: holds.toReversed(),
      };
      expect(startsOf(turned)).toEqual(startsOf(query));
    });
  });
});

describe("taking something away never takes a slot away", () => {
  const lessens = (change: (query: SlotQuery) => Partial<Availability>) => () =>
    holdsForAll((query) => {
      const after = new Set(startsOf({ ...query, ...change(query) }));
      expect(startsOf(query).filter((start) => !after.has(start))).toEqual([]);
    });

  test(
    "taking away busy time never takes a slot away",
    lessens(({ busy }) => ({ busy: busy.slice(1) })),
  );
  test(
    "taking away holds never takes a slot away",
    lessens(() => ({ holds: [] })),
  );
  test(
    "taking away buffers never takes a slot away",
    lessens(({ event }) => ({ event: { ...event, bufferBeforeMinutes: 0, bufferAfterMinutes: 0 } })),
  );
  test(
    "taking away limits never takes a slot away",
    lessens(({ event }) => ({ event: { ...event, limits: {} } })),
  );
  test(
    "taking away notice and window never takes a slot away",
    lessens(({ event }) => ({ event: { ...event, minimumNoticeMinutes: 0, window: { kind: "none" } } })),
  );
  test(
    "taking away bookings of an event type without seats never takes a slot away",
    lessens(({ event, bookings }) => ({
      bookings: (event.seats ?? 1) > 1 ? bookings : bookings.slice(1),
    })),
  );
});

test("a schedule that never closes has the same grid from wherever one looks", () => {
  fc.assert(
    fc.property(anyQuery, fc.integer({ min: 0, max: 60 }), (query, days) => {
      const weekly = [{ days: [1, 2, 3, 4, 5, 6, 7], start: "00:00", end: "24:00" }];
      const always = bare({
        ...query,
        schedule: { timeZone: query.schedule.timeZone, weekly, overrides: [] },
      });
      const from = query.from + days * DAY;
      const far = startsOf({ ...always, to: from + DAY }).filter((start) => start >= from);
      expect(startsOf({ ...always, from, to: from + DAY })).toEqual(far);
      expect(far.length).toBeGreaterThan(0);
    }),
    { numRuns: 100, seed: 20110101 },
  );
});

function openThroughout(from: number, to: number, query: SlotQuery): boolean {
  for (let ms = from; ms < to; ms += 5 * MINUTE) {
    if (!isOpenAt(ms, query)) return false;
  }
  return to - from < 36 * HOUR;
}
