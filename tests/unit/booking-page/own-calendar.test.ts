import { expect, test } from "vitest";
import { isTaken, packBusy, unpackBusy, withOwnCalendarProblem } from "@/lib/booking-page/own-calendar";

const minute = 60_000;
const from = Date.UTC(2026, 11, 1);
const to = from + 90 * 24 * 60 * minute;
const at = (start: number, end: number) => ({ start: from + start * minute, end: from + end * minute });
const there = (busy: { start: number; end: number }[]) => {
  const kept = packBusy(busy, from, to);
  return { busy: unpackBusy(kept.busy, kept.from), until: kept.until };
};

test("what a visitor's browser keeps is when they're busy, touching times as one, within what was asked", () => {
  expect(there([at(60, 90), at(90, 120), at(30, 40), at(-500, 10), at(100, 110)])).toEqual({
    busy: [at(0, 10), at(30, 40), at(60, 120)],
    until: to,
  });
  expect(there([])).toEqual({ busy: [], until: to });
});

test("seconds count as the whole minute that they are in", () => {
  const [one] = there([{ start: from + 61_000, end: from + 119_000 }]).busy;
  expect(one).toEqual(at(1, 2));
});

test("of more than a cookie has room for, the next times are kept, and until when is known", () => {
  const many = Array.from({ length: 2000 }, (_, index) => at(index * 60, index * 60 + 30));
  const { busy, until } = there(many);
  expect(packBusy(many, from, to).busy.length).toBeLessThanOrEqual(2400);
  expect(busy.length).toBeGreaterThan(300);
  expect(busy).toEqual(many.slice(0, busy.length));
  expect(until).toBe(many[busy.length]?.start);
});

test("a slot that only touches busy time is free", () => {
  const calendar = { busy: [at(60, 90)], until: to };
  expect([at(30, 60), at(30, 61), at(89, 95), at(90, 95)].map((slot) => isTaken(calendar, slot))).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

test("the page's address says one thing of the calendar at a time", () => {
  expect(withOwnCalendarProblem("/ines/talk", "declined")).toBe("/ines/talk?calendar=declined");
  expect(withOwnCalendarProblem("/ines/talk?date=2026-12-10&calendar=failed", null)).toBe(
    "/ines/talk?date=2026-12-10",
  );
});
