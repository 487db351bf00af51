import { describe, expect, test } from "vitest";
import { explain } from "@/lib/slot-engine/explain";
import type { Availability, BookingWindow } from "@/lib/slot-engine/rules";
import { at, availability, dates, eventType, schedule, starts } from "./given";

const morning = schedule("UTC", "09:00-11:00");
const fromNow = (now: string, window: BookingWindow, input: Partial<Availability> = {}) =>
  availability({ schedule: morning, event: eventType({ window }), now: at(now), ...input });
const march = (input: Availability) =>
  dates(input, "2026-03-01 00:00", "2026-04-01 00:00").replaceAll("2026-03-", "");

describe("minimum notice", () => {
  const event = eventType({ minimumNoticeMinutes: 120 });
  const noticed = (now: string) => availability({ schedule: morning, event, now: at(now) });

  test("a slot that starts just then is offered", () => {
    expect(starts(noticed("2026-03-02 07:30"), "2026-03-02 00:00", "2026-03-03 00:00")).toBe(
      "09:30 10:00 10:30",
    );
  });

  test("a minute later it is too soon", () => {
    const now = noticed("2026-03-02 07:31");
    expect(starts(now, "2026-03-02 00:00", "2026-03-03 00:00")).toBe("10:00 10:30");
    expect(explain(now, at("2026-03-02 09:30"))).toEqual([
      { code: "too_soon", earliestStart: at("2026-03-02 09:31") },
    ]);
  });

  test("counted from before, what was soon enough then still is", () => {
    const opened = { ...noticed("2026-03-02 07:34"), noticeFrom: at("2026-03-02 07:30") };
    expect(starts(opened, "2026-03-02 00:00", "2026-03-03 00:00")).toBe("09:30 10:00 10:30");
    expect(explain({ ...opened, noticeFrom: at("2026-03-02 07:31") }, at("2026-03-02 09:30"))).toEqual([
      { code: "too_soon", earliestStart: at("2026-03-02 09:31") },
    ]);
  });

  test("what has begun is not offered, wherever the notice is counted from", () => {
    const begun = fromNow("2026-03-02 09:31", { kind: "none" }, { noticeFrom: at("2026-03-02 09:29") });
    expect(starts(begun, "2026-03-02 00:00", "2026-03-03 00:00")).toBe("10:00 10:30");
    expect(explain(begun, at("2026-03-02 09:30"))).toEqual([
      { code: "too_soon", earliestStart: at("2026-03-02 09:31") },
    ]);
  });

  test("without notice a slot may start now but not have started", () => {
    const now = fromNow("2026-03-02 09:30", { kind: "none" });
    expect(starts(now, "2026-03-02 00:00", "2026-03-03 00:00")).toBe("09:30 10:00 10:30");
  });
});

describe("available now", () => {
  const event = eventType({ minimumNoticeMinutes: 90, availableNowMinutes: 60 });
  const asked = (presence: Availability["presence"], now = "2026-03-02 09:10") =>
    availability({ schedule: schedule("UTC", "09:00-12:00"), event, now: at(now), presence });
  const onThatDay = (input: Availability) => starts(input, "2026-03-02 00:00", "2026-03-03 00:00");

  test("while the host is available the next minutes are offered, and the notice is for the times after them", () => {
    expect(onThatDay(asked("available"))).toBe("09:30 10:00 11:00 11:30");
    expect(explain(asked("available"), at("2026-03-02 10:30"))).toEqual([
      { code: "too_soon", earliestStart: at("2026-03-02 10:40") },
    ]);
  });

  test.each(["away", "unreadable", "not_permitted", "no_account"] as const)(
    "while it is %s that they are, they aren't",
    (presence) => {
      expect(onThatDay(asked(presence))).toBe("11:00 11:30");
      expect(explain(asked(presence), at("2026-03-02 10:00"))).toEqual([
        { code: "not_available_now", presence, until: at("2026-03-02 10:10") },
      ]);
    },
  );

  test("where nothing is known they aren't, and what has begun never is", () => {
    expect(onThatDay(asked(undefined))).toBe("11:00 11:30");
    expect(explain(asked(undefined), at("2026-03-02 09:30"))).toMatchObject([{ presence: "unreadable" }]);
    expect(explain(asked("available"), at("2026-03-02 09:00"))).toMatchObject([{ code: "too_soon" }]);
  });

  test("without a notice too the next minutes are the available host's alone", () => {
    const bare = eventType({ availableNowMinutes: 60 });
    expect(onThatDay({ ...asked("away"), event: bare })).toBe("10:30 11:00 11:30");
    expect(onThatDay({ ...asked("available"), event: bare })).toBe("09:30 10:00 10:30 11:00 11:30");
  });

  test("the first time after the next minutes is the notice's", () => {
    expect(onThatDay(asked("available", "2026-03-02 09:00"))).toBe("09:00 09:30 10:30 11:00 11:30");
    expect(onThatDay(asked("away", "2026-03-02 09:00"))).toBe("10:30 11:00 11:30");
  });
});

describe("booking window", () => {
  test("a booking window rolling by 2 days is today, tomorrow and the day after", () => {
    expect(march(fromNow("2026-03-05 08:00", { kind: "rolling", days: 2 }))).toBe("05 06 07");
  });

  test("a booking window rolling by 0 days is today", () => {
    expect(march(fromNow("2026-03-05 08:00", { kind: "rolling", days: 0 }))).toBe("05");
  });

  test("the today of a booking window is the organizer's", () => {
    const window: BookingWindow = { kind: "rolling", days: 1 };
    const honolulu = fromNow("2026-03-05 08:00", window, {
      schedule: schedule("Pacific/Honolulu", "09:00-10:00"),
    });
    // There it is still the 4th; 09:00 is 19:00 UTC.
    expect(march(honolulu)).toBe("05");
    const auckland = fromNow("2026-03-05 12:00", window, {
      schedule: schedule("Pacific/Auckland", "09:00-10:00"),
    });
    // There it is the 6th already; 09:00 of the 6th and 7th is 20:00 UTC the day before.
    expect(march(auckland)).toBe("05 06");
  });

  test("the date on which a slot starts counts", () => {
    const late = schedule("UTC", "23:45-24:00 00:00-01:00");
    const input = fromNow("2026-03-05 08:00", { kind: "rolling", days: 0 }, { schedule: late });
    expect(starts(input, "2026-03-05 12:00", "2026-03-06 12:00")).toBe("23:45");
  });

  test("a booking window rolling over bookable days leaves out those without open time", () => {
    const weekdays = { ...morning, weekly: [{ days: [1, 2, 3, 4, 5], start: "09:00", end: "11:00" }] };
    // Thursday the 5th; then Friday, Monday (closed), Tuesday, Wednesday.
    const input = fromNow(
      "2026-03-05 08:00",
      { kind: "rolling_bookable", days: 3 },
      { schedule: { ...weekdays, closedDates: ["2026-03-09"] } },
    );
    expect(march(input)).toBe("05 06 10 11");
    expect(explain(input, at("2026-03-12 09:00"))).toEqual([
      { code: "beyond_window", lastDate: "2026-03-11" },
    ]);
  });

  test("a booking window rolling over bookable days is the plain one where every day is open", () => {
    expect(march(fromNow("2026-03-05 08:00", { kind: "rolling_bookable", days: 2 }))).toBe("05 06 07");
  });

  test("a booking window rolling over bookable days ends even if nothing is ever open", () => {
    const never = fromNow(
      "2026-03-05 08:00",
      { kind: "rolling_bookable", days: 2 },
      { schedule: schedule("UTC", "") },
    );
    expect(march(never)).toBe("");
  });

  test("a range includes both its dates", () => {
    const input = fromNow("2026-03-01 00:00", { kind: "range", from: "2026-03-05", to: "2026-03-07" });
    expect(march(input)).toBe("05 06 07");
    expect(explain(input, at("2026-03-04 09:00"))).toEqual([
      { code: "before_window", firstDate: "2026-03-05" },
    ]);
    expect(explain(input, at("2026-03-08 09:00"))).toEqual([
      { code: "beyond_window", lastDate: "2026-03-07" },
    ]);
  });

  test("without a booking window only the past is out of reach", () => {
    const input = fromNow("2026-03-30 00:00", { kind: "none" });
    expect(march(input)).toBe("30 31");
    expect(starts(input, "2036-03-01 00:00", "2036-03-02 00:00")).toBe("09:00 09:30 10:00 10:30");
  });
});
