import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as cancelRoute from "@/app/api/v1/bookings/[token]/cancel/route";
import * as bookings from "@/app/api/v1/bookings/route";
import * as ownCancel from "@/app/api/v1/me/bookings/[id]/cancel/route";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { book } from "@/lib/booking/book";
import { eraseVisitor } from "@/lib/booking/erase-visitor";
import { reschedule } from "@/lib/booking/reschedule";
import type { BookingRequest } from "@/lib/booking/schema";
import { identityOfForm } from "@/lib/booking-page/read-form";
import { db } from "@/lib/database/client";
import { prepareJobs } from "@/lib/worker";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { hourAhead, makeOrganizer, requestFor, type TestOrganizer } from "@/tests/support/organizer";
import { call, organizerWithKey } from "./call";

/* One Idempotency-Key, one booking: anyone who sends the same again, from wherever and whenever, is answered the same. */

let database: TestDatabase;
let organizer: TestOrganizer;

beforeAll(async () => {
  database = await createTestDatabase({ TRUST_PROXY: "1" });
  await prepareJobs();
});
afterAll(() => database.cleanup());

const phone = { location: { kind: "phone", value: "+33 1 23 45 67 89" } };

beforeEach(async () => {
  organizer = await makeOrganizer(phone);
});

let hosts = 0;

/** Sends a booking request, each time from another network. */
function send(body: unknown, key: string) {
  hosts += 1;
  const from = `198.51.${hosts >> 8}.${hosts & 255}`;
  const headers = { "Idempotency-Key": key, "X-Forwarded-For": from };
  return call(bookings.POST, { body, headers });
}

/** What lies around for a day only has run out. */
const forgetAnswers = () => db().idempotencyRecord.deleteMany();

const bookingsMade = () => db().booking.count({ where: { ownerId: organizer.id } });

describe("the same key and the same request", () => {
  it("the same key and the same request sent thirty times concurrently from different networks is one booking and one answer", async () => {
    const request = requestFor(organizer, hourAhead(3));
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 30 }, () => send(request, key)));
    expect(answers.map(({ status }) => status)).toEqual(Array(30).fill(201));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(await bookingsMade()).toBe(1);
  });

  it("the same key and the same request are one answer too where a visitor joins a session of several", async () => {
    organizer = await makeOrganizer({ ...phone, seats: 40 });
    const start = hourAhead(3);
    await send(requestFor(organizer, start), randomUUID());
    const request = requestFor(organizer, start);
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(request, key)));
    expect(new Set(answers.map(({ status, body }) => `${status} ${JSON.stringify(body)}`)).size).toBe(1);
    await forgetAnswers();
    expect((await send(request, key)).body).toEqual(answers[0]?.body);
    expect(await bookingsMade()).toBe(2);
  });

  it("the same key and the same request days later are answered word for word as the first time, whatever became of the booking", async () => {
    const request = requestFor(organizer, hourAhead(3));
    const key = randomUUID();
    const first = await send(request, key);
    await forgetAnswers();
    await reschedule({ bookingId: first.body.id, start: Date.parse(hourAhead(4)), by: "organizer" });
    await call(cancelRoute.POST, { params: { token: first.body.token }, body: {} });
    const again = await send(request, key);
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    expect(await bookingsMade()).toBe(1);
  });

  it("the same key and the same request are the same in whatever order the members are written", async () => {
    organizer = await makeOrganizer({
      ...phone,
      questions: [
        { id: "a", label: "A", kind: "text", required: false },
        { id: "b", label: "B", kind: "text", required: false },
      ],
    });
    const request = { ...requestFor(organizer, hourAhead(3)), answers: { a: "1", b: "2" } };
    const key = randomUUID();
    const first = await send(request, key);
    const { visitor, answers, ...rest } = request;
    const turned = {
      answers: Object.fromEntries(Object.entries(answers).reverse()),
      visitor: Object.fromEntries(Object.entries(visitor).reverse()),
      ...rest,
    };
    expect((await send(turned, key)).body).toEqual(first.body);
    await forgetAnswers();
    expect((await send(turned, key)).body).toEqual(first.body);
  });

  it("the same key and the same request are answered after a crash between the booking and its answer, without a minute's wait", async () => {
    const request = requestFor(organizer, hourAhead(3));
    const key = randomUUID();
    const first = await send(request, key);
    // As a process leaves it that died after the commit.
    await db().idempotencyRecord.updateMany({ data: { status: null, answerSealed: null } });
    expect(await send(request, key)).toMatchObject({ status: 201, body: first.body });
    expect(await bookingsMade()).toBe(1);
  });
});

describe("the same key with another request", () => {
  async function expectNothingLearned(
    other: unknown,
    key: string,
    first: { body: { token: string; id: string } },
  ) {
    const refused = await send(other, key);
    expect(refused).toMatchObject({ status: 422, body: { code: "idempotency_key_reused" } });
    const said = JSON.stringify(refused.body);
    expect(said).not.toContain(first.body.token);
    expect(said).not.toContain(first.body.id);
  }

  it("the same key with another request is refused and learns nothing, immediately and days later, and spoils nothing for the first", async () => {
    const request = requestFor(organizer, hourAhead(3));
    const key = randomUUID();
    const first = await send(request, key);
    const others = [
      { ...request, visitor: { ...request.visitor, name: "Somebody Else" } },
      { ...request, visitor: { ...request.visitor, email: "stranger@example.org" } },
      { ...request, start: hourAhead(5) },
      requestFor(await makeOrganizer(phone), hourAhead(3)),
    ];
    for (const other of others) await expectNothingLearned(other, key, first);
    await forgetAnswers();
    for (const other of others) await expectNothingLearned(other, key, first);
    expect((await send(request, key)).body).toEqual(first.body);
  });

  it("the same key with another request is refused by the database itself where both come at the same moment and nothing is remembered", async () => {
    const request = requestFor(organizer, hourAhead(3)) as BookingRequest;
    const other = { ...request, start: hourAhead(5) };
    const identity = { key: "one-key", hash: new Uint8Array([1]) };
    const twin = { key: "one-key", hash: new Uint8Array([2]) };
    const outcomes = await Promise.all([book(request, { identity }), book(other, { identity: twin })]);
    const refused = outcomes.filter((outcome) => !outcome.ok);
    expect(refused).toEqual([{ ok: false, error: { code: "idempotency_key_reused" } }]);
    expect(await bookingsMade()).toBe(1);
  });
});

describe("a key", () => {
  it("an idempotency key is another one on another address: cancelling with it neither waits nor is refused", async () => {
    const key = randomUUID();
    const { body } = await send(requestFor(organizer, hourAhead(3)), key);
    const headers = { "Idempotency-Key": key };
    const cancelled = await call(cancelRoute.POST, { params: { token: body.token }, body: {}, headers });
    expect(cancelled).toMatchObject({ status: 200, body: { status: "cancelled" } });
    const kept = await db().idempotencyRecord.findMany();
    expect(JSON.stringify(kept)).not.toContain(body.token);
  });

  it.each(["", "two words", "tab\there", "x".repeat(256)])(
    "an idempotency key that is none is refused in words: %j",
    async (key) => {
      expect(await send(requestFor(organizer, hourAhead(3)), key)).toMatchObject({
        status: 400,
        body: { code: "idempotency_key_invalid", detail: expect.stringContaining("visible ASCII") },
      });
    },
  );

  it("an idempotency key of an odd look is as good as any", async () => {
    const request = requestFor(organizer, hourAhead(3));
    for (const [index, key] of ['"quoted"', "__proto__", "x".repeat(255), "%00;--"].entries()) {
      const body = { ...request, start: hourAhead(3 + index) };
      const first = await send(body, key);
      expect(first.status).toBe(201);
      expect((await send(body, key)).body).toEqual(first.body);
    }
  });

  it("an idempotency key opens nothing any more once the visitor is erased, and kept answers that name them are gone", async () => {
    const { id, key: apiKey, ...own } = await organizerWithKey();
    organizer = { id, ...own };
    await db().eventType.updateMany({ where: { userId: id }, data: phone });
    const request = requestFor(organizer, hourAhead(3));
    const key = randomUUID();
    const first = await send(request, key);
    await call(ownCancel.POST, {
      key: apiKey,
      params: { id: first.body.id },
      body: {},
      headers: { "Idempotency-Key": randomUUID() },
    });
    expect(await db().idempotencyRecord.count({ where: { bookingId: first.body.id } })).toBe(2);
    await eraseVisitor({ bookingId: first.body.id, scope: scopeWithoutRequest(id), placeholder: "-" });
    expect(await db().idempotencyRecord.count({ where: { bookingId: first.body.id } })).toBe(0);
    const { requestKey, requestHash, firstAnswer } = await db().booking.findUniqueOrThrow({
      where: { id: first.body.id },
    });
    expect({ requestKey, requestHash, firstAnswer }).toEqual({
      requestKey: null,
      requestHash: null,
      firstAnswer: null,
    });
    const again = await send(request, key);
    expect(again.status).toBe(201);
    expect(again.body.id).not.toBe(first.body.id);
  });
});

describe("a visitor's form that is sent again from a browser's history", () => {
  it("a visitor's form that is sent again from a browser's history leads anyone who has typed something else to no booking of the one before", async () => {
    const requestKey = randomUUID();
    const first = requestFor(organizer, hourAhead(3)) as BookingRequest;
    const other = { ...first, visitor: { ...first.visitor, name: "The next one at this machine" } };
    const asked = (request: BookingRequest) =>
      book(request, identityOfForm({ requestKey }, ["visitor"], request));
    const booked = await asked(first);
    expect(await asked(first)).toMatchObject({ ok: true, value: { id: booked.ok && booked.value.id } });
    expect(await asked(other)).toMatchObject({ ok: false, error: { code: "slot_taken" } });
  });
});
