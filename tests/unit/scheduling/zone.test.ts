import { describe, expect, test } from "vitest";
import {
  dateRangeToInstants,
  isValidTimeZone,
  localDateOf,
  offsetMinutesAt,
  startOfDate,
  wallTime,
} from "@/lib/slot-engine/zone";
import { canonicalTimeZone } from "@/lib/slot-engine/zone-clock";
import { at, DAY, HOUR } from "./given";

describe("zone names", () => {
  test.each([
    ["Europe/Paris", "Europe/Paris"],
    ["europe/paris", "Europe/Paris"],
    ["ASIA/KOLKATA", "Asia/Kolkata"],
    ["Asia/Calcutta", "Asia/Calcutta"],
    ["america/port-au-prince", "America/Port-au-Prince"],
    ["etc/gmt+5", "Etc/GMT+5"],
    ["utc", "UTC"],
    ["us/eastern", "US/Eastern"],
  ])("the zone %s is known as %s", (typed, name) => {
    expect(canonicalTimeZone(typed)).toBe(name);
    expect(isValidTimeZone(typed)).toBe(true);
  });

  test.each(["", "Mars/Olympus", "+02:00", "-0500", "IST", "BST", "Europe/Paris ", "2026", "Europe"])(
    "“%s” is not a zone",
    (typed) => {
      expect(isValidTimeZone(typed)).toBe(false);
      expect(() => localDateOf(0, typed)).toThrow(RangeError);
    },
  );

  test("every zone this Node lists is valid", () => {
    expect(Intl.supportedValuesOf("timeZone").filter((zone) => !isValidTimeZone(zone))).toEqual([]);
  });
});

describe("wall time", () => {
  test.each([
    ["2026-01-01 00:30", "America/New_York", "2025-12-31", "19:30", -300],
    ["2026-07-01 00:30", "America/New_York", "2026-06-30", "20:30", -240],
    ["2026-07-01 12:00", "Asia/Kolkata", "2026-07-01", "17:30", 330],
    ["2026-07-01 12:00", "Asia/Kathmandu", "2026-07-01", "17:45", 345],
    ["2026-07-01 12:00", "Pacific/Kiritimati", "2026-07-02", "02:00", 840],
    ["2026-03-29 00:59", "Europe/Paris", "2026-03-29", "01:59", 60],
    ["2026-03-29 01:00", "Europe/Paris", "2026-03-29", "03:00", 120],
    ["2026-10-25 00:59", "Europe/Paris", "2026-10-25", "02:59", 120],
    ["2026-10-25 01:00", "Europe/Paris", "2026-10-25", "02:00", 60],
    ["2026-10-03 15:30", "Australia/Lord_Howe", "2026-10-04", "02:30", 660],
    ["1970-01-01 00:00", "Africa/Monrovia", "1969-12-31", "23:15", -44.5],
    ["2099-07-01 00:00", "Europe/Paris", "2099-07-01", "02:00", 120],
  ])("at %s UTC, a wall clock in %s shows %s %s", (utc, timeZone, date, time, offset) => {
    expect(wallTime(at(utc), timeZone)).toMatchObject({ date, time });
    expect(localDateOf(at(utc), timeZone)).toBe(date);
    expect(offsetMinutesAt(at(utc), timeZone)).toBe(offset);
  });

  test.each([
    ["America/Recife", "2000-10-05", -180, -120],
    ["Asia/Gaza", "2040-10-17", 120, 180],
    ["Asia/Gaza", "2054-03-25", 120, 180],
    ["Asia/Gaza", "2072-10-19", 120, 180],
  ])("clock changes of %s a week apart, after %s, are both seen", (timeZone, date, before, between) => {
    const noon = at(`${date} 12:00`);
    const offsets = [0, 6, 13].map((days) => offsetMinutesAt(noon + days * DAY, timeZone));
    expect(offsets).toEqual([before, between, before]);
  });

  test("casing of the zone makes no difference to wall time", () => {
    expect(wallTime(0, "ASIA/tokyo")).toEqual({ date: "1970-01-01", time: "09:00", minuteOfDay: 540 });
  });
});

describe("the instants of dates", () => {
  test.each([
    ["2026-07-01", "Europe/Paris", "2026-06-30 22:00", 24],
    ["2026-03-29", "Europe/Paris", "2026-03-28 23:00", 23],
    ["2026-10-25", "Europe/Paris", "2026-10-24 22:00", 25],
    ["2026-10-04", "Australia/Lord_Howe", "2026-10-03 13:30", 23.5],
    // Midnight is skipped: the date starts at 01:00.
    ["2026-03-29", "Asia/Beirut", "2026-03-28 22:00", 23],
    ["2026-04-24", "Africa/Cairo", "2026-04-23 22:00", 23],
    ["2026-09-06", "America/Santiago", "2026-09-06 04:00", 23],
    // The hour before midnight is there twice.
    ["2026-10-29", "Africa/Cairo", "2026-10-28 21:00", 25],
    ["2026-04-04", "America/Santiago", "2026-04-04 03:00", 25],
  ])("the date %s in %s starts at %s UTC and has %d hours", (date, timeZone, utc, hours) => {
    const day = dateRangeToInstants(date, date, timeZone);
    expect(startOfDate(date, timeZone)).toBe(at(utc));
    expect(day).toEqual({ start: at(utc), end: at(utc) + hours * HOUR });
  });

  test("Apia had no 30 December 2011", () => {
    const skipped = dateRangeToInstants("2011-12-30", "2011-12-30", "Pacific/Apia");
    expect(skipped).toEqual({ start: at("2011-12-30 10:00"), end: at("2011-12-30 10:00") });
    expect(dateRangeToInstants("2011-12-29", "2011-12-31", "Pacific/Apia")).toEqual({
      start: at("2011-12-29 10:00"),
      end: at("2011-12-31 10:00"),
    });
  });

  test("a date that a clock reaches twice starts the first time and ends the last", () => {
    // St John's went from 00:01 back to 23:01 of the day before.
    const before = dateRangeToInstants("2010-11-06", "2010-11-06", "America/St_Johns");
    const after = dateRangeToInstants("2010-11-07", "2010-11-07", "America/St_Johns");
    expect(after.start).toBe(at("2010-11-07 02:30"));
    expect(before.end).toBe(at("2010-11-07 03:30"));
  });

  test("a range of dates runs from the first to the end of the last", () => {
    const march = dateRangeToInstants("2026-03-01", "2026-03-31", "Europe/Paris");
    expect(march).toEqual({ start: at("2026-02-28 23:00"), end: at("2026-03-31 22:00") });
  });

  test.each(["2026-02-30", "2026-13-01", "2026-1-01", "tomorrow", ""])("“%s” is not a date", (date) => {
    expect(() => startOfDate(date, "Europe/Paris")).toThrow(RangeError);
  });
});
