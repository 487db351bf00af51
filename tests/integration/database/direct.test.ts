import type { Writable } from "node:stream";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pool } from "@/lib/database/client";
import { transact } from "@/lib/database/direct";
import { logFault } from "@/lib/database/outage";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.cleanup());

const lock = { text: "SELECT pg_advisory_xact_lock(1)", values: [] };
const insert = {
  text: `INSERT INTO "Handle" (handle, "userId") SELECT 'nobody', id FROM "User" WHERE false`,
  values: [],
};

/** How often a socket writes while some work is done. */
async function writesOf(stream: Writable, work: () => Promise<unknown>): Promise<number> {
  let writes = 0;
  const { _write: one, _writev: several } = stream;
  stream._write = (...given) => {
    writes += 1;
    one.apply(stream, given);
  };
  stream._writev = (...given) => {
    writes += 1;
    several?.apply(stream, given);
  };
  await work();
  return writes;
}

test("a transaction that reads once and then writes sends two packets, its lock and its commit included", async () => {
  const book = () =>
    transact(lock, async (run, write) => {
      const rows = await run("SELECT 1 AS one", []);
      write(insert, insert);
      return rows;
    });
  // The one connection that is there is the one that is used.
  await book();
  expect(pool().totalCount).toBe(1);
  const client = await pool().connect();
  const { stream } = client.connection;
  client.release();

  expect(await writesOf(stream, book)).toBe(2);
});

test("a request that finds no free connection is answered as where the database is away: come back", async () => {
  const globals = globalThis as { bellhopDatabaseDoubted?: boolean };
  const crowded = new pg.Pool({ connectionString: database.url, max: 1 });
  const client = await crowded.connect();
  crowded.options.connectionTimeoutMillis = 20;
  try {
    const error = await crowded.connect().catch((failed: unknown) => failed);
    logFault(new Error("x is not a function"), "A request failed");
    expect(globals.bellhopDatabaseDoubted ?? false).toBe(false);
    logFault(error, "A request failed");
    expect(globals.bellhopDatabaseDoubted).toBe(true);
  } finally {
    globals.bellhopDatabaseDoubted = false;
    client.release();
    await crowded.end();
  }
});
