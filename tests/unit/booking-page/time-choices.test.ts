import { describe, expect, test } from "vitest";
import { type Listener, listTimes, speakSlot, speakSlotWithDay } from "@/lib/booking-page/time-choices";
import { defaultLocale } from "@/lib/i18n/languages";

const half = 30 * 60_000;
const slot = (instant: string) => ({ start: Date.parse(instant), end: Date.parse(instant) + half });
const listener = (timeZone: string, more: Partial<Listener> = {}): Listener => ({
  locale: defaultLocale,
  timeZone,
  clock: "24",
  organizer: { name: "Ines Moreau", timeZone: "Europe/Paris" },
  ...more,
});

describe("a time in words", () => {
  test("a time in words is shown for both", () => {
    expect(speakSlot(slot("2026-12-10T14:30:00Z"), listener("America/New_York"))).toEqual({
      start: "2026-12-10T14:30:00Z",
      label: "09:30",
      day: "Thursday 10 December 2026",
      range: "09:30–10:00",
      host: "15:30–16:00 for Ines Moreau, in Paris",
    });
  });

  test("a time in words is shown once where both have the same time", () => {
    expect(speakSlot(slot("2026-12-10T14:30:00Z"), listener("Europe/Berlin")).host).toBeNull();
  });

  test("a time in words names the organizer's day where it is another", () => {
    const spoken = speakSlot(slot("2026-12-10T23:30:00Z"), listener("America/New_York"));
    expect(spoken.day).toBe("Thursday 10 December 2026");
    expect(spoken.host).toBe("Friday 11 December, 00:30–01:00 for Ines Moreau, in Paris");
  });

  test("a time in words names its day where days are mixed", () => {
    const spoken = speakSlotWithDay(slot("2026-12-10T14:30:00Z"), listener("UTC", { clock: "12" }));
    expect(spoken.label).toBe("Thursday 10 December, 2:30 PM");
  });
});

describe("the times of a day", () => {
  test("the times of a day are grouped by the part of the visitor's day", () => {
    const instants = ["05:30", "06:00", "11:00", "14:00", "18:00"];
    const times = listTimes(
      instants.map((time) => slot(`2026-12-10T${time}:00Z`)),
      listener("UTC"),
    );
    expect(times.map(({ part }) => part)).toEqual(["night", "morning", "midday", "afternoon", "evening"]);
  });

  test("the times of a day have different names where a clock change repeats an hour", () => {
    const night = ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z"];
    const times = listTimes(night.map(slot), listener("Europe/Paris"));
    expect(times.map(({ label, mark }) => [label, mark])).toEqual([
      ["02:30", "UTC+02:00"],
      ["02:30", "UTC+01:00"],
      ["03:30", null],
    ]);
  });
});
