/** Processes that serve pages only, or only do jobs: what they say of themselves while workers come and go. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { GET as ready } from "@/app/api/health/ready/route";
import { GET as readMetrics } from "@/app/api/metrics/route";
import { env, setDatabaseUrl } from "@/lib/config/env";
import { closeDatabase, db } from "@/lib/database/client";
import { answerForWorker } from "@/lib/health/worker-port";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";

let database: TestDatabase;

let workerUrl: string;

beforeAll(async () => {
  database = await createTestDatabase({ WORKER: "off" });
  const { port } = await answerForWorker({ port: 0, host: "127.0.0.1" });
  workerUrl = `http://127.0.0.1:${port}`;
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
  const atWorker = await fetch(`${workerUrl}/api/health/ready`);
  expect([atWorker.status, atWorker.headers.get("cache-control")]).toEqual([503, "no-store"]);
  expect(await atWorker.json()).toMatchObject({ status: "not_ready", checks: { worker: { ok: false } } });
  expect((await fetch(`${workerUrl}/api/health`)).status).toBe(200);
  expect((await fetch(`${workerUrl}/sign-in`)).status).toBe(404);
});

it("says that there is a worker as soon as one gives a sign of life elsewhere", async () => {
  await db().workerBeat.create({ data: { id: "elsewhere", startedAt: new Date(), beatAt: new Date() } });
  expect(await ask()).toMatchObject({ status: 200, body: { checks: { worker: { ok: true } } } });
  expect(await workerMetric()).toBe("1");
  expect((await fetch(`${workerUrl}/api/health/ready`)).status).toBe(200);
});

it("is not ready without its database, which no worker makes up for", async () => {
  const address = env().DATABASE_URL ?? "";
  await closeDatabase();
  setDatabaseUrl("postgresql://somebody@127.0.0.1:1/nowhere");
  const { status } = await ask();
  const metrics = await fetch(`${workerUrl}/api/metrics`);
  await closeDatabase();
  setDatabaseUrl(address);
  expect([status, metrics.status]).toEqual([503, 503]);
  expect(await metrics.json()).toEqual({ status: "unavailable" });
});
