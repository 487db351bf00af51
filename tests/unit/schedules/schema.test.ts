import { describe, expect, test } from "vitest";
import { parseInput } from "@/lib/input/parse";
import { scheduleChange, scheduleInput } from "@/lib/schedules/schema";
import validation from "@/messages/en/validation.json";

const officeHours = {
  name: "Office hours",
  timeZone: "Europe/Paris",
  weekly: [{ days: [1, 2, 3, 4, 5], start: "09:00", end: "17:00" }],
  overrides: [{ date: "2027-01-01", windows: [] }],
  travel: [{ from: "2027-02-01", to: "2027-02-05", timeZone: "Asia/Tokyo" }],
  holidays: { country: "FR", region: "57", kinds: ["public"], keepOpen: ["whit-monday"] },
};

const complaints = (value: unknown, schema = scheduleInput) => {
  const parsed = parseInput(schema, value);
  const issues = parsed.ok ? [] : parsed.error.issues;
  for (const { message } of issues) expect(validation, "has words for").toHaveProperty(message);
  return issues.map(({ path, message }) => `${path}: ${message}`);
};
const weekly = (...windows: object[]) => ({ ...officeHours, weekly: windows });
const monday = (start: string, end: string) => weekly({ days: [1], start, end });

describe("a schedule", () => {
  test("a schedule comes out as it went in", () => {
    expect(parseInput(scheduleInput, officeHours)).toEqual({ ok: true, value: officeHours });
  });

  test("a schedule needs no overrides, travel or holidays", () => {
    const { overrides: _, travel: __, holidays: ___, ...rest } = officeHours;
    expect(parseInput(scheduleInput, rest)).toMatchObject({
      ok: true,
      value: { overrides: [], travel: [], holidays: null },
    });
  });

  test("a schedule is in one place at a time", () => {
    const journey = (from: string, to: string) => ({ from, to, timeZone: "Asia/Tokyo" });
    const during = (...travel: object[]) => complaints({ ...officeHours, travel });
    expect(during(journey("2027-02-01", "2027-02-05"), journey("2027-02-06", "2027-02-06"))).toEqual([]);
    expect(during(journey("2027-02-06", "2027-02-09"), journey("2027-02-01", "2027-02-06"))).toEqual([
      "travel.1.from: travel_overlaps",
    ]);
    expect(during(journey("2027-02-06", "2027-02-05"))).toEqual(["travel.0.to: range_end_first"]);
    expect(during({ ...journey("2027-02-06", "2027-02-06"), timeZone: "Mars" })).toEqual([
      "travel.0.timeZone: time_zone_unknown",
    ]);
  });

  test("a schedule names the country of its holidays by its code", () => {
    const closedOn = (holidays: object) => complaints({ ...officeHours, holidays });
    expect(closedOn({ country: "FR" })).toEqual([]);
    expect(closedOn({ country: "France", kinds: ["feast"] })).toEqual([
      "holidays.country: country_form",
      "holidays.kinds.0: holiday_kind",
    ]);
  });

  test("a schedule may be closed all week", () => {
    expect(complaints(weekly())).toEqual([]);
  });

  test("a schedule gets the zone's own casing", () => {
    expect(parseInput(scheduleInput, { ...officeHours, timeZone: "asia/kolkata" })).toMatchObject({
      value: { timeZone: "Asia/Kolkata" },
    });
  });

  test("a schedule may have windows that overlap, touch, and end with the day", () => {
    const windows = [
      { days: [1], start: "09:00", end: "12:00" },
      { days: [1, 2], start: "11:00", end: "14:00" },
      { days: [1], start: "14:00", end: "24:00" },
    ];
    expect(complaints(weekly(...windows))).toEqual([]);
  });

  test.each([
    ["no name", { ...officeHours, name: "  " }, "name: required"],
    ["a name too long", { ...officeHours, name: "x".repeat(101) }, "name: too_long"],
    ["a name that PostgreSQL can't hold", { ...officeHours, name: "a\u0000" }, "name: control_characters"],
    ["half a character", { ...officeHours, name: "a\ud800" }, "name: control_characters"],
    ["an unknown zone", { ...officeHours, timeZone: "Europe/Atlantis" }, "timeZone: time_zone_unknown"],
    ["an offset for a zone", { ...officeHours, timeZone: "+02:00" }, "timeZone: time_zone_unknown"],
    ["a one-digit hour", monday("9:00", "17:00"), "weekly.0.start: time_form"],
    ["minutes past 59", monday("09:60", "17:00"), "weekly.0.start: time_form"],
    ["a start at 24:00", monday("24:00", "24:00"), "weekly.0.start: time_form"],
    ["an end past 24:00", monday("09:00", "24:30"), "weekly.0.end: end_time_form"],
    ["an end before the start", monday("22:00", "06:00"), "weekly.0.end: window_end_first"],
    ["a window of no length", monday("09:00", "09:00"), "weekly.0.end: window_end_first"],
    ["no day", weekly({ days: [], start: "09:00", end: "10:00" }), "weekly.0.days: weekday_missing"],
    ["day 0", weekly({ days: [0], start: "09:00", end: "10:00" }), "weekly.0.days.0: weekday_form"],
    ["day 8", weekly({ days: [8], start: "09:00", end: "10:00" }), "weekly.0.days.0: weekday_form"],
    ["half a day", weekly({ days: [1.5], start: "09:00", end: "10:00" }), "weekly.0.days.0: weekday_form"],
    [
      "a day twice",
      weekly({ days: [1, 1], start: "09:00", end: "10:00" }),
      "weekly.0.days: weekday_repeated",
    ],
    ["an unknown field", { ...officeHours, colour: "red" }, "colour: unknown_field"],
    [
      "an unknown field deep inside",
      weekly({ days: [1], start: "09:00", end: "10:00", until: "x" }),
      "weekly.0.until: unknown_field",
    ],
    [
      "a day that is not in the calendar",
      { ...officeHours, overrides: [{ date: "2027-02-29", windows: [] }] },
      "overrides.0.date: date_form",
    ],
    [
      "a date with a time",
      { ...officeHours, overrides: [{ date: "2027-02-01T00:00:00Z", windows: [] }] },
      "overrides.0.date: date_form",
    ],
    [
      "a date twice",
      {
        ...officeHours,
        overrides: [
          { date: "2027-02-01", windows: [] },
          { date: "2027-02-01", windows: [] },
        ],
      },
      "overrides.1.date: date_repeated",
    ],
    [
      "an override that ends first",
      { ...officeHours, overrides: [{ date: "2027-02-01", windows: [{ start: "12:00", end: "11:00" }] }] },
      "overrides.0.windows.0.end: window_end_first",
    ],
  ])("a schedule with %s is refused", (_, value, complaint) => {
    expect(complaints(value)).toEqual([complaint]);
  });

  test("a schedule names all that is missing together", () => {
    expect(complaints({})).toEqual(["name: required", "timeZone: required", "weekly: required"]);
  });
});

describe("a change of a schedule", () => {
  test("a change of a schedule may name one field and sets no other", () => {
    expect(parseInput(scheduleChange, { name: "Winter" })).toEqual({ ok: true, value: { name: "Winter" } });
    expect(parseInput(scheduleChange, {})).toEqual({ ok: true, value: {} });
  });

  test("a change of a schedule is as strict as a new one", () => {
    expect(complaints({ id: "x", timeZone: "Nowhere" }, scheduleChange as never)).toEqual([
      "timeZone: time_zone_unknown",
      "id: unknown_field",
    ]);
  });
});
