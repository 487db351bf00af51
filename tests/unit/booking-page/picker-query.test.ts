import { describe, expect, test } from "vitest";
import { readPickerQuery, writePickerQuery } from "@/lib/booking-page/picker-query";

const nothing = readPickerQuery({});

describe("what an address says", () => {
  test("nothing, when nothing is there", () => {
    const { answers, ...rest } = nothing;
    expect(answers).toEqual({});
    expect(Object.values(rest).every((value) => value === null)).toBe(true);
    expect(writePickerQuery(nothing)).toBe("");
  });

  test("is read and written alike", () => {
    const address = {
      date: "2026-12-10",
      duration: "60",
      start: "2026-12-10T14:30:00Z",
      tz: "America/New_York",
      clock: "12",
      name: "Tomás Herrera",
      email: "tomas+work@herrera.example",
      guests: "ada@example.com, rosa@example.com",
      "answers.topic": "A second opinion",
      link: "vV9b",
    };
    const query = readPickerQuery(address);
    expect(query).toMatchObject({ month: "2026-12", date: "2026-12-10", durationMinutes: 60, clock: "12" });
    expect(query.answers).toEqual({ topic: "A second opinion" });
    expect(query.startsAt).toBe(Date.parse("2026-12-10T14:30:00Z"));
    expect(Object.fromEntries(new URLSearchParams(writePickerQuery(query)))).toEqual(address);
  });

  test("a day says its month", () => {
    expect(writePickerQuery({ month: "2026-12", date: "2026-12-10" })).toBe("?date=2026-12-10");
    expect(writePickerQuery({ month: "2026-12" })).toBe("?month=2026-12");
  });

  test("a zone may be written in any casing, and under an older name", () => {
    expect(readPickerQuery({ tz: "europe/paris" }).timeZone).toBe("Europe/Paris");
    expect(readPickerQuery({ tz: "Asia/Calcutta" }).timeZone).toBe("Asia/Kolkata");
  });

  test("the first of several values counts", () => {
    expect(readPickerQuery({ date: ["2026-12-10", "2026-12-11"] }).date).toBe("2026-12-10");
  });

  test.each([
    ["month", "2026-13"],
    ["month", "december"],
    ["month", "0000-01"],
    ["date", "2026-02-30"],
    ["date", "9999-99-99"],
    ["date", "+275760-09-13"],
    ["start", "tomorrow"],
    ["start", "2026-12-10"],
    ["start", "2026-12-10T25:00:00Z"],
    ["tz", "Mars/Olympus"],
    ["tz", "+02:00"],
    ["duration", "-30"],
    ["duration", "1e3"],
    ["clock", "13"],
    ["answers.__proto__", "x"],
    ["answers.", "x"],
  ])("%s=%s is as good as nothing", (name, value) => {
    expect(readPickerQuery({ [name]: value })).toEqual(nothing);
  });
});
