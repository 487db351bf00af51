import { describe, expect, test } from "vitest";
import { addMonths, columnDates, lastDateOf, weekStartOf, weeksOf } from "@/lib/booking-page/month";
import { choiceOf, listOf } from "@/lib/format/lists";
import {
  clockRange,
  clockTime,
  dateRangeName,
  dayName,
  longDayName,
  monthAlone,
  monthName,
  shortDateName,
  weekdayName,
} from "@/lib/format/spoken-time";
import { defaultLocale } from "@/lib/i18n/languages";

const none = new Map<string, unknown[]>();
const drawn = (month: string, weekStartsOn: 1 | 7) =>
  weeksOf(month, weekStartsOn, none).map((week) =>
    week.map((day) => (day ? day.date.slice(8) : "--")).join(" "),
  );

describe("a month of days", () => {
  test("a month of days starts its weeks on Monday", () => {
    expect(drawn("2026-12", 1)).toEqual([
      "-- 01 02 03 04 05 06",
      "07 08 09 10 11 12 13",
      "14 15 16 17 18 19 20",
      "21 22 23 24 25 26 27",
      "28 29 30 31 -- -- --",
    ]);
  });

  test("a month of days can start its weeks on Sunday", () => {
    expect(drawn("2026-11", 7)).toEqual([
      "01 02 03 04 05 06 07",
      "08 09 10 11 12 13 14",
      "15 16 17 18 19 20 21",
      "22 23 24 25 26 27 28",
      "29 30 -- -- -- -- --",
    ]);
  });

  test("a month of days knows leap years and the ends of years", () => {
    expect(lastDateOf("2028-02")).toBe("2028-02-29");
    expect(lastDateOf("2027-02")).toBe("2027-02-28");
    expect(addMonths("2026-12", 1)).toBe("2027-01");
    expect(addMonths("2026-01", -1)).toBe("2025-12");
    expect(addMonths("2026-05", -12)).toBe("2025-05");
  });

  test("a month of days counts the times of each day", () => {
    const times = new Map([["2026-12-10", [1, 2, 3]]]);
    const days = weeksOf("2026-12", 1, times).flat();
    expect(days.find((day) => day?.date === "2026-12-10")?.times).toBe(3);
    expect(days.find((day) => day?.date === "2026-12-11")?.times).toBe(0);
  });

  test.each([
    ["en-US", 7],
    ["en-GB", 1],
    ["de", 1],
    ["pt-BR", 7],
    ["ar-EG", 6],
    ["not a language", 1],
    ["", 1],
  ])("a month of days starts the week as %s does", (locale, day) => {
    expect(weekStartOf(locale)).toBe(day);
  });

  test("a month of days names its columns by the first day", () => {
    const names = (day: 1 | 7) => columnDates(day).map((date) => weekdayName(date, "short", defaultLocale));
    expect(names(1).join(" ")).toBe("Mon Tue Wed Thu Fri Sat Sun");
    expect(names(7).join(" ")).toBe("Sun Mon Tue Wed Thu Fri Sat");
  });
});

describe("dates and times in words", () => {
  const half = Date.parse("2026-12-10T14:30:00Z");

  test("dates and times in words name the weekday, the day, the month", () => {
    expect(dayName("2026-12-10", defaultLocale)).toBe("Thursday 10 December");
    expect(longDayName("2026-12-10", defaultLocale)).toBe("Thursday 10 December 2026");
    expect(monthName("2026-12", defaultLocale)).toBe("December 2026");
    expect(monthAlone("2026-12", defaultLocale)).toBe("December");
    expect(shortDateName("2026-12-10", defaultLocale)).toBe("10 Dec 2026");
    expect(dateRangeName("2026-12-24", "2026-12-26", defaultLocale)).toBe("24–26 December");
    expect(dateRangeName("2026-11-30", "2026-12-02", defaultLocale)).toBe("30 November–2 December");
    expect(listOf(["15", "30", "60"], defaultLocale)).toBe("15, 30, 60");
    expect(choiceOf(["15", "30", "60"], defaultLocale)).toBe("15, 30 or 60");
    expect(weekdayName("2026-12-10", "long", defaultLocale)).toBe("Thursday");
  });

  test("dates and times in words are read in the zone that is asked for", () => {
    expect(clockRange(half, half + 1_800_000, "America/New_York", "24", defaultLocale)).toBe("09:30–10:00");
    expect(clockRange(half, half + 1_800_000, "Europe/Paris", "24", defaultLocale)).toBe("15:30–16:00");
  });

  test.each([
    ["2026-12-10T00:05:00Z", "12:05 AM"],
    ["2026-12-10T09:00:00Z", "9:00 AM"],
    ["2026-12-10T12:00:00Z", "12:00 PM"],
    ["2026-12-10T23:59:00Z", "11:59 PM"],
  ])("a time in twelve hours: %s is %s", (instant, words) => {
    expect(clockTime(Date.parse(instant), "UTC", "12", defaultLocale)).toBe(words);
  });
});
