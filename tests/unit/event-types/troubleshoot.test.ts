import { describe, expect, test } from "vitest";
import { spanOf, toLanes } from "@/components/event-types/troubleshoot-lanes";
import type { ExplainedTime } from "@/lib/offers/troubleshoot";
import { readTroubleshootQuery, writeTroubleshootQuery } from "@/lib/offers/troubleshoot-query";
import { explainStretch } from "@/lib/slot-engine/explain-stretch";
import type { Availability, Verdict } from "@/lib/slot-engine/rules";
import { listSlots } from "@/lib/slot-engine/slots";
import { instantOfWallTime } from "@/lib/slot-engine/zone";
import {
  at,
  availability,
  booking,
  eventType,
  explainDay,
  hold,
  interval,
  schedule,
} from "../scheduling/given";

const day = { start: at("2026-03-02 00:00"), end: at("2026-03-03 00:00") };

/** The day as the page has it, with every calendar read. */
function explained(input: Availability): ExplainedTime {
  const { slots, ...rest } = explainStretch(input, day);
  const reasonsOf = (verdict: Verdict) => (verdict.offered ? [] : verdict.reasons);
  return {
    ...rest,
    unread: null,
    replies: null,
    slots: slots.map(({ verdict, ...slot }) => ({ ...slot, reasons: reasonsOf(verdict) })),
  };
}

/** Each lane on a line: `bookings 10:00-10:30`. */
function drawn(input: Availability): string[] {
  const time = (ms: number) => new Date(ms).toISOString().slice(11, 16);
  return toLanes(explained(input), day).map(({ name, marks }) =>
    [name, ...marks.map(({ start, end }) => `${time(start)}-${time(end)}`)].join(" "),
  );
}

describe("the lanes of a day", () => {
  test("the lanes of a day show what is open, taken, and left", () => {
    const input = availability({
      schedule: schedule("UTC", "09:00-11:00"),
      bookings: [booking("2026-03-02 09:30", "10:00", { bufferAfterMinutes: 10 })],
      busy: [interval("2026-03-02 07:00", "08:00")],
      holds: [hold("2026-03-02 10:30", "11:00")],
    });
    expect(drawn(input)).toEqual([
      "offered 09:00-09:30",
      "open 09:00-11:00",
      "bookings 09:30-10:00",
      "busy 07:00-08:00",
      "held 10:30-11:00",
    ]);
    const lanes = toLanes(explained(input), day);
    expect(lanes[2]?.marks[0]?.claimed).toEqual(interval("2026-03-02 09:30", "10:10"));
    expect(spanOf(lanes, day, [])).toEqual(interval("2026-03-02 06:00", "12:00"));
    expect(spanOf(lanes, day, [at("2026-03-02 23:45")])).toEqual({
      start: at("2026-03-02 06:00"),
      end: day.end,
    });
  });

  test("the lanes of a day show notice, window and limits where they bite", () => {
    const open = schedule("UTC", "09:00-10:00");
    const soon = {
      schedule: open,
      now: at("2026-03-02 08:00"),
      event: eventType({ minimumNoticeMinutes: 90 }),
    };
    expect(drawn(availability(soon))).toContain("notice 00:00-09:30");
    const now = { ...soon, event: eventType({ minimumNoticeMinutes: 90, availableNowMinutes: 60 }) };
    expect(drawn(availability(now))).toEqual(
      expect.arrayContaining(["notice 00:00-08:00 09:00-09:30", "presence 08:00-09:00"]),
    );
    const isHere = drawn(availability({ ...now, presence: "available" }));
    expect(isHere.filter((lane) => lane.startsWith("presence"))).toEqual([]);
    const past = eventType({ window: { kind: "range", from: "2026-02-01", to: "2026-03-01" } });
    expect(drawn(availability({ schedule: open, event: past }))).toContain("window 00:00-00:00");
    const full = {
      schedule: open,
      event: eventType({ limits: { monthCount: 1 } }),
      bookings: [booking("2026-03-20 09:00", "09:30")],
    };
    expect(drawn(availability(full))).toContain("limits 09:00-09:30 09:30-10:00");
  });

  test("the lanes of a day show where the calendar has not been read", () => {
    const unread = { start: at("2026-03-02 10:00"), end: at("2026-03-04 00:00") };
    const lanes = toLanes({ ...explained(availability({ schedule: schedule("UTC", "") })), unread }, day);
    expect(lanes.find(({ name }) => name === "unread")?.marks).toEqual([
      { start: unread.start, end: day.end },
    ]);
  });

  test("the lanes of a day show a holiday, cut to the day", () => {
    const holiday = { start: at("2026-03-01 23:00"), end: at("2026-03-02 23:00") };
    const lanes = toLanes(explained(availability({ schedule: schedule("UTC", "") })), day, [holiday]);
    expect(lanes.find(({ name }) => name === "holiday")?.marks).toEqual([
      { start: day.start, end: holiday.end },
    ]);
    expect(spanOf(lanes, day, [at("2026-03-02 10:00")])).toEqual(day);
  });

  test("the lanes of a day of an empty day cover it whole", () => {
    const lanes = toLanes(explained(availability({ schedule: schedule("UTC", "") })), day);
    expect(lanes.flatMap(({ marks }) => marks)).toEqual([]);
    expect(spanOf(lanes, day, [])).toEqual(day);
  });
});

describe("a stretch of time explained", () => {
  test("a stretch of time explained offers what is listed, in whatever zone its day is", () => {
    const input = availability({ schedule: schedule("America/New_York", "09:00-17:00") });
    const tokyo = { start: at("2026-03-01 15:00"), end: at("2026-03-02 15:00") };
    const offered = explainStretch(input, tokyo).slots.filter(({ verdict }) => verdict.offered);
    expect(offered.map(({ start, end }) => ({ start, end }))).toEqual(
      listSlots({ ...input, from: tokyo.start, to: tokyo.end }),
    );
    expect(explainDay(input, "2026-03-02").slots).toHaveLength(16);
  });
});

describe("a question", () => {
  const usual = { timeZone: "Europe/Paris", durationsMinutes: [30, 60], now: at("2026-03-01 23:30") };

  test("a troubleshooting query is about today, the first length and the organizer's zone, unless it says otherwise", () => {
    expect(readTroubleshootQuery({}, usual)).toEqual({
      date: "2026-03-02",
      time: null,
      startsAt: null,
      durationMinutes: 30,
      timeZone: "Europe/Paris",
    });
    const nonsense = { date: "2026-02-30", time: "25:00", duration: "45", tz: "Mars/Olympus" };
    expect(readTroubleshootQuery(nonsense, usual)).toEqual(readTroubleshootQuery({}, usual));
  });

  test("a troubleshooting query is kept in its address", () => {
    const asked = readTroubleshootQuery(
      { date: "2026-07-01", time: "10:15", duration: "60", tz: "Asia/Tokyo" },
      usual,
    );
    expect(asked.startsAt).toBe(at("2026-07-01 01:15"));
    const address = Object.fromEntries(new URLSearchParams(writeTroubleshootQuery(asked)));
    expect(readTroubleshootQuery(address, usual)).toEqual(asked);
  });
});

describe("the instant of a wall time", () => {
  test.each([
    ["2026-01-15", "09:00", "2026-01-15 08:00"],
    ["2026-07-15", "09:00", "2026-07-15 07:00"],
    ["2026-03-29", "01:59", "2026-03-29 00:59"],
    ["2026-03-29", "02:30", "2026-03-29 01:30"],
    ["2026-03-29", "03:00", "2026-03-29 01:00"],
    ["2026-10-25", "02:30", "2026-10-25 00:30"],
    ["2026-10-25", "03:00", "2026-10-25 02:00"],
  ])("the wall time %s %s in Paris is %s UTC", (date, time, utc) => {
    expect(instantOfWallTime(date, time, "Europe/Paris")).toBe(at(utc));
  });
});
