import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { POST as cancelByApi } from "@/app/api/v1/bookings/[token]/cancel/route";
import { POST as moveByApi } from "@/app/api/v1/bookings/[token]/reschedule/route";
import { book } from "@/lib/booking/book";
import { cancel } from "@/lib/booking/cancel";
import { reschedule } from "@/lib/booking/reschedule";
import type { ChangePolicy } from "@/lib/booking-record/change-policy";
import { getOwnBooking } from "@/lib/booking-record/queries";
import { prepareJobs } from "@/lib/worker";
import { call } from "@/tests/integration/api/call";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { hourAhead, makeOrganizer, requestFor } from "@/tests/support/organizer";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareJobs();
});
afterAll(() => database.cleanup());

const hourMs = 3_600_000;

async function bookedUnder(changePolicy: Partial<ChangePolicy>) {
  const organizer = await makeOrganizer({
    location: { kind: "phone", value: "+33 1 23 45 67 89" },
    changePolicy,
  });
  const start = hourAhead(3);
  const booked = await book(requestFor(organizer, start));
  if (!booked.ok) throw new Error(booked.error.code);
  return { organizer, start: Date.parse(start), bookingId: booked.value.id, token: booked.value.token };
}

describe("until when visitors may change their bookings", () => {
  it("the change policy lets visitors cancel and move at any time unless the organizer says otherwise", async () => {
    const { bookingId, start } = await bookedUnder({});
    const late = start - 60_000;
    const moved = await reschedule({ bookingId, start: start + hourMs, by: "visitor", now: late });
    expect(moved).toMatchObject({ ok: true });
    const cancelled = await cancel({ bookingId, by: "visitor", now: start + hourMs + 60_000 });
    expect(cancelled).toMatchObject({ ok: true });
  });

  it("the change policy lets visitors cancel until the last moment and not at it", async () => {
    const { bookingId, start } = await bookedUnder({ cancelMinutes: 120 });
    const last = start - 2 * hourMs;
    expect(await cancel({ bookingId, by: "visitor", now: last })).toEqual({
      ok: false,
      error: { code: "too_late" },
    });
    expect(await cancel({ bookingId, by: "visitor", now: last - 1 })).toMatchObject({ ok: true });
  });

  it("the change policy lets visitors move until the last moment, and cancel still", async () => {
    const { bookingId, start } = await bookedUnder({ rescheduleMinutes: 1440 });
    const now = start - 2 * hourMs;
    expect(await reschedule({ bookingId, start: start + hourMs, by: "visitor", now })).toEqual({
      ok: false,
      error: { code: "too_late" },
    });
    expect(await cancel({ bookingId, by: "visitor", now })).toMatchObject({ ok: true });
  });

  it("the change policy never binds the organizer", async () => {
    const { bookingId, start } = await bookedUnder({
      cancelMinutes: null,
      rescheduleMinutes: null,
      reason: "required",
    });
    for (const by of ["visitor", "organizer"] as const) {
      const moved = await (by === "visitor"
        ? reschedule({ bookingId, start: start + hourMs, by, reason: "Trains" })
        : reschedule({ bookingId, start: start + hourMs, by }));
      expect(moved.ok).toBe(by === "organizer");
    }
    expect(await cancel({ bookingId, by: "visitor", reason: "Trains" })).toMatchObject({ ok: false });
    expect(await cancel({ bookingId, by: "organizer" })).toMatchObject({ ok: true });
  });

  it("the change policy asks visitors for a reason where one is required, and keeps it for the organizer", async () => {
    const { organizer, bookingId, start } = await bookedUnder({ reason: "required" });
    const move = { bookingId, start: start + hourMs, by: "visitor" } as const;
    expect(await reschedule({ ...move, reason: "  " })).toEqual({
      ok: false,
      error: { code: "reason_missing" },
    });
    expect(await reschedule({ ...move, reason: "My train is late" })).toMatchObject({ ok: true });
    expect(await getOwnBooking(organizer.scope, bookingId)).toMatchObject({ moveReason: "My train is late" });
    expect(await cancel({ bookingId, by: "visitor" })).toMatchObject({ error: { code: "reason_missing" } });
  });

  it("the change policy treats what is cancelled already as done, however late it is", async () => {
    const { bookingId } = await bookedUnder({ cancelMinutes: null });
    await cancel({ bookingId, by: "organizer" });
    expect(await cancel({ bookingId, by: "visitor" })).toMatchObject({ ok: true });
  });
});

describe("the API says it with a stable code and the next step", () => {
  it("the API answers a change after its deadline with 409 too_late", async () => {
    const { token, start } = await bookedUnder({ cancelMinutes: null, rescheduleMinutes: null });
    const body = { start: new Date(start + hourMs).toISOString() };
    for (const answer of [
      await call(cancelByApi, { params: { token }, body: {} }),
      await call(moveByApi, { params: { token }, body }),
    ]) {
      expect(answer).toMatchObject({ status: 409, body: { code: "too_late" } });
      expect(answer.body.detail).toMatch(/Ask the organizer/);
    }
  });

  it("the API answers a change without its reason with 422 and names what is missing", async () => {
    const { token } = await bookedUnder({ reason: "required" });
    const answer = await call(cancelByApi, { params: { token }, body: {} });
    expect(answer).toMatchObject({
      status: 422,
      body: { code: "invalid_request", errors: [{ path: "reason", message: expect.any(String) }] },
    });
  });

  it("the API refuses to move what is cancelled, and into the past", async () => {
    const { token, bookingId } = await bookedUnder({});
    const past = await call(moveByApi, { params: { token }, body: { start: "2020-01-01T10:00:00Z" } });
    expect(past).toMatchObject({ status: 422, body: { code: "outside_availability" } });
    expect(past.body.alternatives).toBeInstanceOf(Array);
    await cancel({ bookingId, by: "visitor" });
    const gone = await call(moveByApi, { params: { token }, body: { start: hourAhead(5) } });
    expect(gone).toMatchObject({ status: 409, body: { code: "not_reschedulable" } });
    const unknown = await call(moveByApi, { params: { token: "nobody" }, body: { start: hourAhead(5) } });
    expect(unknown).toMatchObject({ status: 404, body: { code: "not_found" } });
  });
});
