import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { explain, isOffered } from "@/lib/slot-engine/explain";
import { judgeHosts, listHostSlots } from "@/lib/slot-engine/hosts";
import type { HostsQuery, HostTime, ScheduleRules, SlotQuery } from "@/lib/slot-engine/rules";
import { listSlots } from "@/lib/slot-engine/slots";
import { anyDay, anyQuery, queryAround, SPAN } from "./any-query";
import { at, booking, DAY, eventType, hold, interval, MINUTE, schedule } from "./given";
import { plainStarts } from "./joint-oracle";

// Seconds on a quiet machine; patience on a busy one.
vi.setConfig({ testTimeout: 120_000 });

const monday = { from: at("2026-03-02 00:00"), to: at("2026-03-03 00:00") };

function host(id: string, hours: string | ScheduleRules, more: Partial<HostsQuery["hosts"][number]> = {}) {
  const open = typeof hours === "string" ? schedule("UTC", hours) : hours;
  return { id, kind: "fixed" as const, schedule: open, bookings: [], busy: [], ...more };
}

function takingTurns(id: string, hours: string, more: Partial<HostsQuery["hosts"][number]> = {}) {
  return host(id, hours, { kind: "rotating", ...more });
}

function query(hosts: HostsQuery["hosts"], more: Partial<HostsQuery> = {}): HostsQuery {
  const event = more.event ?? eventType();
  const [durationMinutes = 30] = event.durationsMinutes;
  const rotatingHosts = hosts.some(({ kind }) => kind === "rotating") ? 1 : 0;
  return { event, durationMinutes, now: at("2020-01-01 00:00"), hosts, rotatingHosts, ...monday, ...more };
}

/** The starts offered, as `HH:mm` UTC, on one line. */
function starts(asked: HostsQuery): string {
  return listHostSlots(asked)
    .map((slot) => new Date(slot.start).toISOString().slice(11, 16))
    .join(" ");
}

describe("hosts who always take part", () => {
  test("hosts who always take part have common times from the minute on at which all are open", () => {
    expect(starts(query([host("a", "09:00-12:00"), host("b", "09:10-12:00")]))).toBe(
      "09:10 09:40 10:10 10:40 11:10",
    );
  });

  test("hosts who always take part are open together in whatever zones they are", () => {
    const paris = schedule("Europe/Paris", "09:00-12:00");
    const london = schedule("Europe/London", "09:00-12:00");
    expect(starts(query([host("a", paris), host("b", london)]))).toBe("09:00 09:30 10:00 10:30");
  });

  test("hosts who always take part are each kept to what they have booked, hold, and have in their calendar", () => {
    const busy = [interval("2026-03-02 09:30", "10:00")];
    const bookings = [booking("2026-03-02 10:00", "10:30", { bufferAfterMinutes: 30 })];
    const holds = [hold("2026-03-02 11:30", "12:00")];
    const hosts = [
      host("a", "09:00-12:30", { busy }),
      host("b", "09:00-12:30", { bookings }),
      host("c", "09:00-12:30", { holds }),
    ];
    expect(starts(query(hosts))).toBe("09:00 11:00 12:00");
  });

  test("hosts who always take part each count limits by their own bookings and days", () => {
    const event = eventType({ limits: { dayCount: 1 } });
    const full = [booking("2026-03-02 20:00", "20:30")];
    const alone = host("a", "09:00-10:00");
    expect(starts(query([alone, host("b", "09:00-10:00", { bookings: full })], { event }))).toBe("");
    const auckland = schedule("Pacific/Auckland", "22:00-23:00");
    // In Auckland that booking is on the next day.
    expect(starts(query([alone, host("b", auckland, { bookings: full })], { event }))).toBe("09:00 09:30");
  });
});

describe("hosts who take turns", () => {
  test("hosts who take turns offer what any of them could take, each by their own hours", () => {
    const hosts = [takingTurns("a", "09:00-10:00"), takingTurns("b", "09:10-10:40 14:00-14:30")];
    expect(starts(query(hosts))).toBe("09:00 09:10 09:30 09:40 10:10 14:00");
  });

  test("hosts who take turns offer a time once, and as long as one of them is free", () => {
    const busy = [interval("2026-03-02 09:00", "09:30")];
    const hosts = [takingTurns("a", "09:00-10:00", { busy }), takingTurns("b", "09:00-10:00")];
    expect(starts(query(hosts))).toBe("09:00 09:30");
    expect(starts(query(hosts, { rotatingHosts: 2 }))).toBe("09:30");
    expect(starts(query(hosts, { rotatingHosts: 3 }))).toBe("");
  });

  test("hosts who take turns offer with those who always take part what all of these have in common with one of them", () => {
    const busy = [interval("2026-03-02 10:00", "10:30")];
    const hosts = [
      host("expert", "09:00-11:00", { busy }),
      takingTurns("a", "08:00-09:40"),
      takingTurns("b", "09:20-12:00"),
    ];
    expect(starts(query(hosts))).toBe("09:00 09:20");
  });

  test("hosts who take turns are not harmed by one of whom nothing is known", () => {
    const hosts = [takingTurns("a", "09:00-10:00", { knownUntil: 0 }), takingTurns("b", "09:00-10:00")];
    expect(starts(query(hosts))).toBe("09:00 09:30");
    expect(starts(query(hosts, { rotatingHosts: 2 }))).toBe("");
    expect(starts(query(hosts.slice(0, 1)))).toBe("");
  });

  test("hosts who take turns offer nothing while none is needed and no one else takes part", () => {
    expect(starts(query([takingTurns("a", "09:00-10:00")], { rotatingHosts: 0 }))).toBe("");
  });
});

describe("the verdict about a start", () => {
  const busy = [interval("2026-03-02 09:30", "10:00")];
  const codes = (asked: HostsQuery, time: string) => {
    const { offered, hosts } = judgeHosts(asked, at(`2026-03-02 ${time}`));
    return [offered, ...hosts.map(({ id, reasons }) => [id, ...reasons.map(({ code }) => code)].join(" "))];
  };

  test("the verdict about a start names what prevents it for each host", () => {
    const hosts = [host("a", "09:00-12:00", { busy }), host("b", "11:00-12:00"), host("c", "09:00-12:00")];
    expect(codes(query(hosts), "09:30")).toEqual([false, "a busy", "b outside_hours", "c"]);
    expect(codes(query(hosts), "11:00")).toEqual([true, "a", "b", "c"]);
  });

  test("the verdict about a start holds each host to the grid of the time they share, not to their own", () => {
    const hosts = [host("a", "09:00-12:00"), host("b", "09:10-12:00")];
    expect(codes(query(hosts), "09:40")).toEqual([true, "a", "b"]);
    expect(codes(query(hosts), "09:30")).toEqual([false, "a", "b off_grid"]);
    const [a, b] = hosts;
    const taken = { busy: [interval("2026-03-02 09:40", "10:00")] };
    expect(codes(query([a, { ...b, ...taken }] as typeof hosts), "09:40")).toEqual([false, "a", "b busy"]);
  });

  test("the verdict about a start leaves those out who could not take a turn", () => {
    const hosts = [takingTurns("a", "09:00-12:00", { busy }), takingTurns("b", "09:00-12:00")];
    expect(codes(query(hosts), "09:30")).toEqual([true, "a busy", "b"]);
    expect(codes(query(hosts, { rotatingHosts: 2 }), "09:30")).toEqual([false, "a busy", "b"]);
  });
});

/** Up to four hosts around the same days; some of them keep the hours of the first, and open some minutes later. */
const anyHosts: fc.Arbitrary<HostsQuery> = anyDay.chain((day) =>
  fc
    .record({
      queries: fc.array(queryAround(day), { minLength: 1, maxLength: 4 }),
      facts: fc.array(
        fc.record({
          kind: fc.constantFrom("fixed" as const, "rotating" as const, "rotating" as const),
          opensLater: fc.constantFrom(null, 0, 5, 10, 20),
          knownUntil: fc.constantFrom(undefined, undefined, undefined, at(`${day} 12:00`)),
        }),
        { minLength: 4, maxLength: 4 },
      ),
      rotatingHosts: fc.integer({ min: 0, max: 3 }),
    })
    .map(({ queries: [first, ...others], facts, rotatingHosts }) => {
      if (!first) throw new Error("there is one query at least");
      const { schedule: _, bookings: __, busy: ___, holds: ____, presence: _____, ...shared } = first;
      const hosts = [first, ...others].map((one, index): HostsQuery["hosts"][number] => {
        const { kind = "fixed", opensLater = null, knownUntil } = facts[index] ?? {};
        const hours = opensLater === null ? one.schedule : later(first.schedule, opensLater);
        const { bookings, busy, holds, presence } = one;
        return { id: `h${index}`, kind, schedule: hours, bookings, busy, holds, presence, knownUntil };
      });
      // Seldom more than there are.
      const most = hosts.filter(({ kind }) => kind === "rotating").length;
      return { ...shared, hosts, rotatingHosts: rotatingHosts === 3 ? 3 : Math.min(rotatingHosts, most) };
    }),
);

function later(rules: ScheduleRules, minutes: number): ScheduleRules {
  const opensLater = ({ start, ...rest }: ScheduleRules["weekly"][number]) => {
    const minute = Math.min(1435, Number(start.slice(0, 2)) * 60 + Number(start.slice(3)) + minutes);
    const two = (value: number) => String(value).padStart(2, "0");
    return { ...rest, start: `${two(Math.floor(minute / 60))}:${two(minute % 60)}` };
  };
  return { ...rules, weekly: rules.weekly.map(opensLater) };
}

function holdsForAll(property: (asked: HostsQuery) => void, numRuns = 200): void {
  fc.assert(fc.property(anyHosts, property), { numRuns, seed: 20261129 });
}

const startsOf = (asked: HostsQuery) => listHostSlots(asked).map(({ start }) => start);

describe("whatever the rules", () => {
  test("whatever the rules, hosts offer together what the rules in plain words leave to some set of them", () => {
    let shared = 0;
    holdsForAll((asked) => {
      const found = startsOf(asked);
      expect(found).toEqual(plainStarts(asked));
      if (asked.hosts.length > 1 && found.length > 0) shared += 1;
    }, 450);
    expect(shared).toBeGreaterThan(60);
  });

  test("a start is offered if and only if it is listed, and then there are enough hosts; what prevents it are each host's own reasons", () => {
    holdsForAll((asked) => {
      const known = { ...asked, hosts: asked.hosts.map((one) => ({ ...one, knownUntil: undefined })) };
      const listed = new Set(startsOf(known));
      const others = Array.from({ length: 20 }, (_, index) => asked.from + index * 290 * MINUTE);
      for (const start of [...listed, ...others]) {
        const { offered, hosts } = judgeHosts(known, start);
        expect(offered).toBe(listed.has(start));
        for (const [index, one] of known.hosts.entries()) {
          const own = explain({ ...known, ...one }, start);
          const onAnyGrid = own.filter(({ code }) => code !== "off_grid");
          expect([own, onAnyGrid]).toContainEqual(hosts[index]?.reasons);
          if (offered) expect(hosts[index]?.reasons).toEqual(onAnyGrid);
        }
        if (!offered) continue;
        const free = known.hosts.filter((_, index) => hosts[index]?.reasons.length === 0);
        const needed = known.hosts.filter(({ kind }) => kind === "fixed");
        expect(free).toEqual(expect.arrayContaining(needed));
        expect(free.length).toBeGreaterThanOrEqual(needed.length + known.rotatingHosts);
      }
    }, 100);
  });

  test("a stretch of weeks has all its slots, also when those of its end were asked for before", () => {
    const asked = () => query([host("a", "09:00-12:00"), host("b", "09:00-12:00")]);
    const weeks = { from: monday.from - 28 * DAY };
    const known = asked();
    const end = startsOf(known);
    expect(startsOf({ ...known, ...weeks })).toEqual(startsOf({ ...asked(), ...weeks }));
    expect(startsOf({ ...known, ...weeks }).length).toBeGreaterThan(end.length);
  });

  test("asking in pieces changes nothing", () => {
    holdsForAll((asked) => {
      const middle = asked.from + Math.floor(SPAN / 3 / MINUTE) * MINUTE;
      const pieces = [...startsOf({ ...asked, to: middle }), ...startsOf({ ...asked, from: middle })];
      expect(pieces).toEqual(startsOf(asked));
    });
  });

  const alone = (
    { schedule: hours, bookings, busy, holds, presence }: SlotQuery,
    kind: HostTime["kind"],
  ): HostTime => ({
    id: "only",
    kind,
    schedule: hours,
    bookings,
    busy,
    holds,
    presence,
  });

  test("one host alone offers what the engine offers for one", () => {
    fc.assert(
      fc.property(anyQuery, fc.constantFrom("fixed" as const, "rotating" as const), (asked, kind) => {
        const hosts = [alone(asked, kind)];
        const question = { ...asked, hosts, rotatingHosts: kind === "rotating" ? 1 : 0 };
        expect(listHostSlots(question)).toEqual(listSlots(asked));
        const others = Array.from({ length: 20 }, (_, index) => asked.from + index * 290 * MINUTE);
        for (const start of [...listSlots(asked).map((slot) => slot.start), ...others]) {
          const verdict = isOffered(asked, start);
          const reasons = verdict.offered ? [] : verdict.reasons;
          expect(judgeHosts(question, start)).toEqual({
            offered: verdict.offered,
            hosts: [{ id: "only", reasons }],
          });
        }
      }),
      { numRuns: 100, seed: 20261130 },
    );
  });

  test("whatever the rules, hosts who are alike offer what each of them does", () => {
    fc.assert(
      fc.property(anyQuery, fc.integer({ min: 0, max: 3 }), (asked, rotatingHosts) => {
        const kinds: HostTime["kind"][] = ["fixed", "rotating", "rotating", "rotating"];
        const hosts = kinds.map((kind) => alone(asked, kind));
        expect(listHostSlots({ ...asked, hosts, rotatingHosts })).toEqual(listSlots(asked));
      }),
      { numRuns: 200, seed: 20261201 },
    );
  });
});

test("hosts who never close share the same grid from wherever one looks", () => {
  const zones = ["Pacific/Auckland", "America/New_York", "Europe/Paris"];
  const event = eventType({ durationsMinutes: [50] });
  const hosts = zones.map((zone) => host(zone, schedule(zone, "00:00-24:00")));
  const from = at("2026-03-01 00:00");
  const whole = startsOf(query(hosts, { event, from, to: from + 30 * DAY }));
  expect(whole.length).toBeGreaterThan(800);
  for (let day = 0; day < 30; day++) {
    const asked = { event, from: from + day * DAY, to: from + (day + 1) * DAY };
    expect(startsOf(query(hosts, asked))).toEqual(
      whole.filter((start) => start >= asked.from && start < asked.to),
    );
  }
});
