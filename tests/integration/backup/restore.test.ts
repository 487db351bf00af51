/** A backup of a server at work, restored as a new one: what it promised is kept, and nothing happens twice. */
import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from "vitest";
import { backUp } from "@/lib/backup/back-up";
import { restore } from "@/lib/backup/restore";
import { book } from "@/lib/booking/book";
import { env, setDatabaseUrl } from "@/lib/config/env";
import { closeDatabase, db } from "@/lib/database/client";
import { listOwnSteps, takeSteps } from "@/lib/database/migrate";
import { openSession } from "@/lib/database/session";
import { closeQueue } from "@/lib/jobs/queue";
import type { Worker } from "@/lib/jobs/runner";
import { sealedColumns } from "@/lib/sealed-columns";
import { prepareJobs, startAllWork } from "@/lib/worker";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { eventually } from "@/tests/support/eventually";
import {
  addMicrosoftAccount,
  connectMicrosoft,
  startMicrosoft,
  type TestMicrosoft,
} from "@/tests/support/microsoft";
import { hourAhead, makeOrganizer, requestFor, type TestOrganizer } from "@/tests/support/organizer";
import { runStatement } from "@/tests/support/template";

let microsoft: TestMicrosoft;
let database: TestDatabase;
let folder: string;
let organizer: TestOrganizer;
let email: string;
/** The backup, and what the database held when it was made. */
let file: string;
let waiting: string;
/** Where it was restored. */
let restoredUrl: string;

const others: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "bellhop-backup-"));
  file = path.join(folder, "one.backup");
  microsoft = await startMicrosoft();
  database = await createTestDatabase(microsoft.variables);
  await prepareJobs();
  organizer = await makeOrganizer({ location: { kind: "teams" } });
  email = await addMicrosoftAccount(microsoft.control);
  await connectMicrosoft(organizer.id, email);
  await atWork(async () => {
    await untilReady(await bookAt(2));
  });
  await db().session.create({
    data: {
      idHash: randomBytes(32),
      userId: organizer.id,
      sessionEpoch: 0,
      expiresAt: new Date(Date.now() + 3600_000),
    },
  });
  // No one is at work: its event is a job that waits.
  waiting = await bookAt(3);
  await rows(
    database.url,
    `INSERT INTO "TextMessage" (id, "bookingId", kind, revision, "textSealed", "updatedAt")
     VALUES (gen_random_uuid(), '${waiting}', 'reminder.60', 0, 'v1.t1.x', now())`,
  );
  const made = await backUp(database.url, file, sealedColumns);
  if (!made.ok) throw new Error(made.error.code);
  await rows(database.url, `DELETE FROM "TextMessage"`);
  restoredUrl = await emptyDatabase();
  const done = await restore(restoredUrl, file, { replace: false });
  expect(done).toMatchObject({ ok: true, value: { migrated: [] } });
});

afterEach(async () => {
  await leave();
  setDatabaseUrl(database.url);
});

afterAll(async () => {
  for (const name of others) await runStatement(server(), `DROP DATABASE ${name} WITH (FORCE)`);
  await database.cleanup();
  await microsoft.emulator.close();
  await rm(folder, { recursive: true });
});

const server = () => inject("databaseServerUrl");

async function leave(): Promise<void> {
  await closeQueue(1);
  await closeDatabase();
}

/** Has a worker for a while. */
async function atWork(work: () => Promise<void>): Promise<void> {
  await prepareJobs();
  const worker: Worker = await startAllWork();
  try {
    await work();
  } finally {
    await worker.stop();
  }
}

async function bookAt(days: number): Promise<string> {
  await prepareJobs();
  const booked = await book(requestFor(organizer, hourAhead(days)));
  if (!booked.ok) throw new Error(`not booked: ${booked.error.code}`);
  return booked.value.id;
}

function untilReady(bookingId: string) {
  return eventually(
    () =>
      db().meeting.findFirst({
        where: { bookings: { some: { id: bookingId } } },
        select: { status: true, joinUrl: true },
      }),
    (meeting) => meeting?.status === "ready",
  );
}

async function emptyDatabase(): Promise<string> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  others.push(name);
  await runStatement(server(), `CREATE DATABASE ${name}`);
  return new URL(name, server()).href;
}

async function ask<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = await openSession(url);
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

const rows = (url: string, sql: string) => ask(url, sql);
const refusal = async (url: string, from: string) => {
  const done = await restore(url, from, { replace: true });
  return done.ok ? null : done.error;
};

test("a restored database has every row of its backup, guards its constraints, and numbers on", async () => {
  const url = restoredUrl;
  const [users] = await ask<{ n: string }>(url, `SELECT count(*) AS n FROM "User"`);
  expect(Number(users?.n)).toBe(await db().user.count());
  await expect(rows(url, `DELETE FROM "AuditEntry"`)).rejects.toThrow("append-only");
  await expect(
    rows(
      url,
      `INSERT INTO "ApiKey" (id, "userId", name, "keyHash", hint) VALUES (gen_random_uuid(), gen_random_uuid(), 'x', 'x', 'x')`,
    ),
  ).rejects.toMatchObject({ code: "23503" });
  const claim = `INSERT INTO "TimeClaim" SELECT (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid()))).* FROM "TimeClaim" c LIMIT 1`;
  await expect(rows(url, claim)).rejects.toMatchObject({ code: expect.stringMatching(/23P01|23505/) });
  const note = `INSERT INTO "FlightEntry" SELECT (jsonb_populate_record(f, jsonb_build_object('id', nextval('"FlightEntry_id_seq"')))).* FROM "FlightEntry" f LIMIT 1`;
  await rows(url, note);
  const [constraints] = await ask<{ n: string }>(
    url,
    `SELECT count(*) AS n FROM pg_constraint WHERE connamespace = 'public'::regnamespace`,
  );
  const [own] = await ask<{ n: string }>(
    database.url,
    `SELECT count(*) AS n FROM pg_constraint WHERE connamespace = 'public'::regnamespace`,
  );
  expect(constraints).toEqual(own);
});

test("a backup has no sessions, so that no one who has signed out is signed in again, and no key", async () => {
  expect(await rows(restoredUrl, `SELECT 1 FROM "Session"`)).toEqual([]);
  const text = gunzipSync(await readFile(file)).toString("utf8");
  const [key] = env().TOKEN_ENCRYPTION_KEYS;
  expect(text).toContain('"keys":[{"id":"t1"');
  expect(text).not.toContain(key?.key.toString("base64") ?? "no key");
});

test("a text that was on its way isn't sent again", async () => {
  expect(await rows(restoredUrl, `SELECT status::text, "textSealed" FROM "TextMessage"`)).toEqual([
    { status: "unknown", textSealed: null },
  ]);
});

test("a restored server makes the meeting that was waiting once, though the old one has made it since, and books new ones", async () => {
  await atWork(async () => {
    await untilReady(waiting);
  });
  await leave();
  setDatabaseUrl(restoredUrl);
  await atWork(async () => {
    await untilReady(waiting);
    const later = await bookAt(4);
    const meeting = await untilReady(later);
    expect(meeting?.joinUrl).toContain("teams.microsoft.com");
    const { events } = await microsoft.control.mailbox(email);
    expect(events).toHaveLength(3);
  });
  expect(await db().restoredJob.count()).toBe(0);
});

test("an older backup is brought up to this version", async () => {
  const older = await emptyDatabase();
  const steps = (await listOwnSteps()).map(({ name }) => name);
  const last = "20261129140000_owner_and_host";
  const client = await openSession(older);
  await takeSteps(client, last);
  await client.query(
    `INSERT INTO "User" (id, email, name, handle, "updatedAt") VALUES (gen_random_uuid(), 'old@example.test', 'Old', 'old', now())`,
  );
  await client.end();
  const from = path.join(folder, "older.backup");
  expect(await backUp(older, from, sealedColumns)).toMatchObject({ ok: true, value: { migration: last } });
  const url = await emptyDatabase();
  const done = await restore(url, from, { replace: false });
  expect(done).toMatchObject({ ok: true, value: { migrated: steps.filter((name) => name > last) } });
  expect(await rows(url, `SELECT u.email FROM "User" u JOIN "Handle" h ON h."userId" = u.id`)).toEqual([
    { email: "old@example.test" },
  ]);
  // No account is left, and yet someone has been here.
  await rows(url, `DELETE FROM "User"`);
  await rows(
    url,
    `INSERT INTO "AuditEntry" (id, action, subject, origin) VALUES (gen_random_uuid(), 'x', 'x', 'x')`,
  );
  expect(await restore(url, from, { replace: false })).toMatchObject({
    error: { code: "not_empty", accounts: 0 },
  });
});

describe("a backup is written", () => {
  test("for its owner alone, never over another file, and not of an empty database", async () => {
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await backUp(database.url, file, sealedColumns)).toMatchObject({ error: { code: "exists" } });
    const nowhere = path.join(folder, "nowhere", "x.backup");
    expect(await backUp(database.url, nowhere, sealedColumns)).toMatchObject({
      error: { code: "unwritable" },
    });
    const none = path.join(folder, "none.backup");
    expect(await backUp(await emptyDatabase(), none, sealedColumns)).toMatchObject({
      error: { code: "empty" },
    });
    expect(await stat(none).catch(() => null)).toBeNull();
  });
});

describe("a restore refuses", () => {
  /** The backup with its text changed. */
  async function changed(change: (text: string) => string): Promise<string> {
    const other = path.join(folder, `${randomBytes(4).toString("hex")}.backup`);
    await writeFile(other, gzipSync(change(gunzipSync(await readFile(file)).toString("utf8"))));
    return other;
  }

  test("a file that is cut off, damaged, changed or something else, and leaves the database as it was", async () => {
    const url = await emptyDatabase();
    const whole = await readFile(file);
    const cut = path.join(folder, "cut.backup");
    await writeFile(cut, whole.subarray(0, Math.floor(whole.length / 2)));
    const flipped = path.join(folder, "flipped.backup");
    const bytes = Buffer.from(whole);
    bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 1;
    await writeFile(flipped, bytes);
    const shorter = await changed((text) => text.slice(0, text.lastIndexOf("-- End")));
    const renamed = await changed((text) => text.replace("bellhop.example\tThe ", "bellhop.example\tA "));
    for (const broken of [cut, flipped, shorter, renamed]) {
      expect(await refusal(url, broken)).toMatchObject({
        code: "file",
        message: expect.stringContaining("cut off or damaged"),
      });
    }
    const text = path.join(folder, "text.txt");
    await writeFile(text, gzipSync("hello\n"));
    expect(await refusal(url, text)).toMatchObject({ message: "isn't a backup of Bellhop." });
    expect(await refusal(url, path.join(folder, "missing"))).toMatchObject({
      message: "can't be read (ENOENT).",
    });
    expect(
      await rows(url, "SELECT 1 FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"),
    ).toEqual([]);
  });

  test("a newer version, by its number, its form or its steps", async () => {
    const url = await emptyDatabase();
    const newer = [
      await changed((text) => text.replace(/"version":"[^"]+"/, '"version":"99.0.0"')),
      await changed((text) => text.replace('"format":1', '"format":2')),
      await changed((text) =>
        text.replace('"migrations":[', '"migrations":[{"name":"99990101000000_later","checksum":"x"},'),
      ),
    ];
    for (const one of newer)
      expect(await refusal(url, one)).toMatchObject({
        code: "file",
        message: expect.stringContaining("newer Bellhop"),
      });
    const reworded = await changed((text) => text.replace(/"checksum":"[^"]+"/, '"checksum":"other"'));
    expect(await refusal(url, reworded)).toMatchObject({
      message: expect.stringContaining("another wording"),
    });
  });

  test("keys that this server lacks, and others of the same name", async () => {
    const url = await emptyDatabase();
    const ring = env().TOKEN_ENCRYPTION_KEYS;
    const [own] = ring;
    if (!own) throw new Error("no key");
    ring.splice(0, 1, { ...own, id: "t9" });
    expect(await refusal(url, file)).toMatchObject({ message: expect.stringContaining("needs the key t1,") });
    ring.splice(0, 1, { ...own, key: Buffer.alloc(32, 8) });
    expect(await refusal(url, file)).toMatchObject({
      message: expect.stringContaining("needs another key named t1"),
    });
    ring.splice(0, 1, own);
  });

  test("a database with accounts unless it may be replaced, one that is in use, and another program's", async () => {
    const url = restoredUrl;
    const [{ n: accounts } = { n: "0" }] = await ask<{ n: string }>(url, `SELECT count(*) AS n FROM "User"`);
    expect(await restore(url, file, { replace: false })).toEqual({
      ok: false,
      error: { code: "not_empty", accounts: Number(accounts) },
    });
    await rows(url, `UPDATE "User" SET name = 'Someone else'`);
    // What a newer version has left behind goes too.
    await rows(url, `CREATE TABLE "Newer" (id int); CREATE TYPE "Kind" AS ENUM ('a')`);

    setDatabaseUrl(url);
    await prepareJobs();
    expect(await refusal(url, file)).toEqual({ code: "running" });
    await leave();

    expect(await refusal(url, file)).toBeNull();
    expect(await rows(url, `SELECT 1 FROM "User" WHERE name = 'Someone else'`)).toEqual([]);
    expect(await rows(url, `SELECT 1 FROM pg_class WHERE relname = 'Newer'`)).toEqual([]);

    const foreign = await emptyDatabase();
    await rows(foreign, "CREATE TABLE invoices (id int)");
    expect(await refusal(foreign, file)).toEqual({ code: "foreign" });
  });
});
