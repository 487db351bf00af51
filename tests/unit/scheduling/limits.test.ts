import { describe, expect, test } from "vitest";
import { explain } from "@/lib/slot-engine/explain";
import type { Availability, BookingLimits } from "@/lib/slot-engine/rules";
import { at, availability, booking, dates, eventType, schedule, starts } from "./given";

const asked = (limits: BookingLimits, input: Partial<Availability> = {}) =>
  availability({ schedule: schedule("UTC", "09:00-11:00"), event: eventType({ limits }), ...input });
/** Monday 2 March to Sunday 15 March 2026. */
const fortnight = (limits: BookingLimits, input: Partial<Availability> = {}) =>
  dates(asked(limits, input), "2026-03-02 00:00", "2026-03-16 00:00").replaceAll("2026-03-", "");

describe("limits", () => {
  test("a day that has its number of bookings is full", () => {
    const bookings = [booking("2026-03-03 15:00", "15:30"), booking("2026-03-03 16:00", "16:30")];
    expect(fortnight({ dayCount: 3 }, { bookings })).toContain("03");
    expect(fortnight({ dayCount: 2 }, { bookings })).toBe("02 04 05 06 07 08 09 10 11 12 13 14 15");
  });

  test("a week runs from Monday to Sunday", () => {
    const bookings = [booking("2026-03-08 15:00", "15:30"), booking("2026-03-16 15:00", "15:30")];
    expect(fortnight({ weekCount: 1 }, { bookings })).toBe("09 10 11 12 13 14 15");
  });

  test("a month is one of the calendar", () => {
    const bookings = [booking("2026-02-28 15:00", "15:30")];
    const input = asked({ monthCount: 1 }, { bookings });
    expect(dates(input, "2026-02-26 00:00", "2026-03-03 00:00")).toBe("2026-03-01 2026-03-02");
  });

  test("a limit in minutes counts the slot itself", () => {
    const bookings = [booking("2026-03-03 15:00", "16:00")];
    expect(fortnight({ dayMinutes: 90 }, { bookings })).toContain("03");
    expect(fortnight({ dayMinutes: 89 }, { bookings })).not.toContain("03");
    expect(fortnight({ weekMinutes: 89 }, { bookings })).toBe("09 10 11 12 13 14 15");
    expect(fortnight({ monthMinutes: 89 }, { bookings })).toBe("");
  });

  test("of several durations a long one may break a limit that a short one keeps", () => {
    const event = eventType({ durationsMinutes: [30, 60], limits: { dayMinutes: 45 } });
    const input = asked({}, { event });
    expect(starts(input, "2026-03-03 00:00", "2026-03-04 00:00")).toBe("09:00 09:30 10:00 10:30");
    expect(starts({ ...input, durationMinutes: 60 }, "2026-03-03 00:00", "2026-03-04 00:00")).toBe("");
  });

  test("a limit of nothing offers nothing", () => {
    expect(fortnight({ dayCount: 0 })).toBe("");
  });

  test("bookings of other event types do not count against a limit", () => {
    const bookings = [booking("2026-03-03 15:00", "15:30", { sameEventType: false })];
    expect(fortnight({ dayCount: 1 }, { bookings })).toContain("03");
  });

  test("the booking being moved does not count", () => {
    const bookings = [booking("2026-03-03 15:00", "15:30", { id: "moved" })];
    expect(fortnight({ dayCount: 1 }, { bookings, excludeBookingId: "moved" })).toContain("03");
  });

  test("a limit's days are the organizer's, and a booking counts on the day it starts", () => {
    const auckland = schedule("Pacific/Auckland", "09:00-10:00");
    const event = eventType({ limits: { dayCount: 1 } });
    // 23:50 on Tuesday the 3rd in Auckland until 00:20 on the 4th.
    const late = booking("2026-03-03 10:50", "11:20");
    const input = availability({ schedule: auckland, event, bookings: [late] });
    // 09:00 in Auckland is 20:00 UTC the day before.
    expect(dates(input, "2026-03-01 12:00", "2026-03-04 12:00")).toBe("2026-03-01 2026-03-03");
  });

  test("a limit's days are the organizer's also during a journey", () => {
    const travel = [{ from: "2026-03-03", to: "2026-03-03", timeZone: "Pacific/Auckland" }];
    const event = eventType({ limits: { dayCount: 1 } });
    const input = availability({
      schedule: schedule("UTC", "09:00-10:00", { travel }),
      event,
      bookings: [booking("2026-03-02 18:00", "18:30")],
    });
    // The hours of the 3rd are read in Auckland: the evening of the 2nd in UTC, a day that is full.
    expect(dates(input, "2026-03-02 00:00", "2026-03-05 00:00")).toBe("2026-03-04");
  });

  test("every limit that is broken is named, with its use", () => {
    const bookings = [booking("2026-03-03 15:00", "16:00"), booking("2026-03-04 15:00", "16:00")];
    const limits = { dayCount: 1, dayMinutes: 80, weekCount: 3, weekMinutes: 120, monthCount: 2 };
    expect(explain(asked(limits, { bookings }), at("2026-03-03 09:00"))).toEqual([
      { code: "day_limit", measure: "count", limit: 1, used: 1 },
      { code: "day_limit", measure: "minutes", limit: 80, used: 60 },
      { code: "week_limit", measure: "minutes", limit: 120, used: 120 },
      { code: "month_limit", measure: "count", limit: 2, used: 2 },
    ]);
  });

  test("a session counts once however many seats are taken, and may be joined on a full day", () => {
    const event = eventType({ seats: 4, limits: { dayCount: 2, dayMinutes: 60 } });
    const seat = (id: string) => booking("2026-03-03 09:30", "10:00", { id });
    const one = asked({}, { event, bookings: [seat("a"), seat("b")] });
    expect(starts(one, "2026-03-03 00:00", "2026-03-04 00:00")).toBe("09:00 09:30 10:00 10:30");
    const two = { ...one, bookings: [...one.bookings, booking("2026-03-03 10:30", "11:00")] };
    expect(starts(two, "2026-03-03 00:00", "2026-03-04 00:00")).toBe("09:30 10:30");
  });
});
