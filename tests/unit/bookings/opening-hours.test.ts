import { describe, expect, it } from "vitest";
import { dateRuns, weekdayRuns } from "@/components/organizer-bookings/opening-hours";

const day = { start: "09:00", end: "17:00" };
const morning = { start: "09:00", end: "13:00" };

describe("opening hours of the week", () => {
  it("opening hours of the week put neighbouring days with the same hours on one line and leave closed days out", () => {
    const runs = weekdayRuns([
      { days: [1, 2, 3, 4], ...day },
      { days: [5], ...morning },
    ]);
    expect(runs.map(({ first, last }) => [first, last])).toEqual([
      [1, 4],
      [5, 5],
    ]);
  });

  it("opening hours of the week keep days apart that are not neighbours", () => {
    expect(weekdayRuns([{ days: [1, 3], ...day }])).toHaveLength(2);
  });

  it("opening hours of the week list the windows of a day in order of their start", () => {
    const [run] = weekdayRuns([
      { days: [1], start: "14:00", end: "17:00" },
      { days: [1], ...morning },
    ]);
    expect(run?.windows.map(({ start }) => start)).toEqual(["09:00", "14:00"]);
  });
});

describe("days that differ from the week", () => {
  it("days that differ from the week are written in spans, over the turn of the year too, closed or with hours", () => {
    const closed = ["2026-12-30", "2026-12-31", "2027-01-01"].map((date) => ({ date, windows: [] }));
    const runs = dateRuns(
      [{ date: "2027-01-02", windows: [morning] }, ...closed],
      "2026-12-01",
      "2027-02-01",
    );
    expect(runs.map(({ first, last, windows }) => [first, last, windows.length])).toEqual([
      ["2026-12-30", "2027-01-01", 0],
      ["2027-01-02", "2027-01-02", 1],
    ]);
  });

  it("days that differ from the week are left out when they are over or far away", () => {
    const overrides = [
      { date: "2026-11-30", windows: [] },
      { date: "2027-02-02", windows: [] },
    ];
    expect(dateRuns(overrides, "2026-12-01", "2027-02-01")).toEqual([]);
  });
});
