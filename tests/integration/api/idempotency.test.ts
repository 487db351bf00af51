import { afterAll, beforeAll, expect, test } from "vitest";
import * as links from "@/app/api/v1/me/event-types/[id]/links/route";
import * as eventTypes from "@/app/api/v1/me/event-types/route";
import * as schedules from "@/app/api/v1/me/schedules/route";
import * as webhooks from "@/app/api/v1/me/webhooks/route";
import { once, type Reply, removeExpiredAnswers, ticketOf } from "@/lib/api/idempotency";
import { db } from "@/lib/database/client";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { call, organizerWithKey } from "./call";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.cleanup());

const schedule = { name: "Winter", timeZone: "Europe/Paris", weekly: [] };
const reply: Reply = { status: 201, contentType: "application/json", body: '{"token":"abc"}' };
const counted = () => {
  const work = async () => {
    work.runs += 1;
    return reply;
  };
  work.runs = 0;
  return work;
};
const later = (seconds: number) => new Date(Date.now() + seconds * 1000);

test("the same request again gets the same answer and makes nothing new", async () => {
  const { id, key } = await organizerWithKey();
  const send = () => call(schedules.POST, { key, body: schedule, headers: { "Idempotency-Key": "a1" } });
  const first = await send();
  const second = await send();
  expect(first.status).toBe(201);
  expect(first.headers.get("idempotency-replayed")).toBeNull();
  expect(second.status).toBe(201);
  expect(second.body).toEqual(first.body);
  expect(second.headers.get("idempotency-replayed")).toBe("true");
  expect(await db().schedule.count({ where: { userId: id, name: "Winter" } })).toBe(1);
});

test("the same key with another body is refused", async () => {
  const { key } = await organizerWithKey();
  const headers = { "Idempotency-Key": "a2" };
  await call(schedules.POST, { key, body: schedule, headers });
  const other = await call(schedules.POST, { key, body: { ...schedule, name: "Summer" }, headers });
  expect(other.body).toMatchObject({ status: 422, code: "idempotency_key_reused" });
});

test("two organizers may use the same key", async () => {
  const headers = { "Idempotency-Key": "a3" };
  for (const { key } of [await organizerWithKey(), await organizerWithKey()]) {
    const answer = await call(schedules.POST, { key, body: schedule, headers });
    expect(answer.headers.get("idempotency-replayed")).toBeNull();
  }
});

test("of many concurrent requests exactly one makes something, and all get its answer", async () => {
  const { id, key } = await organizerWithKey();
  const send = () => call(schedules.POST, { key, body: schedule, headers: { "Idempotency-Key": "a4" } });
  const answers = await Promise.all(Array.from({ length: 20 }, send));
  expect(await db().schedule.count({ where: { userId: id, name: "Winter" } })).toBe(1);
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(201));
  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
});

test("of many concurrent requests that make a link, which can't be read again, all get the one address", async () => {
  const { key, eventTypeId } = await organizerWithKey();
  const headers = { "Idempotency-Key": "a8" };
  const send = () => call(links.POST, { key, params: { id: eventTypeId }, body: {}, headers });
  const answers = await Promise.all(Array.from({ length: 10 }, send));
  expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(201));
  expect(new Set(answers.map(({ body }) => body.url)).size).toBe(1);
});

test("a key on another address is another key", async () => {
  const { key } = await organizerWithKey();
  const headers = { "Idempotency-Key": "a6" };
  await call(schedules.POST, { key, body: schedule, headers });
  const hook = { url: "https://example.org/hook" };
  expect((await call(webhooks.POST, { key, body: hook, headers })).status).toBe(201);
});

const eventType = { slug: "once", title: "Once", durationsMinutes: [30], location: { kind: "none" } };

test.each([
  ["a schedule", schedules.POST, schedule, () => db().schedule.count({ where: { name: "Winter" } })],
  ["an event type", eventTypes.POST, eventType, () => db().eventType.count({ where: { slug: "once" } })],
  ["a webhook", webhooks.POST, { url: "https://example.org/x" }, () => db().webhook.count()],
])("%s is made once though its maker died before it answered", async (_, handler, body, count) => {
  const { key } = await organizerWithKey();
  const before = await count();
  const send = () => call(handler, { key, body, headers: { "Idempotency-Key": "a7" } });
  const first = await send();
  expect(first.status).toBe(201);
  await db().idempotencyRecord.updateMany({ data: { status: null, answerSealed: null } });
  expect(await send()).toMatchObject({ status: 201, body: first.body });
  expect(await count()).toBe(before + 1);
});

test("a key that is no key is refused", async () => {
  const { key } = await organizerWithKey();
  const headers = { "Idempotency-Key": "x".repeat(256) };
  const answer = await call(schedules.POST, { key, body: schedule, headers });
  expect(answer.body).toMatchObject({ status: 400, code: "idempotency_key_invalid" });
});

test("input that was refused does not use the key up", async () => {
  const { key } = await organizerWithKey();
  const headers = { "Idempotency-Key": "a5" };
  expect((await call(schedules.POST, { key, body: {}, headers })).status).toBe(422);
  expect((await call(schedules.POST, { key, body: schedule, headers })).status).toBe(201);
});

test("what is kept can't be read in the database", async () => {
  await once(ticketOf(["test"], "sealed", 1), counted());
  const record = await db().idempotencyRecord.findFirstOrThrow({ where: { key: "sealed" } });
  expect(record.answerSealed).toMatch(/^v1\./);
  expect(record.answerSealed).not.toContain("abc");
});

test("a fault or an answer of 500 and up leaves the key free", async () => {
  const ticket = ticketOf(["test"], "fault", 1);
  await expect(once(ticket, () => Promise.reject(new Error("down")))).rejects.toThrow("down");
  await once(ticket, async () => ({ ...reply, status: 503 }));
  const work = counted();
  expect(await once(ticket, work)).toEqual({ kind: "answered", reply, replayed: false });
  expect(work.runs).toBe(1);
});

test("one that crashed half way blocks its key for a minute and no longer", async () => {
  const ticket = ticketOf(["test"], "crash", 1);
  void once(ticket, () => new Promise<Reply>(() => undefined));
  await expect.poll(() => db().idempotencyRecord.count({ where: { key: "crash" } })).toBe(1);
  const work = counted();
  expect(await once(ticket, work, later(30))).toEqual({ kind: "in_progress" });
  expect(await once(ticketOf(["test"], "crash", 2), work, later(90))).toEqual({ kind: "another_request" });
  expect(await once(ticket, work, later(90))).toMatchObject({ kind: "answered", replayed: false });
  expect(work.runs).toBe(1);
});

test("after a day a key is new again, and what is left of it can be taken away", async () => {
  const work = counted();
  await once(ticketOf(["test"], "old", 1), work);
  expect(await once(ticketOf(["test"], "old", 2), work, later(25 * 3600))).toMatchObject({ replayed: false });
  expect(work.runs).toBe(2);
  await removeExpiredAnswers(later(60 * 3600));
  expect(await db().idempotencyRecord.count()).toBe(0);
});
