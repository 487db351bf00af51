import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { env } from "@/lib/config/env";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { eventually } from "@/tests/support/eventually";
import { hourAhead, makeOrganizer, requestFor } from "@/tests/support/organizer";
import { startServer, type TestServer } from "@/tests/support/server";

/* A server that gets no further, since its database is locked, while one network goes on asking. */

let database: TestDatabase;
let server: TestServer;
let blocker: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase({ LOG_LEVEL: "silent", WORKER: "off", TRUST_PROXY: "1" });
  server = await startServer();
  blocker = new pg.Client({ connectionString: env().DATABASE_URL });
  await blocker.connect();
}, 120_000);
afterAll(async () => {
  await blocker.end();
  await server.kill();
  await database.cleanup();
});

const from = (address: string) => ({ "x-forwarded-for": address });

it("more than a server can do is refused to the network that asks most, and to no one else", async () => {
  const organizer = await makeOrganizer({ location: { kind: "none" } });
  const refused: Response[] = [];
  const ended: Promise<unknown>[] = [];
  const ask = (address: string) => {
    const sent = fetch(`${server.url}/api/v1/bookings`, {
      method: "POST",
      headers: { "content-type": "application/json", ...from(address) },
      body: JSON.stringify(requestFor(organizer, hourAhead(2))),
    });
    ended.push(sent.then((answer) => answer.status === 503 && refused.push(answer)).catch(() => undefined));
    return sent;
  };
  await blocker.query(`BEGIN; LOCK TABLE "EventType" IN ACCESS EXCLUSIVE MODE`);
  for (let nth = 0; nth < 100; nth += 1) ask(`203.0.113.${nth}`);
  await eventually(
    async () => {
      ask("203.0.113.200");
      return refused.length;
    },
    (count) => count > 0,
  );
  const [refusal] = refused;
  expect([refusal?.status, refusal?.headers.get("retry-after")]).toEqual([503, "2"]);
  expect(await refusal?.json()).toMatchObject({ status: 503, code: "overloaded" });
  const page = await fetch(`${server.url}/sign-in`, { headers: from("203.0.113.7") });
  expect([page.status, page.headers.get("retry-after")]).toEqual([503, "2"]);
  expect(await page.text()).toContain("Try again");

  expect((await fetch(`${server.url}/api/health`, { headers: from("203.0.113.7") })).status).toBe(200);
  const other = await fetch(`${server.url}/api/v1/openapi.json`, { headers: from("198.51.100.7") });
  expect(other.status).toBe(200);

  const metrics = await fetch(`${server.url}/api/metrics`);
  expect(metrics.status).toBe(401);

  await blocker.query("ROLLBACK");
  await Promise.all(ended);
  expect((await ask("203.0.113.7")).status).not.toBe(503);
});
