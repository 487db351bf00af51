import { describe, expect, test } from "vitest";
import { explain, isOffered } from "@/lib/slot-engine/explain";
import { at, availability, booking, eventType, explainDay, hold, interval, schedule } from "./given";

describe("why a start is not offered", () => {
  const input = availability({ schedule: schedule("UTC", "09:00-10:15 14:00-15:00") });
  const why = (start: string) => explain(input, at(`2026-03-02 ${start}`));

  test("an offered start has no reason against it", () => {
    expect(isOffered(input, at("2026-03-02 09:30"))).toEqual({ offered: true });
    expect(why("09:30")).toEqual([]);
  });

  test("why a start is not offered: outside the hours", () => {
    expect(why("08:59")).toEqual([{ code: "outside_hours", openUntil: null }]);
    expect(why("10:15")).toEqual([{ code: "outside_hours", openUntil: null }]);
  });

  test("why a start is not offered: open when it starts but not until it ends", () => {
    expect(why("10:00")).toEqual([{ code: "outside_hours", openUntil: at("2026-03-02 10:15") }]);
  });

  test("why a start is not offered: between two starts of the grid", () => {
    expect(why("09:10")).toEqual([
      { code: "off_grid", previousStart: at("2026-03-02 09:00"), nextStart: at("2026-03-02 09:30") },
    ]);
    expect(why("09:45")).toEqual([
      { code: "off_grid", previousStart: at("2026-03-02 09:30"), nextStart: null },
    ]);
  });

  test("why a start is not offered: before the first start of a run with an offset", () => {
    const offset = { ...input, event: eventType({ slotOffsetMinutes: 45 }) };
    expect(explain(offset, at("2026-03-02 09:00"))).toEqual([
      { code: "off_grid", previousStart: null, nextStart: at("2026-03-02 09:45") },
    ]);
  });

  test("a duration the event type does not have", () => {
    expect(explain({ ...input, durationMinutes: 20 }, at("2026-03-02 09:00"))).toMatchObject([
      { code: "unknown_duration", durationsMinutes: [30] },
    ]);
  });

  test("why a start is not offered: all reasons together", () => {
    const event = eventType({
      window: { kind: "range", from: "2026-03-03", to: "2026-03-04" },
      limits: { dayCount: 1 },
    });
    const verdict = isOffered(
      {
        ...input,
        event,
        now: at("2026-03-02 12:00"),
        busy: [interval("2026-03-02 08:00", "12:00")],
        bookings: [booking("2026-03-02 09:00", "09:30")],
        holds: [hold("2026-03-02 09:00", "09:30")],
      },
      at("2026-03-02 09:10"),
    );
    expect(verdict.offered ? [] : verdict.reasons.map((reason) => reason.code)).toEqual([
      "off_grid",
      "too_soon",
      "before_window",
      "day_limit",
      "busy",
      "booked",
      "held",
    ]);
  });
});

describe("a day laid open", () => {
  const input = availability({
    schedule: schedule("Europe/Paris", "22:00-24:00 00:00-01:00"),
    busy: [interval("2026-03-02 20:00", "21:30"), interval("2026-03-05 20:00", "21:30")],
    bookings: [booking("2026-03-02 22:30", "23:00", { id: "b", bufferBeforeMinutes: 10 })],
    holds: [hold("2026-03-01 22:50", "22:55", { bufferAfterMinutes: 10 })],
  });
  const day = explainDay(input, "2026-03-02");

  test("a day laid open shows its open time, cut at its midnights", () => {
    expect(day.day).toEqual({ start: at("2026-03-01 23:00"), end: at("2026-03-02 23:00") });
    expect(day.runs).toEqual([
      { start: at("2026-03-01 23:00"), end: at("2026-03-02 00:00") },
      { start: at("2026-03-02 21:00"), end: at("2026-03-02 23:00") },
    ]);
  });

  test("a day laid open shows what takes its time, with the buffers it brings, even from outside the day", () => {
    expect(
      day.blocks.map(({ cause, claimedFrom, claimedUntil }) => ({ cause, claimedFrom, claimedUntil })),
    ).toEqual([
      { cause: "hold", claimedFrom: at("2026-03-01 22:50"), claimedUntil: at("2026-03-01 23:05") },
      { cause: "busy", claimedFrom: at("2026-03-02 20:00"), claimedUntil: at("2026-03-02 21:30") },
      { cause: "booking", claimedFrom: at("2026-03-02 22:20"), claimedUntil: at("2026-03-02 23:00") },
    ]);
  });

  test("a day laid open judges every start of its grid", () => {
    const verdicts = day.slots.map(({ start, verdict }) => [
      new Date(start).toISOString().slice(11, 16),
      verdict.offered ? "offered" : verdict.reasons.map((reason) => reason.code).join(),
    ]);
    expect(verdicts).toEqual([
      ["23:00", "buffer"],
      ["23:30", "offered"],
      ["21:00", "busy"],
      ["21:30", "offered"],
      ["22:00", "buffer"],
      ["22:30", "booked"],
    ]);
  });

  test("a date that the zone skipped is empty", () => {
    const apia = availability({ schedule: schedule("Pacific/Apia", "00:00-24:00") });
    expect(explainDay(apia, "2011-12-30")).toMatchObject({ runs: [], slots: [] });
  });

  test("a longer day has more starts", () => {
    const paris = availability({ schedule: schedule("Europe/Paris", "00:00-24:00") });
    const hours = ["2026-03-29", "2026-03-30", "2026-10-25"].map(
      (date) => explainDay(paris, date).slots.length / 2,
    );
    expect(hours).toEqual([23, 24, 25]);
  });
});
