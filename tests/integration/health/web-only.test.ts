/** A process that serves pages only: what it says of itself while workers come and go. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { GET as ready } from "@/app/api/health/ready/route";
import { GET as readMetrics } from "@/app/api/metrics/route";
import { env, setDatabaseUrl } from "@/lib/config/env";
import { closeDatabase, db } from "@/lib/database/client";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase({ WORKER: "off" });
});
afterAll(() => database.cleanup());

async function ask() {
  const response = await ready();
  return { status: response.status, body: await response.json() };
}

async function workerMetric(): Promise<string | undefined> {
  const answer = await readMetrics(
    new Request("http://localhost:3000/api/metrics", { headers: { "x-bellhop-peer": "127.0.0.1" } }),
  );
  return /^bellhop_worker_alive (\d)$/m.exec(await answer.text())?.[1];
}

it("stays ready without any living worker, and says in body and metric that there is none", async () => {
  const good = { ok: true };
  expect(await ask()).toEqual({
    status: 200,
    body: {
      status: "ready",
      checks: {
        database: good,
        migrations: good,
        overlapConstraint: good,
        worker: { ok: false, problem: "silent" },
      },
    },
  });
  expect(await workerMetric()).toBe("0");
});

it("says that there is a worker as soon as one gives a sign of life elsewhere", async () => {
  await db().workerBeat.create({ data: { id: "elsewhere", startedAt: new Date(), beatAt: new Date() } });
  expect(await ask()).toMatchObject({ status: 200, body: { checks: { worker: { ok: true } } } });
  expect(await workerMetric()).toBe("1");
});

it("is not ready without its database, which no worker makes up for", async () => {
  const address = env().DATABASE_URL ?? "";
  await closeDatabase();
  setDatabaseUrl("postgresql://somebody@127.0.0.1:1/nowhere");
  const { status } = await ask();
  await closeDatabase();
  setDatabaseUrl(address);
  expect(status).toBe(503);
});
