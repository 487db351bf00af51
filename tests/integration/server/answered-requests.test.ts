import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { book } from "@/lib/booking/book";
import { db } from "@/lib/database/client";
import { keepPageFiles } from "@/lib/page-files";
import { prepareJobs } from "@/lib/worker";
import { startCollector } from "@/tests/support/collector";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { eventually } from "@/tests/support/eventually";
import { hourAhead, makeOrganizer, requestFor } from "@/tests/support/organizer";
import { startServer, type TestServer } from "@/tests/support/server";

/* Each request is one line of the log and one count, by its route; what opens something stays out of both. */

let database: TestDatabase;
let server: TestServer;
let collector: Awaited<ReturnType<typeof startCollector>>;
let token: string;
let handle: string;

beforeAll(async () => {
  database = await createTestDatabase({ WORKER: "off" });
  await prepareJobs();
  const organizer = await makeOrganizer();
  handle = organizer.handle;
  const booked = await book(requestFor(organizer, hourAhead(2)));
  if (!booked.ok) throw new Error(booked.error.code);
  token = booked.value.token;
  collector = await startCollector();
  server = await startServer({
    LOG_LEVEL: "info",
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
    OTEL_BSP_SCHEDULE_DELAY: "200",
  });
}, 120_000);
afterAll(async () => {
  await server?.stop();
  collector?.close();
  await database.cleanup();
});

const lines = () => server.log().filter(({ msg }) => msg === "Request");

it("a request is logged with method, route, status, time and the id in its answer, and without its token", async () => {
  const answer = await fetch(`${server.url}/booking/${token}?from=mail`);
  const requestId = answer.headers.get("x-request-id");
  await answer.text();
  const line = await eventually(
    async () => lines().find((one) => one.requestId === requestId),
    (one) => one !== undefined,
  );
  expect(line).toMatchObject({ level: "info", method: "GET", route: "/booking/[token]", status: 200 });
  expect(line?.ms).toEqual(expect.any(Number));
  expect(JSON.stringify(server.log())).not.toContain(token);
  const span = await eventually(
    async () => collector.spans().find(({ name }) => name === "GET /booking/[token]"),
    (one) => one !== undefined,
  );
  expect(span?.facts).toMatchObject({ "http.method": "GET", "next.route": "/booking/[token]" });
  expect(String(span?.facts["http.status_code"])).toBe("200");
  expect(
    collector
      .deliveries()
      .map(({ body }) => body)
      .join(""),
  ).not.toContain(token);
});

it("requests are counted by route, method and class of status; a program that watches over us fills no log", async () => {
  await (await fetch(`${server.url}/api/v1/me`)).text();
  await (await fetch(`${server.url}/${handle}`)).text();
  const text = await eventually(
    async () => (await fetch(`${server.url}/api/metrics`)).text(),
    (metrics) => metrics.includes('route="/[handle]"'),
  );
  expect(text).toContain('bellhop_request_seconds_count{route="/api/v1/me",method="GET",status="4xx"} 1\n');
  expect(text).toContain('bellhop_request_seconds_count{route="/[handle]",method="GET",status="2xx"} 1\n');
  expect(text).toMatch(/^bellhop_build_info\{version="[^"]+",build="[^"]+",node="[^"]+"\} 1$/m);
  expect(text).not.toContain(handle);
  expect(text).not.toContain(token);
  expect(lines().map(({ route }) => route)).toEqual(["/booking/[token]", "/api/v1/me", "/[handle]"]);
});

it("a page of another build gets its scripts from any server, and whatever else is asked for is not there", async () => {
  const folder = path.join(".next", "static");
  const [own = ""] = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".css"),
  );
  const address = (name: string) => `${server.url}/_next/static/${name}`;
  const served = await fetch(address(own));
  const kept = await db().pageFile.findUniqueOrThrow({ where: { name: own } });
  expect(Buffer.from(kept.bytes).equals(Buffer.from(await served.arrayBuffer()))).toBe(true);
  const bytes = new TextEncoder().encode("/* older */");
  await db().pageFile.create({ data: { name: "chunks/older.js", bytes } });
  const older = await fetch(`${address("chunks/older.js")}?v=1`);
  expect([older.status, await older.text(), older.headers.get("content-type")]).toEqual([
    200,
    "/* older */",
    "text/javascript; charset=utf-8",
  ]);
  expect(older.headers.get("cache-control")).toBe(served.headers.get("cache-control"));
  expect(older.headers.get("cross-origin-embedder-policy")).toBe(
    served.headers.get("cross-origin-embedder-policy"),
  );
  expect((await fetch(address("chunks/none.js"))).status).toBe(404);
  expect((await fetch(address("chunks/older.woff2"))).status).toBe(404);
});

it("files of a build go a month after another build has started, and those of a build that starts stay", async () => {
  const day = 24 * 3600_000;
  const start = (days: number) => keepPageFiles(new Date(Date.now() + days * day));
  const own = (await db().pageFile.count()) - 1;
  // The other build has run for a year.
  await start(365);
  await start(394);
  expect(await db().pageFile.count()).toBe(own + 1);
  await start(396);
  expect(await db().pageFile.count()).toBe(own);
});

it("a server that runs has no compiler in its memory", () => {
  const maps = `/proc/${server.pid}/maps`;
  if (!existsSync(maps)) return;
  expect(readFileSync(maps, "utf8")).not.toContain("next-swc");
});
