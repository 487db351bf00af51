import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { book } from "@/lib/booking/book";
import { cancel } from "@/lib/booking/cancel";
import { decideBooking } from "@/lib/booking/decide";
import { reschedule } from "@/lib/booking/reschedule";
import { getBookingByToken } from "@/lib/booking-record/queries";
import { db } from "@/lib/database/client";
import { identify } from "@/lib/input/request-identity";
import { getOffer } from "@/lib/offers/offer";
import { listOfferedSlots } from "@/lib/offers/slots";
import { prepareJobs } from "@/lib/worker";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { hourAhead, makeOrganizer, requestFor, type TestOrganizer } from "@/tests/support/organizer";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareJobs();
});
afterAll(() => database.cleanup());

const phone = { location: { kind: "phone", value: "+33 1 23 45 67 89" } };

async function slotsOn(organizer: TestOrganizer, iso: string): Promise<string[]> {
  const offer = await getOffer(db(), organizer.handle, organizer.slug);
  if (!offer) throw new Error("no offer");
  const day = iso.slice(0, 10);
  const { slots } = await listOfferedSlots(offer, {
    from: day,
    to: day,
    timeZone: "UTC",
    durationMinutes: 30,
  });
  return slots.map((slot) => new Date(slot.start).toISOString());
}

async function claims(organizer: TestOrganizer): Promise<number> {
  return db().timeClaim.count({ where: { hostId: organizer.id } });
}

describe("booking a slot", () => {
  it("booking a slot takes the slot away from everyone else and keeps the neighbours", async () => {
    const organizer = await makeOrganizer(phone);
    const start = hourAhead(2);
    const booked = await book(requestFor(organizer, start));
    expect(booked).toMatchObject({ ok: true });
    const left = await slotsOn(organizer, start);
    expect(left).not.toContain(start);
    expect(left).toHaveLength(47);
  });

  it("booking a slot lets exactly one of fifty visitors have the same slot and offers the others near ones", async () => {
    const organizer = await makeOrganizer(phone);
    const start = hourAhead(2);
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => book(requestFor(organizer, start))));
    const refused = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.error]));
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(new Set(refused.map((error) => error.code))).toEqual(new Set(["slot_taken"]));
    expect(refused[0]).toMatchObject({
      alternatives: expect.arrayContaining([{ start: expect.any(Number), end: expect.any(Number) }]),
    });
    expect(await claims(organizer)).toBe(1);
  });

  it("booking a slot is stopped by the database itself when two event types of one organizer overlap", async () => {
    const organizer = await makeOrganizer({ ...phone, durationsMinutes: [60] });
    const start = hourAhead(3);
    await book(requestFor(organizer, start));
    const meeting = await db().meeting.findFirstOrThrow({ where: { hostId: organizer.id } });
    const other = await db().meeting.create({
      data: {
        hostId: organizer.id,
        kind: "phone",
        status: "none",
        startsAt: meeting.startsAt,
        endsAt: meeting.endsAt,
      },
    });
    const overlapping = db().$executeRaw`
      INSERT INTO "TimeClaim" (id, "hostId", "meetingId", during)
      VALUES (gen_random_uuid(), ${organizer.id}::uuid, ${other.id}::uuid,
              tstzrange(${meeting.startsAt.toISOString()}::timestamptz, ${meeting.endsAt.toISOString()}::timestamptz))`;
    await expect(overlapping).rejects.toThrow();
  });

  it("booking a slot answers a form that is sent twice with the one booking it made", async () => {
    const organizer = await makeOrganizer(phone);
    const request = requestFor(organizer, hourAhead(2));
    const identity = identify(["test", organizer.id], request);
    const twice = await Promise.all([book(request, { identity }), book(request, { identity })]);
    const third = await book(request, { identity });
    const ids = [...twice, third].map((outcome) => (outcome.ok ? outcome.value.id : outcome.error.code));
    expect(new Set(ids).size).toBe(1);
    expect(await db().booking.count({ where: { ownerId: organizer.id } })).toBe(1);
  });

  it("booking a slot refuses what is outside open hours, in the past or off the grid as never bookable", async () => {
    const organizer = await makeOrganizer(phone, {
      weekly: [{ days: [1, 2, 3, 4, 5, 6, 7], start: "09:00", end: "17:00" }],
    });
    for (const start of [
      hourAhead(2, 3),
      hourAhead(-2),
      hourAhead(2).replace(":00:00", ":10:00"),
      hourAhead(400),
    ]) {
      expect(await book(requestFor(organizer, start))).toMatchObject({
        ok: false,
        error: { code: "outside_availability" },
      });
    }
  });

  it("booking a slot counts the notice from when its form was opened, for the ten minutes that a time is held", async () => {
    const minute = 60_000;
    const organizer = await makeOrganizer({ ...phone, minimumNoticeMinutes: 120 });
    const start = hourAhead(2);
    const offeredLast = Date.parse(start) - 120 * minute;
    const ask = (minutesLater: number, formAgeMs: number | null) =>
      book(requestFor(organizer, start), { now: offeredLast + minutesLater * minute, sender: { formAgeMs } });
    const tooSoon = { ok: false, error: { code: "outside_availability", reasons: [{ code: "too_soon" }] } };
    expect(await ask(3, null)).toMatchObject(tooSoon);
    expect(await ask(3, 2 * minute)).toMatchObject(tooSoon);
    expect(await ask(11, 30 * minute)).toMatchObject(tooSoon);
    expect(await ask(3, 3 * minute)).toMatchObject({ ok: true });
  });

  it("booking a slot that has begun is refused, however long its form was open", async () => {
    const organizer = await makeOrganizer(phone);
    const start = hourAhead(2);
    const options = { now: Date.parse(start) + 1_000, sender: { formAgeMs: 60_000 } };
    expect(await book(requestFor(organizer, start), options)).toMatchObject({
      ok: false,
      error: { code: "outside_availability", reasons: [{ code: "too_soon" }] },
    });
  });

  it("booking a slot too late for its form offers others that are not too soon themselves", async () => {
    const minute = 60_000;
    const organizer = await makeOrganizer({ ...phone, slotIntervalMinutes: 5, minimumNoticeMinutes: 120 });
    const now = Date.parse(hourAhead(2)) - 120 * minute;
    const start = new Date(now + 105 * minute).toISOString();
    const refused = await book(requestFor(organizer, start), { now, sender: { formAgeMs: 9 * minute } });
    const { alternatives } = (refused as { error: { alternatives: { start: number }[] } }).error;
    expect(alternatives[0]?.start).toBe(now + 120 * minute);
  });

  it("booking a slot finds nothing at an address that is not there", async () => {
    const organizer = await makeOrganizer(phone);
    expect(await book({ ...requestFor(organizer, hourAhead(2)), slug: "nowhere" })).toEqual({
      ok: false,
      error: { code: "not_found" },
    });
  });

  it("booking a slot names the question that was not answered", async () => {
    const organizer = await makeOrganizer({
      ...phone,
      questions: [{ id: "topic", label: "What about?", kind: "text", required: true }],
    });
    const refused = await book(requestFor(organizer, hourAhead(2), { answers: { other: "x" } }));
    expect(refused).toMatchObject({
      ok: false,
      error: { code: "invalid_request", issues: [{ path: "answers.other" }, { path: "answers.topic" }] },
    });
  });

  it("booking a slot keeps the link only hashed and sealed", async () => {
    const organizer = await makeOrganizer(phone);
    const booked = await book(requestFor(organizer, hourAhead(2)));
    if (!booked.ok) throw new Error("not booked");
    const row = await db().$queryRawUnsafe<{ row: string }[]>(
      `SELECT b::text AS row FROM "Booking" b WHERE id = '${booked.value.id}'`,
    );
    expect(row[0]?.row).not.toContain(booked.value.token);
    expect(await getBookingByToken(booked.value.token)).toMatchObject({
      id: booked.value.id,
      status: "confirmed",
    });
    expect(await getBookingByToken(`${booked.value.token}x`)).toBeNull();
  });

  it("booking a slot stops at the day's limit until a booking of that day is cancelled", async () => {
    const organizer = await makeOrganizer({ ...phone, dailyLimit: 2 });
    const first = await book(requestFor(organizer, hourAhead(2, 9)));
    await book(requestFor(organizer, hourAhead(2, 11)));
    const third = await book(requestFor(organizer, hourAhead(2, 13)));
    expect(third).toMatchObject({ ok: false, error: { code: "slot_taken" } });
    if (!first.ok) throw new Error("not booked");
    await cancel({ bookingId: first.value.id, by: "visitor" });
    expect(await book(requestFor(organizer, hourAhead(2, 13)))).toMatchObject({ ok: true });
  });

  it("booking a slot lets visitors share a session until its seats are gone", async () => {
    const organizer = await makeOrganizer({ ...phone, seats: 2 });
    const start = hourAhead(2);
    const outcomes = await Promise.all([1, 2, 3].map(() => book(requestFor(organizer, start))));
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(2);
    expect(await db().meeting.count({ where: { hostId: organizer.id } })).toBe(1);
    expect(await claims(organizer)).toBe(1);
  });
});

describe("a booking that waits for approval", () => {
  it("a booking that waits for approval holds its time, and frees it when declined", async () => {
    const organizer = await makeOrganizer({ ...phone, requiresApproval: true });
    const start = hourAhead(2);
    const booked = await book(requestFor(organizer, start));
    if (!booked.ok) throw new Error("not booked");
    expect(await getBookingByToken(booked.value.token)).toMatchObject({ status: "pending" });
    expect(await slotsOn(organizer, start)).not.toContain(start);
    const decided = { bookingId: booked.value.id, scope: organizer.scope };
    expect(await decideBooking({ ...decided, decision: "decline" })).toMatchObject({ ok: true });
    expect(await decideBooking({ ...decided, decision: "decline" })).toMatchObject({ ok: true });
    expect(await decideBooking({ ...decided, decision: "approve" })).toMatchObject({
      ok: false,
      error: { code: "not_pending" },
    });
    expect(await slotsOn(organizer, start)).toContain(start);
  });
});

describe("changing a booking", () => {
  it("changing a booking frees the time of a cancelled booking, once, however often it is cancelled", async () => {
    const organizer = await makeOrganizer(phone);
    const start = hourAhead(2);
    const booked = await book(requestFor(organizer, start));
    if (!booked.ok) throw new Error("not booked");
    const cancellation = { bookingId: booked.value.id, by: "visitor" as const, reason: "ill" };
    const both = await Promise.all([cancel(cancellation), cancel(cancellation)]);
    expect(both.every((outcome) => outcome.ok)).toBe(true);
    expect(await slotsOn(organizer, start)).toContain(start);
    expect(await db().flightEntry.count({ where: { bookingId: booked.value.id, step: "cancelled" } })).toBe(
      1,
    );
    expect(
      await reschedule({ bookingId: booked.value.id, start: Date.parse(hourAhead(3)), by: "visitor" }),
    ).toMatchObject({
      ok: false,
      error: { code: "not_reschedulable" },
    });
  });

  it("changing a booking moves a booking, even to a time that overlaps its own", async () => {
    const organizer = await makeOrganizer({ ...phone, durationsMinutes: [60], slotIntervalMinutes: 30 });
    const start = hourAhead(2);
    const booked = await book(requestFor(organizer, start));
    if (!booked.ok) throw new Error("not booked");
    const later = Date.parse(start) + 30 * 60_000;
    expect(await reschedule({ bookingId: booked.value.id, start: later, by: "visitor" })).toMatchObject({
      ok: true,
    });
    const moved = await getBookingByToken(booked.value.token);
    expect(moved?.startsAt.getTime()).toBe(later);
    expect(moved?.endsAt.getTime()).toBe(later + 60 * 60_000);
    expect(await claims(organizer)).toBe(1);
  });

  it("changing a booking counts the notice from when the form was opened, too", async () => {
    const organizer = await makeOrganizer({ ...phone, minimumNoticeMinutes: 120 });
    const booked = await book(requestFor(organizer, hourAhead(3)));
    if (!booked.ok) throw new Error("not booked");
    const start = Date.parse(hourAhead(2));
    const move = { bookingId: booked.value.id, start, by: "visitor", now: start - 117 * 60_000 } as const;
    expect(await reschedule({ ...move, formAgeMs: 2 * 60_000 })).toMatchObject({
      ok: false,
      error: { code: "outside_availability" },
    });
    expect(await reschedule({ ...move, formAgeMs: 3 * 60_000 })).toMatchObject({ ok: true });
  });

  it("changing a booking does not move onto another booking", async () => {
    const organizer = await makeOrganizer(phone);
    const first = await book(requestFor(organizer, hourAhead(2, 9)));
    await book(requestFor(organizer, hourAhead(2, 11)));
    if (!first.ok) throw new Error("not booked");
    expect(
      await reschedule({ bookingId: first.value.id, start: Date.parse(hourAhead(2, 11)), by: "visitor" }),
    ).toMatchObject({
      ok: false,
      error: { code: "slot_taken" },
    });
  });

  it("changing a booking moves one seat without moving the others", async () => {
    const organizer = await makeOrganizer({ ...phone, seats: 3 });
    const start = hourAhead(2);
    const [first, second] = [
      await book(requestFor(organizer, start)),
      await book(requestFor(organizer, start)),
    ];
    if (!first.ok || !second.ok) throw new Error("not booked");
    await reschedule({ bookingId: first.value.id, start: Date.parse(hourAhead(3)), by: "visitor" });
    expect((await getBookingByToken(second.value.token))?.startsAt.toISOString()).toBe(start);
    expect(await claims(organizer)).toBe(2);
  });
});

describe("the hosts of a booking", () => {
  it("the hosts of a booking are its owner alone, for each of those who share a session", async () => {
    const organizer = await makeOrganizer({ ...phone, seats: 2 });
    const start = hourAhead(2);
    const booked = [await book(requestFor(organizer, start)), await book(requestFor(organizer, start))];
    const ids = booked.map((one) => (one.ok ? one.value.id : ""));
    expect(await db().bookingHost.findMany({ where: { bookingId: { in: ids } } })).toEqual(
      ids.map((bookingId) => ({ bookingId, userId: organizer.id, position: 0 })),
    );
  });
});
