import { describe, expect, test } from "vitest";
import { closedDatesOf, listCountries, listHolidays, listRegions } from "@/lib/schedules/holidays";
import type { HolidayChoice } from "@/lib/schedules/schema";

const of = (country: string, more: Partial<HolidayChoice> = {}): HolidayChoice => ({
  country,
  kinds: ["public"],
  keepOpen: [],
  ...more,
});
const now = Date.parse("2026-11-22T00:00:00Z");
const closed = async (choice: HolidayChoice | null) => {
  const dates = await closedDatesOf(choice, now);
  return dates.ok ? dates.value.closedDates : dates.error.code;
};

describe("holidays", () => {
  test("holidays of a country are its public ones, for as far as anyone books", async () => {
    const french = await closed(of("FR"));
    expect(french).toMatchObject({
      "2026-12-25": "Christmas Day",
      "2027-03-29": "Easter Monday",
      "2027-05-17": "Whit Monday",
      "2036-12-25": "Christmas Day",
    });
    expect(french).not.toHaveProperty("2027-03-28");
    expect(Object.keys(french)).toHaveLength(11 * 11);
  });

  test("holidays can be kept open one by one, their substitute days with them", async () => {
    const open = await closed(of("GB", { keepOpen: ["boxing-day", "easter-monday"] }));
    expect(open).toMatchObject({
      "2027-12-25": "Christmas Day",
      "2027-12-27": "Christmas Day (substitute day)",
    });
    for (const date of ["2027-12-26", "2027-12-28", "2027-03-29"]) expect(open).not.toHaveProperty(date);
  });

  test("holidays differ by region", async () => {
    expect(await closed(of("DE", { region: "BY" }))).toHaveProperty("2027-01-06");
    expect(await closed(of("DE", { region: "BE" }))).not.toHaveProperty("2027-01-06");
    expect(await closed(of("DE", { region: "BY-A" }))).toHaveProperty("2027-08-08");
    expect(await listRegions("DE")).toMatchObject({ BY: "Bayern", "BY-A": "Bayern: Stadt Augsburg" });
    expect(await listRegions("FR")).toHaveProperty("57");
  });

  test("holidays that last several days close all of them", async () => {
    const days = await listHolidays(of("SA"), { from: 2027, through: 2027 });
    const ramadan = days.filter(({ id }) => id.startsWith("end-of-ramadan"));
    expect(ramadan.map(({ date }) => date)).toEqual(["2027-03-09", "2027-03-10", "2027-03-11", "2027-03-12"]);
  });

  test("holidays carry names in a language of the country", async () => {
    expect(await closed(of("FR", { language: "fr" }))).toHaveProperty("2026-12-25", "Noël");
  });

  test("holidays of nowhere are not known", async () => {
    expect(await closed(of("XX"))).toBe("unknown_holidays");
    expect(await closed(of("FR", { region: "BY" }))).toBe("unknown_holidays");
    expect(await closed(null)).toEqual({});
    expect(Object.keys(await listCountries()).length).toBeGreaterThan(150);
  });

  test("holidays of every country can be worked out", async () => {
    for (const country of Object.keys(await listCountries())) {
      const days = await listHolidays(of(country), { from: 2027, through: 2027 });
      for (const { date, id, name } of days) {
        expect([country, date]).toEqual([country, expect.stringMatching(/^20(26|27|28)-\d\d-\d\d$/)]);
        expect([country, id, name.length > 0]).toEqual([
          country,
          expect.stringMatching(/^[a-z0-9-]+$/),
          true,
        ]);
      }
    }
  });
});
