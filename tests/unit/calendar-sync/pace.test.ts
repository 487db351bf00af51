import { describe, expect, it } from "vitest";
import { nextAttemptAt, nextPollAt, staleAfterMs } from "@/lib/calendars/pace";
import { daysAhead, horizonDays, isTooShort, maxDays, windowFor } from "@/lib/calendars/window";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const now = Date.parse("2027-03-01T09:00:00Z");

const pause = (more: object) =>
  nextPollAt({
    now,
    changedAt: now,
    pollSeconds: 120,
    staleAfterMinutes: 15,
    isNotified: false,
    chance: 0,
    ...more,
  }) - now;

describe("when a calendar is read next", () => {
  it("the next reading of a calendar is sooner where much happens, and never later than a third of the age at which times close", () => {
    expect(pause({})).toBe(2 * minute);
    expect(pause({ changedAt: now - 2 * hour })).toBe(3 * minute);
    expect(pause({ changedAt: now - 3 * day })).toBe(5 * minute);
    expect(pause({ changedAt: null })).toBe(5 * minute);
    expect(pause({ staleAfterMinutes: 5 })).toBe(2 * minute);
    expect(pause({ pollSeconds: 3600, changedAt: null })).toBe(hour);
  });

  it("the next reading of a calendar is at leisure where Outlook sends notifications", () => {
    expect(pause({ isNotified: true })).toBe(5 * minute);
  });

  it("the next reading of a calendar is spread by chance, to the early side alone", () => {
    expect(pause({ chance: 1 })).toBeLessThan(2 * minute);
    expect(pause({ chance: 1 })).toBeGreaterThan(1.7 * minute);
  });

  it("the next reading of a calendar leaves room for two failures before times close, however slowly this server asks", () => {
    for (const pollSeconds of [5, 120, 600, 86_400]) {
      for (const staleAfterMinutes of [5, 15, 1440]) {
        const slowest = pause({ pollSeconds, staleAfterMinutes, changedAt: null });
        expect(staleAfterMs(staleAfterMinutes, pollSeconds)).toBeGreaterThanOrEqual(3 * slowest);
      }
    }
  });

  it("the next reading of a calendar honours what Microsoft asks for after a failure, and grows patient by itself", () => {
    expect(nextAttemptAt(now, 1, 0, 0) - now).toBe(5_000);
    expect(nextAttemptAt(now, 1, 77.5, 0) - now).toBe(77_500);
    expect(nextAttemptAt(now, 99, 0, 0) - now).toBe(240_000);
  });
});

describe("how far ahead a calendar is read", () => {
  it("how far ahead a calendar is read follows the event type that looks farthest, within bounds", () => {
    expect(horizonDays([], now)).toBe(90);
    expect(horizonDays([{ kind: "rolling", days: 14 }], now)).toBe(90);
    expect(
      horizonDays(
        [
          { kind: "rolling", days: 200 },
          { kind: "rolling", days: 14 },
        ],
        now,
      ),
    ).toBe(201);
    expect(horizonDays([{ kind: "range", from: "2027-01-01", to: "2027-12-31" }], now)).toBe(306);
    expect(horizonDays([{ kind: "none" }], now)).toBe(maxDays);
    expect(daysAhead({ kind: "rolling_bookable", days: 10 }, now)).toBe(71);
  });

  it("the next look further ahead is due after a day, and not before", () => {
    const { to } = windowFor(90, now);
    expect(isTooShort(to, 90, now)).toBe(false);
    expect(isTooShort(to, 90, now + 23 * hour)).toBe(false);
    expect(isTooShort(to, 90, now + 25 * hour)).toBe(true);
    expect(isTooShort(to, 120, now)).toBe(true);
  });
});
