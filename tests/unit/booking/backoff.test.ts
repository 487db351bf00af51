import { expect, it } from "vitest";
import { pauseSeconds } from "@/lib/jobs/backoff";

it("lets pauses grow to ten minutes where the provider names none", () => {
  expect([1, 2, 5, 8, 10, 40].map((attempt) => pauseSeconds(attempt, 0, 0))).toEqual([
    1, 2, 15, 120, 600, 600,
  ]);
});

it("comes back soon after a pause that the provider names, however often it has tried before", () => {
  expect(pauseSeconds(1, 2.5, 0)).toBe(2.5);
  expect(pauseSeconds(40, 2.5, 0)).toBe(30);
  expect(pauseSeconds(40, 900, 0)).toBe(900);
});

it("spreads those that come back together", () => {
  expect(pauseSeconds(1, 10, 1)).toBe(12);
});
