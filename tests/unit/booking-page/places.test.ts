import { describe, expect, test } from "vitest";
import { listPlaces, offsetLabel, placeOf } from "@/lib/format/places";
import { defaultLocale, localeOf } from "@/lib/i18n/languages";
import { offsetMinutesAt } from "@/lib/slot-engine/zone";

const december = Date.parse("2026-12-10T12:00:00Z");
const week = 7 * 24 * 3600 * 1000;

/**
 * The offsets of a zone through one year, week by week: two zones with the same ones show the same time. The year is past,
 * so that it does not depend on how new this Node's zone data is.
 */
const rhythm = (timeZone: string) =>
  Array.from({ length: 53 }, (_, index) =>
    offsetMinutesAt(Date.parse("2025-01-01") + index * week, timeZone),
  ).join();

describe("the places to choose from", () => {
  const listed = listPlaces("UTC", december, defaultLocale).flatMap(({ places }) => places);

  test("some place shows the same time as any zone there is", () => {
    const offered = new Set(listed.map(({ timeZone }) => rhythm(timeZone)));
    const missing = Intl.supportedValuesOf("timeZone").filter((timeZone) => !offered.has(rhythm(timeZone)));
    expect(missing).toEqual([]);
  });

  test("no place is named twice", () => {
    const names = listed.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
  });

  test("the visitor's own zone comes first when it is not one of them", () => {
    const [first] = listPlaces("America/Indiana/Knox", december, defaultLocale);
    expect(first?.places).toEqual([{ timeZone: "America/Indiana/Knox", name: "Knox", offset: "UTC−06:00" }]);
  });

  test("a zone is called by its place as the language calls it", () => {
    expect(placeOf("Europe/Vienna", localeOf("de"))).toBe("Wien");
    expect(placeOf("Europe/Paris", localeOf("ja"))).toBe("パリ");
    expect(placeOf("Asia/Calcutta", localeOf("pl"))).toBe("Kalkuta");
    expect(placeOf("Europe/Berlin", localeOf("de"))).toBe("Berlin");
    const [first] = listPlaces("UTC", december, localeOf("sv"));
    const names = first?.places.map(({ name }) => name) ?? [];
    expect(names).toContain("Köpenhamn");
    expect(names).toEqual([...names].sort(new Intl.Collator("sv").compare));
  });

  test("a zone is called by its place", () => {
    expect(placeOf("America/New_York", defaultLocale)).toBe("New York");
    expect(placeOf("America/Argentina/Buenos_Aires", defaultLocale)).toBe("Buenos Aires");
    expect(placeOf("Asia/Calcutta", defaultLocale)).toBe("Kolkata");
    expect(placeOf("UTC", defaultLocale)).toBe("UTC");
  });

  test("offsets of the places to choose from are those of the day that is asked about", () => {
    expect(offsetLabel("America/New_York", december)).toBe("UTC−05:00");
    expect(offsetLabel("America/New_York", Date.parse("2026-07-01T12:00:00Z"))).toBe("UTC−04:00");
    expect(offsetLabel("Asia/Kathmandu", december)).toBe("UTC+05:45");
    expect(offsetLabel("America/St_Johns", december)).toBe("UTC−03:30");
    expect(offsetLabel("UTC", december)).toBe("UTC+00:00");
  });
});
