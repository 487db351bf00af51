import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { newCapability } from "@/lib/auth/capability";
import { db } from "@/lib/database/client";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { eventually } from "@/tests/support/eventually";
import { hourAhead, makeOrganizer } from "@/tests/support/organizer";
import { startServer, type TestServer } from "@/tests/support/server";

let database: TestDatabase;
let server: TestServer;
let blockers: pg.Client[];

beforeAll(async () => {
  database = await createTestDatabase({ LOG_LEVEL: "silent", WORKER: "off" });
  server = await startServer();
  blockers = [0, 1].map(() => new pg.Client({ connectionString: database.url }));
  await Promise.all(blockers.map((blocker) => blocker.connect()));
}, 120_000);
afterAll(async () => {
  await Promise.all(blockers.map((blocker) => blocker.end()));
  await server.kill();
  await database.cleanup();
});

const countWaiting = async () => {
  const [row] = await db().$queryRaw<{ waiting: number }[]>`
    SELECT count(*)::int AS waiting FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return row?.waiting ?? 0;
};

it("a page that is left while its hold is being made holds nothing", async () => {
  const [first, second] = blockers as [pg.Client, pg.Client];
  const { handle, slug, id } = await makeOrganizer();
  // The statement that holds waits for the first lock; the second is next in line and gets to see what was written.
  await first.query(`BEGIN; LOCK TABLE "SlotHold" IN SHARE MODE`);
  const left = new AbortController();
  const asked = fetch(`${server.url}/api/holds`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Origin: server.url, Cookie: `hold=${newCapability()}` },
    body: JSON.stringify({ handle, slug, start: hourAhead(3), durationMinutes: 30 }),
    signal: left.signal,
  }).catch(() => "left");
  await eventually(countWaiting, (waiting) => waiting === 1);
  await second.query("BEGIN");
  const next = second.query(`LOCK TABLE "SlotHold" IN SHARE MODE`);
  await eventually(countWaiting, (waiting) => waiting === 2);
  left.abort();
  expect(await asked).toBe("left");
  await first.query("COMMIT");
  await next;
  const written = await second.query(`SELECT 1 FROM "SlotHold" WHERE "userId" = $1`, [id]);
  expect(written.rowCount).toBe(1);
  await second.query("COMMIT");
  expect(
    await eventually(
      () => db().slotHold.count({ where: { userId: id } }),
      (count) => count === 0,
    ),
  ).toBe(0);
});

it("a browser that keeps no cookies holds nothing, since it would hide the slot from itself", async () => {
  const { handle, slug, id } = await makeOrganizer();
  const body = JSON.stringify({ handle, slug, start: hourAhead(3), durationMinutes: 30 });
  const hold = (headers: Record<string, string>) =>
    fetch(`${server.url}/api/holds`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Origin: server.url, ...headers },
      body,
    });
  expect((await hold({})).status).toBe(204);
  expect(await db().slotHold.count({ where: { userId: id } })).toBe(0);
  expect((await hold({ Cookie: `hold=${newCapability()}` })).status).toBe(200);
  expect(await db().slotHold.count({ where: { userId: id } })).toBe(1);
});
