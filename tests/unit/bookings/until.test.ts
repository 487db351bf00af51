import { describe, expect, it } from "vitest";
import { until } from "@/components/organizer-bookings/until";
import { hoursOf, weekAround } from "@/components/organizer-bookings/week";
import { defaultLocale } from "@/lib/i18n/languages";

const now = Date.parse("2026-12-01T08:42:00Z");
const paris = { timeZone: "Europe/Paris", clock: "24" } as const;
const inMinutes = (minutes: number) => now + minutes * 60_000;

describe("how far away the next booking is", () => {
  it("how far away the next booking is: in minutes when it is near, by the clock later today, by the day after that", () => {
    expect(until(inMinutes(48), now, paris, defaultLocale)).toMatchObject({ next: "soon", minutes: 48 });
    expect(until(inMinutes(240), now, paris, defaultLocale)).toMatchObject({ next: "today", time: "13:42" });
    expect(until(inMinutes(1440), now, paris, defaultLocale)).toMatchObject({
      next: "later",
      nextDay: "Wednesday 2 December",
    });
  });

  it("how far away the next booking is, is shown by the clock that is read there", () => {
    expect(until(inMinutes(240), now, { ...paris, clock: "12" }, defaultLocale).time).toBe("1:42 PM");
  });

  it("how far away the next booking is: now, while it is going on", () => {
    expect(until(inMinutes(-10), now, paris, defaultLocale).next).toBe("now");
  });

  it("how far away the next booking is goes by the organizer's date, not by UTC's", () => {
    const lateUtc = Date.parse("2026-12-01T23:30:00Z");
    expect(until(lateUtc, now, { timeZone: "UTC", clock: "24" }, defaultLocale).next).toBe("today");
    expect(until(lateUtc, now, paris, defaultLocale).next).toBe("later");
  });
});

describe("the week strip", () => {
  it("the week strip shows Monday to Sunday around any of its days", () => {
    expect(weekAround("2026-12-06")).toEqual(weekAround("2026-11-30"));
    expect(weekAround("2026-12-01")[0]).toBe("2026-11-30");
  });

  it("the week strip spans the usual day, and more where a booking needs it", () => {
    const day = { href: "", weekday: "", numeral: "", name: "", count: "" };
    const block = { startMinutes: 6 * 60 + 30, durationMinutes: 30, kind: "held" as const };
    expect(hoursOf([{ ...day, blocks: [] }])).toEqual({ fromHour: 8, toHour: 18 });
    expect(hoursOf([{ ...day, blocks: [block] }])).toEqual({ fromHour: 6, toHour: 18 });
  });
});
