import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { db } from "@/lib/database/client";
import { prepareJobs } from "@/lib/worker";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { eventually } from "@/tests/support/eventually";
import { hourAhead, makeOrganizer, requestFor, type TestOrganizer } from "@/tests/support/organizer";
import { freePort, startServer, type TestServer } from "@/tests/support/server";

/*
 * A visitor books, and the web process dies (SIGKILL) at one place of the work. PostgreSQL holds it there: by a lock that someone
 * else has, or by a check at the commit that waits. Anyone who asks again with the same key has exactly one booking.
 */

let database: TestDatabase;
let blocker: pg.Client;
let server: TestServer;
let port: number;
let organizer: TestOrganizer;

const gate = 471_147;

beforeAll(async () => {
  database = await createTestDatabase({ LOG_LEVEL: "silent", WORKER: "on" });
  await prepareJobs();
  await db().$executeRawUnsafe(`
    CREATE FUNCTION wait_at_commit() RETURNS trigger LANGUAGE plpgsql AS
      'BEGIN PERFORM pg_advisory_xact_lock_shared(${gate}); RETURN NULL; END'`);
  await db().$executeRawUnsafe(`
    CREATE CONSTRAINT TRIGGER wait_at_commit AFTER INSERT ON "Booking"
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION wait_at_commit()`);
  port = await freePort();
  server = await startServer({}, port);
});
afterAll(async () => {
  await server.kill();
  await database.cleanup();
});

beforeEach(async () => {
  organizer = await makeOrganizer({ location: { kind: "phone", value: "+33 1 23 45 67 89" } });
  blocker = new pg.Client({ connectionString: database.url });
  await blocker.connect();
  return () => blocker.end();
});

interface KeyedRequest {
  body: object;
  key: string;
}

async function post({ body, key }: KeyedRequest, { url } = server) {
  const response = await fetch(`${url}/api/v1/bookings`, {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": key },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as { id: string; code?: string } };
}

/** Backends of the server that wait for the blocker. Not asked by the blocker: a transaction sees the same activity all along. */
async function listHeld(): Promise<number[]> {
  const rows = await db().$queryRaw<{ pid: number }[]>`
    SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return rows.map(({ pid }) => pid);
}

/** Sends the request, waits until its work is held at the place, and kills the process there. Answers who is still held. */
async function dieAt(place: string, request: KeyedRequest): Promise<number[]> {
  await blocker.query(`BEGIN; ${place}`);
  const lost = post(request).then(
    (answer) => answer.status,
    () => "no answer",
  );
  const held = await eventually(listHeld, (pids) => pids.length > 0);
  await server.kill();
  expect(await lost).toBe("no answer");
  return held;
}

/** What was sent before the process died goes on: the lock is let go. */
const goOn = () => blocker.query("COMMIT");

/** What was sent is lost with the connection. */
async function lose(pids: number[]): Promise<void> {
  await blocker.query("SELECT pg_terminate_backend(pid) FROM unnest($1::int[]) AS held(pid)", [pids]);
  await eventually(listHeld, (left) => left.length === 0);
  await goOn();
}

async function expectOneBooking(request: KeyedRequest): Promise<void> {
  server = await startServer({}, port);
  const again = await post(request);
  expect(again).toMatchObject({ status: 201, body: { status: "confirmed" } });
  expect((await post(request)).body.id).toBe(again.body.id);
  const another = await post({ body: { ...request.body }, key: randomUUID() });
  expect(another).toMatchObject({ status: 409, body: { code: "slot_taken" } });
  expect(await db().booking.findMany({ where: { ownerId: organizer.id }, select: { id: true } })).toEqual([
    { id: again.body.id },
  ]);
  expect(await db().timeClaim.count({ where: { hostId: organizer.id } })).toBe(1);
  expect(await db().meeting.count({ where: { hostId: organizer.id } })).toBe(1);
  const mails = () =>
    db().mail.findMany({
      where: { bookingId: again.body.id },
      select: { kind: true },
      orderBy: { kind: "asc" },
    });
  const sent = await eventually(mails, (rows) => rows.length >= 2);
  expect(new Set(sent.map(({ kind }) => kind)).size, "no one is notified twice").toBe(sent.length);
}

describe("a web process that dies while it books", () => {
  const places = {
    "before anything is written": () =>
      `SELECT pg_advisory_xact_lock(hashtextextended('organizer:${organizer.id}', 0))`,
    "while it writes": () => 'LOCK TABLE "TimeClaim" IN SHARE MODE',
    "at the commit": () => `SELECT pg_advisory_xact_lock(${gate})`,
  };

  it.each(Object.entries(places))(
    "a web process that dies while it books %s leaves nothing behind when its connection is lost, and the same key books once",
    async (_name, place) => {
      const request = { body: requestFor(organizer, hourAhead(3)), key: randomUUID() };
      const held = await dieAt(place(), request);
      await lose(held);
      expect(await db().booking.count({ where: { ownerId: organizer.id } })).toBe(0);
      await expectOneBooking(request);
    },
    120_000,
  );

  it("a web process that dies while it books between commit and answer has booked, and the same key gets that booking", async () => {
    const request = { body: requestFor(organizer, hourAhead(3)), key: randomUUID() };
    await dieAt(places["at the commit"](), request);
    await goOn();
    await eventually(
      () => db().booking.count({ where: { ownerId: organizer.id } }),
      (count) => count === 1,
    );
    await expectOneBooking(request);
  }, 120_000);

  it("a web process that dies while it books and whose commit is not through yet: another process answers the same key with that very booking", async () => {
    const request = { body: requestFor(organizer, hourAhead(3)), key: randomUUID() };
    const other = await startServer();
    await dieAt(places["at the commit"](), request);
    const again = post(request, other);
    await eventually(listHeld, (pids) => pids.length > 1);
    await goOn();
    const { status, body } = await again;
    expect(status).toBe(201);
    const bookings = await db().booking.findMany({ where: { ownerId: organizer.id }, select: { id: true } });
    expect(bookings).toEqual([{ id: body.id }]);
    await other.kill();
    await expectOneBooking(request);
  }, 120_000);
});
