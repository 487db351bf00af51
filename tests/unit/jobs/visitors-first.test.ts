import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { letVisitorsGoFirst } from "@/lib/jobs/visitors-first";

const globals = globalThis as { bellhopVisits?: { underWay: number; lastAt: number } };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  delete globals.bellhopVisits;
});

/** How long a job waits while `visits` is called every two milliseconds. */
async function waitWhile(visits: (elapsedMs: number) => void): Promise<number> {
  const begun = performance.now();
  let ended = Number.NaN;
  void letVisitorsGoFirst().then(() => {
    ended = performance.now() - begun;
  });
  const timer = setInterval(() => visits(performance.now() - begun), 2);
  await vi.advanceTimersByTimeAsync(2_000);
  clearInterval(timer);
  return ended;
}

describe("a job", () => {
  it("a job begins immediately when no one waits for an answer", async () => {
    globals.bellhopVisits = { underWay: 0, lastAt: performance.now() };
    expect(await waitWhile(() => undefined)).toBe(0);
  });

  it("a job waits until the visitors have their answers", async () => {
    const visits = { underWay: 3, lastAt: performance.now() };
    globals.bellhopVisits = visits;
    const waited = await waitWhile((elapsedMs) => {
      if (elapsedMs >= 30) visits.underWay = 0;
    });
    expect(waited).toBeGreaterThanOrEqual(30);
    expect(waited).toBeLessThanOrEqual(40);
  });

  it("a job does not wait for a request that hangs", async () => {
    globals.bellhopVisits = { underWay: 1, lastAt: performance.now() };
    expect(await waitWhile(() => undefined)).toBe(250);
  });

  it("a job is done within half a second even when visitors never pause", async () => {
    const visits = { underWay: 3, lastAt: performance.now() };
    globals.bellhopVisits = visits;
    const waited = await waitWhile(() => {
      visits.lastAt = performance.now();
    });
    expect(waited).toBe(500);
  });
});
