import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as publicLate from "@/app/api/v1/bookings/[token]/running-late/route";
import * as note from "@/app/api/v1/me/bookings/[id]/note/route";
import * as ownLate from "@/app/api/v1/me/bookings/[id]/running-late/route";
import * as answer from "@/app/api/v1/me/drifts/[id]/answer/route";
import * as drifts from "@/app/api/v1/me/drifts/route";
import { book } from "@/lib/booking/book";
import { db } from "@/lib/database/client";
import { prepareJobs } from "@/lib/worker";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { hourAhead, requestFor } from "@/tests/support/organizer";
import { call, organizerWithKey } from "./call";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareJobs();
});
afterAll(() => database.cleanup());

/** A booking of an organizer of its own; `startsIn` minutes from now, where a time that is not offered should be had. */
async function booked(startsIn?: number) {
  const organizer = await organizerWithKey();
  const outcome = await book(requestFor(organizer, hourAhead(2)));
  if (!outcome.ok) throw new Error(outcome.error.code);
  const { id, token } = outcome.value;
  if (startsIn !== undefined) {
    const startsAt = new Date(Date.now() + startsIn * 60_000);
    const times = { startsAt, endsAt: new Date(startsAt.getTime() + 30 * 60_000) };
    await db().booking.update({ where: { id }, data: times });
  }
  return { ...organizer, bookingId: id, token };
}

type Booked = Awaited<ReturnType<typeof booked>>;

async function drifted({ id: userId, bookingId }: Booked): Promise<string> {
  const booking = await db().booking.findUniqueOrThrow({ where: { id: bookingId } });
  const start = new Date(hourAhead(3));
  const { id } = await db().drift.create({
    data: {
      userId,
      meetingId: booking.meetingId,
      bookingId,
      kind: "moved",
      why: "policy",
      startsAt: start,
      endsAt: new Date(start.getTime() + 30 * 60_000),
      fingerprint: randomUUID(),
      state: "open",
    },
  });
  return id;
}

describe("the drift inbox", () => {
  const list = (key?: string, query = "") => call(drifts.GET, { ...(key ? { key } : {}), query }, "GET");
  const settle = (key: string, id: string, word: string) =>
    call(answer.POST, { key, params: { id }, body: { answer: word } });

  it("the drift inbox lists what waits, and takes an answer once", async () => {
    const visit = await booked();
    const id = await drifted(visit);
    const { status, body } = await list(visit.key);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      items: [{ id, bookingId: visit.bookingId, kind: "moved", why: "policy", start: hourAhead(3) }],
      nextCursor: null,
    });
    expect((await list(visit.key, `?bookingId=${randomUUID()}`)).body.items).toEqual([]);
    expect((await settle(visit.key, id, "apply")).status).toBe(204);
    const moved = await db().booking.findUniqueOrThrow({ where: { id: visit.bookingId } });
    expect(moved.startsAt.toISOString()).toBe(hourAhead(3));
    expect((await settle(visit.key, id, "apply")).body).toMatchObject({ status: 409, code: "not_open" });
    expect((await list(visit.key)).body.items).toEqual([]);
  });

  it("the drift inbox is no one else's", async () => {
    const visit = await booked();
    const id = await drifted(visit);
    const other = await organizerWithKey();
    expect((await list()).status).toBe(401);
    expect((await list(other.key)).body.items).toEqual([]);
    expect((await settle(other.key, id, "apply")).body).toMatchObject({ status: 404, code: "not_found" });
    expect((await settle(visit.key, id, "perhaps")).body).toMatchObject({
      code: "invalid_request",
      errors: [{ path: "answer" }],
    });
    expect((await list(visit.key)).body.items).toHaveLength(1);
  });
});

describe("the private note", () => {
  const save = (key: string, id: string, body: object) =>
    call(note.PUT, { key, params: { id }, body }, "PUT");
  const read = (key: string, id: string) => call(note.GET, { key, params: { id } }, "GET");

  it("the private note is written and read by its organizer, and by no one else", async () => {
    const visit = await booked();
    expect((await read(visit.key, visit.bookingId)).body).toEqual({ note: "" });
    const text = "Bring the file.\nAll of it.";
    expect((await save(visit.key, visit.bookingId, { note: text })).body).toEqual({ note: text });
    expect((await read(visit.key, visit.bookingId)).body).toEqual({ note: text });
    const other = await organizerWithKey();
    expect((await save(other.key, visit.bookingId, { note: "mine" })).status).toBe(404);
    expect((await read(other.key, visit.bookingId)).status).toBe(404);
    expect((await save(visit.key, visit.bookingId, { note: "a\u0000b" })).status).toBe(422);
    expect((await read(visit.key, visit.bookingId)).body).toEqual({ note: text });
  });
});

describe("running late", () => {
  it("running late is said by visitor and organizer, each once", async () => {
    const { key, bookingId, token } = await booked(10);
    const body = { minutes: 10 };
    const byVisitor = await call(publicLate.POST, { params: { token }, body });
    expect(byVisitor).toMatchObject({ status: 200, body: { id: bookingId, status: "confirmed" } });
    const byOrganizer = await call(ownLate.POST, { key, params: { id: bookingId }, body });
    expect(byOrganizer).toMatchObject({ status: 200, body: { id: bookingId } });
    await call(ownLate.POST, { key, params: { id: bookingId }, body });
    const mails = await db().mail.count({ where: { bookingId, kind: { startsWith: "booking-late" } } });
    expect(mails).toBe(2);
  });

  it("running late is refused when it is not the time, for other minutes, and to anyone else", async () => {
    const { key, bookingId, token } = await booked();
    const say = (minutes: unknown) => call(publicLate.POST, { params: { token }, body: { minutes } });
    expect((await say(5)).body).toMatchObject({ status: 409, code: "not_now" });
    expect((await say(7)).body).toMatchObject({ code: "invalid_request", errors: [{ path: "minutes" }] });
    const other = await organizerWithKey();
    const own = { params: { id: bookingId }, body: { minutes: 5 } };
    expect((await call(ownLate.POST, { ...own, key: other.key })).status).toBe(404);
    expect((await call(ownLate.POST, own)).status).toBe(401);
    expect((await call(ownLate.POST, { ...own, key })).body.code).toBe("not_now");
  });
});
