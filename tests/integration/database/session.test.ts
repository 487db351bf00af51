/** A database whose own settings are not ours, asked directly and through poolers: instants must not move. */
import { createServer } from "node:net";
import { TLSSocket } from "node:tls";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { GET as ready } from "@/app/api/health/ready/route";
import { book } from "@/lib/booking/book";
import { env, setDatabaseUrl } from "@/lib/config/env";
import { closeDatabase, db, pool } from "@/lib/database/client";
import { run } from "@/lib/database/direct";
import { migrate } from "@/lib/database/migrate";
import { openDatabase, requireUsable } from "@/lib/database/open";
import { openSession } from "@/lib/database/session";
import { examine } from "@/lib/doctor";
import { closeQueue, queue } from "@/lib/jobs/queue";
import { prepareJobs } from "@/lib/worker";
import { admin } from "@/tests/support/admin-command";
import { makeCertificate } from "@/tests/support/certificate";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { hourAhead, makeOrganizer, requestFor } from "@/tests/support/organizer";
import { type Pooler, startPooler } from "@/tests/support/pooler";
import { runStatement } from "@/tests/support/template";

let database: TestDatabase;
let session: Pooler;
let transaction: Pooler;

beforeAll(async () => {
  database = await createTestDatabase();
  const name = new URL(database.url).pathname.slice(1);
  for (const setting of [
    "TimeZone = 'America/New_York'",
    "DateStyle = 'SQL, DMY'",
    "search_path = 'elsewhere', 'public'",
    "default_transaction_isolation = 'repeatable read'",
  ]) {
    await runStatement(database.url, `ALTER DATABASE ${name} SET ${setting}`);
  }
  await runStatement(database.url, "CREATE SCHEMA elsewhere");
  session = await startPooler(database.url, "session");
  transaction = await startPooler(database.url, "transaction");
});
afterAll(async () => {
  await use(database.url);
  await database.cleanup();
  await session.close();
  await transaction.close();
});
afterEach(() => use(database.url));

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

async function use(url: string): Promise<void> {
  await closeQueue(1);
  await closeDatabase();
  setDatabaseUrl(url);
}

const withOptions = (url: string) => `${url}?options=${encodeURIComponent("-c statement_timeout=77s")}`;

const addresses: [string, () => string][] = [
  ["directly", () => database.url],
  ["at an address with options of its own", () => withOptions(database.url)],
  ["through a pooler that drops options", () => session.url],
  ["through a pooler that drops options, with options in the address", () => withOptions(session.url)],
];

describe.each(addresses)("a database in another zone, asked %s", (_, address) => {
  it("a database in another zone keeps a booking's instants as they are, in every column and for every reader", async () => {
    await use(address());
    const opened = await openDatabase();
    await prepareJobs();
    const start = hourAhead(3, 15);
    const booked = await book(requestFor(await makeOrganizer(), start));
    if (!booked.ok) throw new Error(booked.error.code);
    const { id } = booked.value;
    expect((await db().booking.findUniqueOrThrow({ where: { id } })).startsAt.toISOString()).toBe(
      new Date(start).toISOString(),
    );
    const [claim] = await run<{ from: Date; booked: Date }>(
      `SELECT lower(c."during") AS "from", b."startsAt" AS booked
       FROM "TimeClaim" c JOIN "Booking" b ON b."meetingId" = c."meetingId" WHERE b.id = $1`,
      [id],
    );
    expect(claim).toEqual({ from: new Date(start), booked: new Date(start) });
    expect((await (await ready()).json()).checks.database).toEqual({ ok: true });
    await closeQueue(1);
    await opened.close();
  });
});

it("keeps the options of the address beside Bellhop's own settings", async () => {
  await use(withOptions(database.url));
  const [row] = await run(
    "SELECT current_setting('statement_timeout') AS timeout, current_setting('TimeZone') AS zone",
    [],
  );
  expect(row).toEqual({ timeout: "77s", zone: "UTC" });
});

it("has the same settings on every kind of connection: visitors', the queue's, single ones", async () => {
  const question = `SELECT current_setting('TimeZone') AS zone, current_setting('DateStyle') AS dates,
    current_setting('search_path') AS path, current_setting('transaction_isolation') AS isolation`;
  const wanted = { zone: "UTC", dates: "ISO, MDY", path: "public", isolation: "read committed" };
  expect((await run(question, []))[0]).toEqual(wanted);
  expect((await db().$queryRawUnsafe<object[]>(question))[0]).toEqual(wanted);
  const boss = await queue();
  expect((await boss.getDb().executeSql(question, [])).rows[0]).toEqual(wanted);
  const single = await openSession(database.url);
  expect((await single.query(question)).rows[0]).toEqual(wanted);
  await single.end();
});

it("asks for the settings once a connection, not once a statement", async () => {
  await run("SELECT 1", []);
  const client = await pool().connect();
  const query = vi.spyOn(client, "query");
  client.release();
  for (const _ of [1, 2, 3]) await run("SELECT 1", []);
  expect(query).toHaveBeenCalledTimes(3);
});

it("a process opens no more connections for statements than DATABASE_CONNECTIONS says", async () => {
  await use(database.url);
  const usual = env().DATABASE_CONNECTIONS;
  Object.assign(env(), { DATABASE_CONNECTIONS: 4 });
  const clients = await Promise.all([1, 2, 3, 4].map(() => pool().connect()));
  const fifth = pool().connect();
  expect([pool().totalCount, pool().waitingCount]).toEqual([4, 1]);
  for (const client of clients) client.release();
  (await fifth).release();
  Object.assign(env(), { DATABASE_CONNECTIONS: usual });
});

describe("a database that can't be used is named with what to do", () => {
  const complaint = (url: string) =>
    requireUsable(url, 0).then(
      () => null,
      (error: Error) => error.message,
    );

  /** Answers a client's question for TLS, and goes on with a certificate that no one knows where it says yes. */
  async function withServer<Value>(answer: "S" | "N", work: (url: string) => Promise<Value>): Promise<Value> {
    const { publicPart, key } = makeCertificate({ name: "localhost" });
    const server = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.once("data", () => {
        socket.write(answer);
        if (answer === "S") {
          new TLSSocket(socket, { isServer: true, cert: publicPart, key }).on("error", () => undefined);
        }
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" ? address?.port : 0;
    try {
      return await work(`postgresql://somebody@127.0.0.1:${port}/x?sslmode=verify-full`);
    } finally {
      server.close();
    }
  }

  it("a certificate of an unknown authority, and a server without TLS", async () => {
    expect(await withServer("S", complaint)).toMatch(
      /^DATABASE_URL names a database that can't be used \([A-Z_]+\)\. Its certificate is of an authority [^\n]*sslrootcert=/,
    );
    expect(await withServer("N", complaint)).toMatch(/can't be used \(no TLS\)\. Turn on TLS/);
    expect(await complaint(`${database.url}?sslmode=verify-full&sslrootcert=/nowhere.crt`)).toMatch(
      /\(ENOENT\)\. A file that it names/,
    );
  });

  it("a user who may not connect once more, and one who owns nothing", async () => {
    const role = `poor_${new URL(database.url).pathname.slice(1)}`;
    const url = Object.assign(new URL(database.url), { username: role, password: "poor" }).href;
    await runStatement(database.url, `CREATE ROLE ${role} LOGIN PASSWORD 'poor' CONNECTION LIMIT 0`);
    try {
      expect(await complaint(url)).toMatch(
        /\(53300\)\. It accepts no more connections: raise max_connections/,
      );
      await runStatement(database.url, `ALTER ROLE ${role} CONNECTION LIMIT -1`);
      const empty = new URL("postgres", url).href;
      await expect(migrate(empty)).rejects.toThrow(
        /^The database can't be set up: permission denied [^\n]*\. Make the user in DATABASE_URL the owner of the database and start again\.$/,
      );
    } finally {
      await runStatement(database.url, `DROP ROLE ${role}`);
    }
  });
});

describe("a pooler in transaction mode, which keeps no session together", () => {
  const refusal = /^DATABASE_URL leads to a pooler in transaction mode.*pool_mode=session/;

  it("a pooler in transaction mode stops the start with the reason", async () => {
    await use(transaction.url);
    await expect(openDatabase()).rejects.toMatchObject({
      code: "database_unavailable",
      message: expect.stringMatching(refusal),
    });
  });

  it("a pooler in transaction mode is found by the doctor", async () => {
    await use(transaction.url);
    const { ok, checks } = await examine();
    expect(ok).toBe(false);
    expect(checks).toContainEqual({ name: "database", ok: false, message: expect.stringMatching(refusal) });
  });

  it("a pooler in transaction mode is not taken for one in session mode while others work through it too", async () => {
    const others = await Promise.all([1, 2, 3].map(() => connect(transaction.url)));
    let isOver = false;
    const work = others.map(async (client) => {
      while (!isOver) await client.query("SELECT pg_sleep(0.001)");
    });
    await use(transaction.url);
    await expect(openDatabase()).rejects.toThrow(refusal);
    isOver = true;
    await Promise.all(work);
    await Promise.all(others.map((client) => client.end()));
  });
});

describe("a session that has lost its settings", () => {
  it("a session that has lost its settings is no reason to be ready, and names the database", async () => {
    await use(database.url);
    await db().$queryRaw`SELECT 1`;
    // All of the pool's connections, as a pooler that switches sessions would.
    const clients = await Promise.all(Array.from({ length: 10 }, () => pool().connect()));
    await Promise.all(clients.map((client) => client.query("SET TimeZone = 'America/New_York'")));
    for (const client of clients) client.release();
    const response = await ready();
    expect(response.status).toBe(503);
    expect((await response.json()).checks.database).toEqual({ ok: false, problem: "session" });
    const message = expect.stringMatching(/don't keep Bellhop's setting for TimeZone\./);
    expect((await examine()).checks).toContainEqual({ name: "database", ok: false, message });
  });
});

it("the operator's commands work through a pooler that drops options", async () => {
  const { stdout } = await admin(["doctor"], { DATABASE_URL: session.url });
  const { checks } = JSON.parse(stdout);
  expect(checks).toContainEqual({
    name: "database",
    ok: true,
    message: "The database answers, and keeps time in UTC.",
  });
  // Nothing is wrong but what this test has left out.
  const wrong = checks.filter(({ ok }: { ok: boolean }) => !ok).map(({ name }: { name: string }) => name);
  expect(wrong).toEqual(["worker", "microsoft"]);
  expect(env().DATABASE_URL).toBe(database.url);
});
