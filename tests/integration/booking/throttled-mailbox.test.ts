import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { POST as bookByApi } from "@/app/api/v1/bookings/route";
import { book } from "@/lib/booking/book";
import { db } from "@/lib/database/client";
import { eventually } from "@/tests/support/eventually";
import { hourAhead, makeOrganizer, requestFor, type TestOrganizer } from "@/tests/support/organizer";
import { openWorkingStage, type WorkingStage } from "@/tests/support/working-stage";

let stage: WorkingStage;
let organizer: TestOrganizer & { email: string };

beforeAll(async () => {
  stage = await openWorkingStage();
});
afterAll(() => stage.close());
beforeEach(async () => {
  await stage.microsoft.control.clearFaults();
  organizer = await stage.connect(await makeOrganizer());
  // The first reading of the calendar is over, so that only visitors ask.
  await eventually(
    () =>
      db().syncedCalendar.count({ where: { connection: { userId: organizer.id }, syncedAt: { not: null } } }),
    (count) => count > 0,
  );
  await stage.microsoft.control.resetCounters();
});

/** The mailbox answers 429 to everything for so long. */
async function throttle(seconds: number, retryAfter = String(seconds)) {
  const { control } = stage.microsoft;
  const fault = {
    status: 429,
    code: "ApplicationThrottled",
    retryAfter,
    account: organizer.email,
    times: null,
  };
  await control.graphFault({ ...fault, path: "/me/calendar**" });
  await control.graphFault({ ...fault, path: "/me/events**" });
  setTimeout(() => void control.clearFaults(), seconds * 1000);
}

const visit = (hour: number) => book(requestFor(organizer, hourAhead(2, hour)));

async function timed<Value>(work: Promise<Value>): Promise<{ value: Value; seconds: number }> {
  const startedAt = performance.now();
  const value = await work;
  return { value, seconds: (performance.now() - startedAt) / 1000 };
}

describe("a mailbox that Microsoft wants left alone", () => {
  it.each([
    ["for a second", 1, "1"],
    ["for two seconds", 2, "2"],
    ["for longer than it said at first", 2, "1.128"],
  ])(
    "a mailbox that Microsoft wants left alone %s keeps ten visitors waiting at the same time, and turns none away",
    async (_, seconds, retryAfter) => {
      await throttle(seconds, retryAfter);
      const visits = await Promise.all(Array.from({ length: 10 }, (_none, hour) => timed(visit(hour))));
      expect(visits.map(({ value }) => value.ok)).toEqual(Array(10).fill(true));
      expect(Math.max(...visits.map((one) => one.seconds))).toBeLessThan(8.5);
      const { throttled, maxConcurrent } = await stage.microsoft.control.mailbox(organizer.email);
      expect(throttled).toBe(0);
      expect(maxConcurrent).toBeLessThanOrEqual(4);
      const asked = await stage.microsoft.control.requests({ account: organizer.email });
      // Anyone who met the refusal passes it on; no one asks while the pause lasts.
      expect(asked.filter(({ status }) => status === 429).length).toBeLessThanOrEqual(4 * 2);
    },
    40_000,
  );

  it("a mailbox that Microsoft wants left alone for five seconds is waited for", async () => {
    await throttle(5);
    const { value, seconds } = await timed(visit(10));
    expect(value.ok).toBe(true);
    expect(seconds).toBeGreaterThan(4.9);
  }, 20_000);

  it.each([5.5, 30])(
    "a mailbox that Microsoft wants left alone for %s seconds turns a visitor away immediately, and says when to come back",
    async (seconds) => {
      await throttle(seconds);
      const { value, seconds: took } = await timed(visit(10));
      expect(value).toMatchObject({ ok: false, error: { code: "calendar_unavailable" } });
      expect(took).toBeLessThan(2);
      if (value.ok || value.error.code !== "calendar_unavailable") throw new Error("booked");
      expect(value.error.retryAfterSeconds).toBeGreaterThan(seconds - 2);
      const second = await timed(visit(11));
      expect(second.value.ok).toBe(false);
      expect(second.seconds).toBeLessThan(1);
      await stage.microsoft.control.clearFaults();
    },
  );

  it.each([null, "a-key-of-this-visitor"])(
    "a mailbox that Microsoft wants left alone says so in the API's Retry-After (Idempotency-Key: %s)",
    async (key) => {
      await throttle(40);
      const answer = await bookByApi(
        new Request("http://localhost:3000/api/v1/bookings", {
          method: "POST",
          headers: { "content-type": "application/json", ...(key ? { "idempotency-key": key } : {}) },
          body: JSON.stringify(requestFor(organizer, hourAhead(2, 10))),
        }),
        { params: Promise.resolve({}) },
      );
      expect(answer.status).toBe(503);
      expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(30);
      expect(await answer.json()).toMatchObject({ code: "calendar_unavailable" });
      await stage.microsoft.control.clearFaults();
    },
  );
});
