import { describe, expect, test } from "vitest";
import { listSlots } from "@/lib/slot-engine/slots";
import { at, availability, EVERY_DAY, eventType, HOUR, MINUTE, schedule, starts } from "./given";

const utc = (hours: string) => schedule("UTC", hours);
const onMonday = (input: Parameters<typeof availability>[0]) =>
  starts(availability(input), "2026-03-02 00:00", "2026-03-03 00:00");

describe("where slots start", () => {
  test("slots start at the start of the run, then every duration, wholly inside the run", () => {
    expect(onMonday({ schedule: utc("09:00-11:15") })).toBe("09:00 09:30 10:00 10:30");
  });

  test("a run that fits exactly one slot has one", () => {
    expect(onMonday({ schedule: utc("09:00-09:30") })).toBe("09:00");
  });

  test("a run too short for a slot has none", () => {
    expect(onMonday({ schedule: utc("09:00-09:29") })).toBe("");
  });

  test("each run of open time has its own grid", () => {
    expect(onMonday({ schedule: utc("09:00-10:00 10:10-11:10") })).toBe("09:00 09:30 10:10 10:40");
  });

  test("touching windows share one grid", () => {
    expect(onMonday({ schedule: utc("09:00-10:15 10:15-11:15") })).toBe("09:00 09:30 10:00 10:30");
  });

  test("the interval may be shorter than the duration", () => {
    const event = eventType({ durationsMinutes: [60], slotIntervalMinutes: 15 });
    expect(onMonday({ schedule: utc("09:00-10:30"), event })).toBe("09:00 09:15 09:30");
  });

  test("the interval may be longer than the duration", () => {
    const event = eventType({ slotIntervalMinutes: 45 });
    expect(onMonday({ schedule: utc("09:00-12:00"), event })).toBe("09:00 09:45 10:30 11:15");
  });

  test("the offset moves the first slot of each run", () => {
    const event = eventType({ slotOffsetMinutes: 10 });
    expect(onMonday({ schedule: utc("09:00-10:30 13:00-14:00"), event })).toBe("09:10 09:40 13:10");
  });

  test("of several durations the shortest is the interval, whichever is asked for", () => {
    const event = eventType({ durationsMinutes: [60, 15, 30] });
    const input = { schedule: utc("09:00-10:30"), event };
    expect(onMonday({ ...input, durationMinutes: 60 })).toBe("09:00 09:15 09:30");
    expect(onMonday({ ...input, durationMinutes: 30 })).toBe("09:00 09:15 09:30 09:45 10:00");
  });

  test("a duration the event type does not have has no slots", () => {
    expect(onMonday({ schedule: utc("09:00-17:00"), durationMinutes: 20 })).toBe("");
  });

  test("an interval of no length is refused", () => {
    const event = eventType({ slotIntervalMinutes: 0 });
    expect(() => onMonday({ schedule: utc("09:00-17:00"), event })).toThrow(RangeError);
  });

  test("busy time takes slots away and never moves the others", () => {
    const busy = [{ start: at("2026-03-02 09:10"), end: at("2026-03-02 09:20") }];
    expect(onMonday({ schedule: utc("09:00-11:00"), busy })).toBe("09:30 10:00 10:30");
  });
});

describe("what is asked about", () => {
  const input = availability({ schedule: utc("09:10-12:00") });

  test("a slot that starts with the question is in it, one that starts with its end is not", () => {
    expect(starts(input, "2026-03-02 09:40", "2026-03-02 10:40")).toBe("09:40 10:10");
  });

  test("a slot may end after the question does", () => {
    expect(starts(input, "2026-03-02 10:00", "2026-03-02 10:11")).toBe("10:10");
  });

  test("asking from the middle of a run does not move its grid", () => {
    expect(starts(input, "2026-03-02 10:03", "2026-03-03 00:00")).toBe("10:10 10:40 11:10");
  });

  test("nothing is asked if the end is not after the start", () => {
    expect(starts(input, "2026-03-02 10:00", "2026-03-02 10:00")).toBe("");
    expect(starts(input, "2026-03-02 10:00", "2026-03-01 10:00")).toBe("");
  });
});

describe("runs across midnight", () => {
  test("the grid counts from the evening before", () => {
    const event = eventType({ durationsMinutes: [50] });
    const input = availability({ schedule: utc("00:00-03:00 22:00-24:00"), event });
    expect(starts(input, "2026-03-03 00:00", "2026-03-03 12:00")).toBe("00:30 01:20 02:10");
  });

  test("the grid counts from the Friday on which a long weekend of open time began", () => {
    const weekly = [
      { days: [5], start: "18:00", end: "24:00" },
      { days: [6, 7], start: "00:00", end: "24:00" },
      { days: [1], start: "00:00", end: "06:00" },
    ];
    const event = eventType({ durationsMinutes: [50] });
    const input = availability({ schedule: { timeZone: "UTC", weekly, overrides: [] }, event });
    // 66 slots of 50 minutes after Friday 6 March, 18:00: Monday 9 March, 01:00.
    expect(starts(input, "2026-03-09 00:30", "2026-03-10 00:00")).toBe("01:00 01:50 02:40 03:30 04:20 05:10");
  });

  test("an interval counts real time over a clock change", () => {
    const event = eventType({ durationsMinutes: [60], slotIntervalMinutes: 90 });
    const paris = availability({ schedule: schedule("Europe/Paris", "00:00-06:00"), event });
    expect(starts(paris, "2026-03-28 22:00", "2026-03-29 12:00")).toBe("23:00 00:30 02:00");
    expect(starts(paris, "2026-10-24 20:00", "2026-10-25 12:00")).toBe("22:00 23:30 01:00 02:30 04:00");
  });
});

describe("a schedule that never closes", () => {
  const event = eventType({ durationsMinutes: [50] });
  const always = schedule("Europe/Paris", "00:00-24:00");

  test("a schedule that never closes is counted again from every Monday midnight", () => {
    const input = availability({ schedule: always, event });
    // Monday 9 March starts at 23:00 UTC on Sunday; the last slot before it runs into it.
    expect(starts(input, "2026-03-08 21:00", "2026-03-09 01:00")).toBe("21:40 22:30 23:00 23:50 00:40");
  });

  test("a schedule that never closes has its offset after every Monday midnight", () => {
    const input = availability({
      schedule: always,
      event: eventType({ durationsMinutes: [50], slotOffsetMinutes: 20 }),
    });
    expect(starts(input, "2026-03-08 22:00", "2026-03-09 01:00")).toBe("22:00 22:50 23:20 00:10");
  });

  test("a schedule that never closes gives the same slots however it is asked", () => {
    const input = availability({ schedule: always, event });
    const [from, to] = [at("2026-03-01 00:00"), at("2026-04-12 00:00")];
    const whole = listSlots({ ...input, from, to });
    const pieces = [];
    for (let start = from; start < to; start += 11 * HOUR) {
      pieces.push(...listSlots({ ...input, from: start, to: Math.min(to, start + 11 * HOUR) }));
    }
    expect(pieces).toEqual(whole);
    expect(whole.length).toBeGreaterThan(1200);
  });

  test("a schedule that never closes counts from its opening until a whole week has been open before a Monday", () => {
    // Opens on Wednesday 4 March at 10:10; the first Monday with an open week before it is the 16th.
    const weekly = [{ days: EVERY_DAY, start: "00:00", end: "24:00" }];
    const overrides = [{ date: "2026-03-04", windows: [{ start: "10:10", end: "24:00" }] }];
    const input = availability({ schedule: { timeZone: "UTC", weekly, overrides }, event });
    const opening = at("2026-03-04 10:10");
    const slots = listSlots({ ...input, from: opening, to: at("2026-03-18 00:00") });
    const anchored = slots.filter((slot) => (slot.start - opening) % (50 * MINUTE) === 0);
    expect(anchored.at(-1)?.start).toBeGreaterThan(at("2026-03-15 23:00"));
    expect(slots.filter((slot) => slot.start < at("2026-03-16 00:00"))).toEqual(anchored);
    expect(slots[anchored.length]?.start).toBe(at("2026-03-16 00:00"));
  });

  test("a schedule that never closes opens exactly on a Monday: that week already counts as open before the next", () => {
    const overrides = [{ date: "2026-03-08", windows: [] }];
    const input = availability({ schedule: schedule("UTC", "00:00-24:00", { overrides }), event });
    expect(starts(input, "2026-03-15 23:00", "2026-03-16 01:00")).toBe("23:30 00:00 00:50");
  });
});
