import { afterAll, beforeAll, expect, it } from "vitest";
import { book } from "@/lib/booking/book";
import { db } from "@/lib/database/client";
import { prepareJobs } from "@/lib/worker";
import { organizerWithKey } from "@/tests/integration/api/call";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { eventually } from "@/tests/support/eventually";
import { hourAhead, makeOrganizer, requestFor, type TestOrganizer } from "@/tests/support/organizer";
import { startServer, type TestServer } from "@/tests/support/server";

/* A fault of ours is found in the log by what its page or answer says, and the log tells nothing that opens a booking. */

let database: TestDatabase;
let server: TestServer;
let bookingId: string;
let token: string;
let key: string;
let broken: TestOrganizer;

beforeAll(async () => {
  database = await createTestDatabase({ LOG_LEVEL: "error", WORKER: "off" });
  await prepareJobs();
  const organizer = await organizerWithKey();
  key = organizer.key;
  const booked = await book(requestFor(organizer, hourAhead(2)));
  if (!booked.ok) throw new Error(booked.error.code);
  ({ id: bookingId, token } = booked.value);
  broken = await makeOrganizer({ questions: [{ id: "topic", label: "ada@example.test", kind: "essay" }] });
  server = await startServer();
  await db().$executeRaw`ALTER TABLE "Booking" RENAME COLUMN "visitorName" TO "visitorNameAway"`;
}, 120_000);
afterAll(async () => {
  await server?.kill();
  await database.cleanup();
});

const lineOf = (requestId: string | null) =>
  eventually(
    async () => server.log().find((line) => line.requestId === requestId),
    (line) => line !== undefined,
  );

it("a page that fails is logged under the id in its answer, by its route and without its token", async () => {
  const mine = "11111111-1111-4111-8111-111111111111";
  const answer = await fetch(`${server.url}/booking/${token}`, { headers: { "X-Request-Id": mine } });
  const requestId = answer.headers.get("x-request-id");
  expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(requestId).not.toBe(mine);
  const line = await lineOf(requestId);
  expect(line).toMatchObject({
    level: "error",
    msg: "A request failed",
    route: expect.stringMatching(/^GET .*\/booking\/\[token\]/),
    routeType: "render",
    error: { stack: expect.any(String) },
  });
  expect(await answer.text()).toContain(String(line?.digest));
  expect(JSON.stringify(server.log())).not.toContain(token);
});

it("an API request that fails is logged under the id in its answer, with the booking it is about", async () => {
  const answer = await fetch(`${server.url}/api/v1/me/bookings/${bookingId}/running-late`, {
    method: "POST",
    headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
    body: JSON.stringify({ minutes: 10 }),
  });
  expect(answer.status).toBe(500);
  expect(await lineOf(answer.headers.get("x-request-id"))).toMatchObject({
    level: "error",
    msg: "An API request failed",
    route: "POST /api/v1/me/bookings/{id}/running-late",
    bookingId,
  });
  expect(JSON.stringify(server.log())).not.toContain(key);
});

it("a page whose row can't be read fails, and the log names column and row but nothing that is stored", async () => {
  const answer = await fetch(`${server.url}/${broken.handle}/${broken.slug}`);
  const line = await lineOf(answer.headers.get("x-request-id"));
  expect(line).toMatchObject({
    level: "error",
    msg: "A request failed",
    error: { stack: expect.stringContaining(`EventType.questions of ${broken.eventTypeId} can't be read`) },
  });
  expect(await answer.text()).toContain(String(line?.digest));
  expect(JSON.stringify(line)).not.toContain("ada@example.test");
});
