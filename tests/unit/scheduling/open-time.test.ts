import { describe, expect, test } from "vitest";
import { openRuns } from "@/lib/slot-engine/open-time";
import type { ScheduleRules } from "@/lib/slot-engine/rules";
import { prepareSchedule } from "@/lib/slot-engine/schedule";
import { at, availability, DAY, eventType, schedule, starts, windows } from "./given";

/** Runs as `01:30-03:00` UTC, on one line; an instant of another day than the first shows its date. */
function runs(rules: ScheduleRules, from: string, to: string): string {
  const show = (ms: number) => {
    const text = new Date(ms).toISOString();
    return text.slice(0, 10) === from.slice(0, 10) ? text.slice(11, 16) : text.slice(5, 16).replace("T", " ");
  };
  return openRuns(prepareSchedule(rules), at(from), at(to))
    .map((run) => `${show(run.start)}-${show(run.end)}`)
    .join(" ");
}

describe("clock changes", () => {
  test.each([
    // Paris skips 02:00 to 03:00 (01:00 UTC) and repeats it on 25 October (00:00 to 02:00 UTC).
    [
      "a window that holds the skipped hour loses it",
      "Europe/Paris",
      "2026-03-29",
      "01:30-03:30",
      "00:30-01:30",
    ],
    [
      "a window that starts in the gap starts at its end",
      "Europe/Paris",
      "2026-03-29",
      "02:30-04:00",
      "01:00-02:00",
    ],
    [
      "a window that ends in the gap ends where it starts",
      "Europe/Paris",
      "2026-03-29",
      "00:30-02:30",
      "23:30-01:00",
    ],
    ["a window inside the gap is not there", "Europe/Paris", "2026-03-29", "02:15-02:45", ""],
    [
      "windows on both sides of the gap touch",
      "Europe/Paris",
      "2026-03-29",
      "01:00-02:00 03:00-04:00",
      "00:00-02:00",
    ],
    [
      "a window inside the repeated hour is there twice",
      "Europe/Paris",
      "2026-10-25",
      "02:15-02:45",
      "00:15-00:45 01:15-01:45",
    ],
    [
      "a window that holds the repeated hour is longer",
      "Europe/Paris",
      "2026-10-25",
      "01:30-03:30",
      "23:30-02:30",
    ],
    [
      "a window that starts in the repeated hour is open, closed, open",
      "Europe/Paris",
      "2026-10-25",
      "02:30-03:30",
      "00:30-01:00 01:30-02:30",
    ],
    [
      "a window that ends in the repeated hour likewise",
      "Europe/Paris",
      "2026-10-25",
      "01:30-02:30",
      "23:30-00:30 01:00-01:30",
    ],
    [
      "two windows in the repeated hour come in their order, twice",
      "Europe/Paris",
      "2026-10-25",
      "02:00-02:15 02:30-02:45",
      "00:00-00:15 00:30-00:45 01:00-01:15 01:30-01:45",
    ],
    // New York changes at 07:00 and 06:00 UTC.
    ["New York loses 02:00 to 03:00", "America/New_York", "2026-03-08", "01:00-04:00", "06:00-08:00"],
    ["New York has 01:00 to 02:00 twice", "America/New_York", "2026-11-01", "01:00-02:00", "05:00-07:00"],
    // Lord Howe skips and repeats half an hour.
    ["half an hour is skipped", "Australia/Lord_Howe", "2026-10-04", "01:45-02:45", "15:15-15:45"],
    ["half an hour is repeated", "Australia/Lord_Howe", "2026-04-05", "01:30-02:00", "14:30-15:30"],
    // Troll changes by two hours.
    ["two hours are skipped", "Antarctica/Troll", "2026-03-29", "00:30-03:30", "00:30-01:30"],
    ["two hours are repeated", "Antarctica/Troll", "2026-10-25", "01:00-03:00", "23:00-03:00"],
    // Here midnight is skipped, or the hour before it repeated.
    ["a day without midnight opens at 01:00", "Asia/Beirut", "2026-03-29", "00:00-02:00", "22:00-23:00"],
    ["a window inside the missing midnight is not there", "Africa/Cairo", "2026-04-24", "00:00-01:00", ""],
    [
      "a day whose last hour is repeated has it twice",
      "Africa/Cairo",
      "2026-10-29",
      "23:30-24:00",
      "20:30-21:00 21:30-22:00",
    ],
    ["the end of a day is skipped", "America/Scoresbysund", "2026-03-28", "22:00-24:00", "00:00-01:00"],
  ])("a clock change: %s (%s)", (_, timeZone, date, hours, expected) => {
    const rules: ScheduleRules = {
      timeZone,
      weekly: [],
      overrides: [{ date, windows: windows(hours) }],
    };
    const found = openRuns(prepareSchedule(rules), at(`${date} 00:00`) - DAY, at(`${date} 00:00`) + 2 * DAY);
    const show = (ms: number) => new Date(ms).toISOString().slice(11, 16);
    expect(found.map((run) => `${show(run.start)}-${show(run.end)}`).join(" ")).toBe(expected);
  });

  test("a skipped date is not there", () => {
    const rules = schedule("Pacific/Apia", "09:00-10:00");
    // UTC-10 until the evening of the 29th, UTC+14 after it.
    expect(runs(rules, "2011-12-29 12:00", "2012-01-01 00:00")).toBe(
      "19:00-20:00 12-30 19:00-12-30 20:00 12-31 19:00-12-31 20:00",
    );
  });

  test("time around the clock has no seam, whatever the clock does", () => {
    for (const timeZone of ["Europe/Paris", "Africa/Cairo", "Pacific/Apia", "Australia/Lord_Howe"]) {
      for (const year of [2011, 2026]) {
        const [from, to] = [at(`${year}-01-01 00:00`), at(`${year + 1}-02-01 00:00`)];
        const found = openRuns(prepareSchedule(schedule(timeZone, "00:00-24:00")), from, to);
        expect(found, `${timeZone} ${year}`).toEqual([{ start: from, end: to }]);
      }
    }
  });
});

describe("windows", () => {
  test("overlapping and touching windows are one run", () => {
    const rules = schedule("UTC", "09:00-11:00 10:30-12:00 12:00-13:00 14:00-15:00");
    expect(runs(rules, "2026-03-02 00:00", "2026-03-03 00:00")).toBe("09:00-13:00 14:00-15:00");
  });

  test("the order in which windows are written does not matter", () => {
    const rules = schedule("UTC", "14:00-15:00 12:00-13:00 09:00-12:00");
    expect(runs(rules, "2026-03-02 00:00", "2026-03-03 00:00")).toBe("09:00-13:00 14:00-15:00");
  });

  test("windows that meet at midnight are one run", () => {
    const rules = schedule("UTC", "00:00-02:00 22:00-24:00");
    expect(runs(rules, "2026-03-02 12:00", "2026-03-04 12:00")).toBe(
      "22:00-03-03 02:00 03-03 22:00-03-04 02:00",
    );
  });

  test("a window ends with its day only if it says 24:00", () => {
    const rules = schedule("UTC", "00:00-02:00 22:00-23:59");
    expect(runs(rules, "2026-03-02 12:00", "2026-03-03 12:00")).toBe("22:00-23:59 03-03 00:00-03-03 02:00");
  });

  test("a window whose end is not after its start is empty", () => {
    const rules = schedule("UTC", "09:00-09:00 22:00-02:00");
    expect(runs(rules, "2026-03-02 00:00", "2026-03-03 00:00")).toBe("");
  });

  test("the days of the week are the schedule's, Monday first", () => {
    const weekly = [{ days: [1, 7], start: "00:00", end: "01:00" }];
    const rules = { timeZone: "Pacific/Auckland", weekly, overrides: [] };
    // Sunday 5 July and Monday 6 July 2026 start at noon UTC the day before.
    expect(runs(rules, "2026-07-04 00:00", "2026-07-09 00:00")).toBe("12:00-13:00 07-05 12:00-07-05 13:00");
  });

  test.each(["9:00", "24:01", "25:00", "12:60", "", "noon"])("“%s” is not a time of day", (start) => {
    const weekly = [{ days: [1], start, end: "24:00" }];
    expect(() => prepareSchedule({ timeZone: "UTC", weekly, overrides: [] })).toThrow(RangeError);
  });
});

describe("single dates", () => {
  const week = (rules: Partial<ScheduleRules>) =>
    runs(schedule("UTC", "09:00-10:00", rules), "2026-03-02 00:00", "2026-03-05 00:00");

  test("an override replaces its whole day and no other", () => {
    const overrides = [{ date: "2026-03-03", windows: windows("12:00-13:00 15:00-16:00") }];
    expect(week({ overrides })).toBe(
      "09:00-10:00 03-03 12:00-03-03 13:00 03-03 15:00-03-03 16:00 03-04 09:00-03-04 10:00",
    );
  });

  test("an override without windows closes the day", () => {
    expect(week({ overrides: [{ date: "2026-03-03", windows: [] }] })).toBe(
      "09:00-10:00 03-04 09:00-03-04 10:00",
    );
  });

  test("a closed date closes the day", () => {
    expect(week({ closedDates: ["2026-03-03"] })).toBe("09:00-10:00 03-04 09:00-03-04 10:00");
  });

  test("an override of a closed date wins", () => {
    const overrides = [{ date: "2026-03-03", windows: windows("12:00-13:00") }];
    expect(week({ closedDates: ["2026-03-03"], overrides })).toBe(
      "09:00-10:00 03-03 12:00-03-03 13:00 03-04 09:00-03-04 10:00",
    );
  });

  test("an override up to midnight joins the next morning", () => {
    const overrides = [{ date: "2026-03-02", windows: windows("23:00-24:00") }];
    const rules = schedule("UTC", "00:00-01:00", { overrides });
    expect(runs(rules, "2026-03-02 00:00", "2026-03-04 00:00")).toBe("23:00-03-03 01:00");
  });
});

describe("travel", () => {
  const tokyo = { from: "2026-03-03", to: "2026-03-04", timeZone: "Asia/Tokyo" };

  test("the hours of the dates of a journey are read in the zone there", () => {
    const rules = schedule("UTC", "09:00-10:00", { travel: [tokyo] });
    expect(runs(rules, "2026-03-02 00:00", "2026-03-06 00:00")).toBe(
      "09:00-10:00 03-03 00:00-03-03 01:00 03-04 00:00-03-04 01:00 03-05 09:00-03-05 10:00",
    );
  });

  test("an override during a journey is read there too", () => {
    const overrides = [{ date: "2026-03-03", windows: windows("18:00-19:00") }];
    const rules = schedule("UTC", "", { travel: [tokyo], overrides });
    expect(runs(rules, "2026-03-03 00:00", "2026-03-06 00:00")).toBe("09:00-10:00");
  });

  test("hours that fall together at the border of a journey are one run, and none is counted twice", () => {
    // Until 24:00 UTC on the 2nd; from 00:00 in Tokyo on the 3rd, which is 15:00 UTC on the 2nd.
    const rules = schedule("UTC", "00:00-24:00", { travel: [tokyo] });
    expect(runs(rules, "2026-03-02 00:00", "2026-03-04 12:00")).toBe("00:00-03-04 12:00");
  });

  test("hours between the zones of a journey are no one's", () => {
    const west = { from: "2026-03-03", to: "2026-03-03", timeZone: "Etc/GMT+6" };
    const rules = schedule("UTC", "00:00-24:00", { travel: [west] });
    expect(runs(rules, "2026-03-02 00:00", "2026-03-05 00:00")).toBe(
      "00:00-03-03 00:00 03-03 06:00-03-05 00:00",
    );
  });

  test("of two journeys on one date the first counts", () => {
    const rules = schedule("UTC", "09:00-10:00", {
      travel: [tokyo, { from: "2026-03-04", to: "2026-03-05", timeZone: "Etc/GMT+1" }],
    });
    expect(runs(rules, "2026-03-04 00:00", "2026-03-06 00:00")).toBe("00:00-01:00 03-05 10:00-03-05 11:00");
  });

  test("slots during a journey count from the start of the run, wherever its hours were read", () => {
    const rules = schedule("UTC", "09:10-10:40", { travel: [tokyo] });
    const input = availability({ schedule: rules, event: eventType() });
    expect(starts(input, "2026-03-03 00:00", "2026-03-04 00:00")).toBe("00:10 00:40 01:10");
  });
});
