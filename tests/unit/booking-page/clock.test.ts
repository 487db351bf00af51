import { describe, expect, it } from "vitest";
import { acceptedTags, clockOf, preferredTag, withClock } from "@/lib/format/clock";
import { clockRange, wallRange } from "@/lib/format/spoken-time";
import { timeFacts } from "@/lib/format/two-clocks";
import { clockInBrowser, wallClock, wallHour } from "@/lib/format/wall-clock";
import { defaultLocale, localeOf } from "@/lib/i18n/languages";

describe("the clock of a language", () => {
  it.each([
    ["en-US", "12"],
    ["en-CA", "12"],
    ["en-AU", "12"],
    ["en-IN", "12"],
    ["en-GB", "24"],
    ["en-IE", "24"],
    ["en-ZA", "24"],
    ["en", "24"],
    ["de-DE", "24"],
    ["fr", "24"],
    ["es-MX", "12"],
    ["ja-JP", "24"],
    ["ar-EG", "12"],
    ["no language", "24"],
    ["en-GB-u-hc-h12", "12"],
    ["en-US-u-hc-h23", "24"],
  ])("the clock of a language of %s has %s hours", (locale, clock) => {
    expect(clockOf(locale)).toBe(clock);
  });

  it.each([
    ["en-US", "12", "en-US"],
    ["en-US", "24", "en-US-u-hc-h23"],
    ["en-GB", "12", "en-GB-u-hc-h12"],
    ["en", "12", "en-u-hc-h12"],
    ["en-GB-u-hc-h12", "24", "en-GB-u-hc-h23"],
  ] as const)("the clock of a language of %s, with %s hours chosen, is kept as %s", (locale, clock, kept) => {
    expect(withClock(locale, clock)).toBe(kept);
    expect(clockOf(kept)).toBe(clock);
  });
});

describe("the language a browser asks for", () => {
  it.each([
    ["en-US,en;q=0.9", "en-US"],
    ["de;q=0.5, en-GB", "en-GB"],
    ["en,en-US;q=0.8", "en-US"],
    ["en, de-DE;q=0.8", "en"],
    ["zh-Hant, zh-CN", "zh-Hant"],
    ["*, en-GB;q=0.1", "en-GB"],
    ["fr;q=0, en-GB;q=0.2", "en-GB"],
    ["fr;q=x", undefined],
    ["!!", undefined],
    ["", undefined],
    [null, undefined],
  ])("the language a browser asks for in %j is %s", (header, locale) => {
    expect(preferredTag(acceptedTags(header))).toBe(locale);
  });
});

describe("a time of day", () => {
  it.each([
    ["00:30", "12:30 AM"],
    ["00:00", "12:00 AM"],
    ["12:00", "12:00 PM"],
    ["12:30", "12:30 PM"],
    ["09:05", "9:05 AM"],
    ["23:59", "11:59 PM"],
    ["24:00", "12:00 AM"],
  ])("the time %s is %s on a twelve-hour clock", (time, said) => {
    expect(wallClock(time, "12", "en-GB")).toBe(said);
    expect(wallClock(time, "24", "en-GB")).toBe(time);
  });

  it("a time of day is the same beside a grid and in the browser", () => {
    expect([wallHour(0, "12", "en-GB"), wallHour(12, "12", "en-GB"), wallHour(9, "24", "en-GB")]).toEqual([
      "12 AM",
      "12 PM",
      "09:00",
    ]);
    const at = Date.parse("2026-12-10T23:30:00Z");
    expect(clockInBrowser(at, "Europe/Paris", "12", "en-GB")).toBe("12:30 AM");
    expect(clockInBrowser(at, "Europe/Paris", "24", "en-GB")).toBe("00:30");
  });
});

describe("an appointment while clocks change", () => {
  const [start, end] = [Date.parse("2027-10-31T00:30:00Z"), Date.parse("2027-10-31T01:00:00Z")];

  it("an appointment while clocks change shows both offsets, so that it does not end before it begins", () => {
    expect(clockRange(start, end, "Europe/Paris", "24", defaultLocale)).toBe(
      "02:30 (UTC+02:00)–02:00 (UTC+01:00)",
    );
    expect(clockRange(start, end, "Europe/Paris", "12", defaultLocale)).toBe(
      "2:30 AM (UTC+02:00)–2:00 AM (UTC+01:00)",
    );
    expect(clockRange(start, end, "UTC", "24", defaultLocale)).toBe("00:30–01:00");
  });

  it("an appointment while clocks change shows both offsets in mails, with the other side's time where that differs at one end alone", () => {
    const facts = timeFacts(
      { startsAt: new Date(start), endsAt: new Date(end) },
      { readerZone: "Europe/Paris", otherZone: "Africa/Johannesburg", otherName: "Ines", clock: "24" },
      defaultLocale,
    );
    expect(facts.map(({ value }) => value)).toEqual([
      expect.stringContaining("02:30 (UTC+02:00)–02:00 (UTC+01:00)"),
      expect.stringContaining("02:30–03:00"),
    ]);
    expect(facts[0]?.value).toContain("UTC+02:00/+01:00");
  });
});

it("a time is read as its language writes it, and a range in the order of its text", () => {
  const start = Date.parse("2026-12-10T09:30:00Z");
  const range = (clock: "12" | "24", tag: string) =>
    clockRange(start, start + 14_400_000, "UTC", clock, localeOf(tag))
      .replaceAll("\u202f", " ")
      .replaceAll("\u00a0", " ");
  expect(range("12", "ja")).toBe("午前9:30–午後1:30");
  expect(range("12", "ar")).toBe("9:30 ص–1:30 م");
  expect(range("12", "es")).toBe("9:30 a. m.–1:30 p. m.");
  expect(range("24", "de")).toBe("09:30–13:30");
  // The sign that keeps its order, and the one that ends it.
  expect(range("24", "he")).toBe("\u206609:30–13:30\u2069");
  expect(wallRange("09:00", "24:00", "24", localeOf("he"))).toBe("\u206609:00–24:00\u2069");
  expect(wallHour(13, "12", "ar")).toMatch(/^1\s*م$/);
});
