import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { db } from "@/lib/database/client";
import { runLanes } from "@/lib/webhooks/lanes";
import { createWebhook, testWebhook } from "@/lib/webhooks/webhooks";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { eventually } from "@/tests/support/eventually";
import { makeOrganizer } from "@/tests/support/organizer";

/* Receivers that never answer cost their own organizers, and no one else. */

let database: TestDatabase;
let receiver: Server;
let address: string;
let stop: AbortController;
let running: Promise<void>;

/** Requests that wait for an answer for ever, and those that were answered, by path. */
const held = new Map<ServerResponse, string>();
const answered: string[] = [];
let maxHeld = new Map<string, number>();

beforeAll(async () => {
  database = await createTestDatabase();
  receiver = createServer((request, response) => {
    const path = request.url ?? "";
    request.resume();
    if (!path.startsWith("/silent")) {
      answered.push(path);
      response.end();
      return;
    }
    held.set(response, path);
    response.once("close", () => held.delete(response));
    const count = heldBy(path);
    maxHeld.set(path, Math.max(maxHeld.get(path) ?? 0, count));
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
});
afterAll(async () => {
  receiver.close();
  await database.cleanup();
});

beforeEach(() => {
  answered.length = 0;
  maxHeld = new Map();
  stop = new AbortController();
  running = runLanes(stop.signal);
});
afterEach(async () => {
  stop.abort();
  hangUp();
  const hanging = setInterval(hangUp, 50);
  await running;
  clearInterval(hanging);
  await db().webhook.deleteMany();
});

const heldBy = (path: string) => [...held.values()].filter((one) => one === path).length;

function hangUp(): void {
  for (const response of held.keys()) response.destroy();
}

/** A webhook of an organizer to a path, with this many events on their way. */
async function given(userId: string, path: string, events: number): Promise<string> {
  const made = await createWebhook(scopeWithoutRequest(userId), {
    url: `${address}${path}`,
    events: ["booking.confirmed"],
  });
  if (!made.ok) throw new Error(made.error.code);
  for (let count = 0; count < events; count += 1)
    await testWebhook(scopeWithoutRequest(userId), made.value.id);
  return made.value.id;
}

it("a receiver that never answers gets one event at a time, and delays no one else's", async () => {
  const bad = await makeOrganizer();
  const good = await makeOrganizer();
  await given(bad.id, "/silent", 12);
  await eventually(
    async () => held.size,
    (size) => size > 0,
  );
  await given(good.id, "/good", 6);
  await eventually(
    async () => answered.length,
    (count) => count === 6,
    8,
  );
  expect(maxHeld.get("/silent")).toBe(1);
});

it("one organizer with twenty such receivers holds three lanes, not all", async () => {
  const bad = await makeOrganizer();
  for (let index = 0; index < 20; index += 1) await given(bad.id, `/silent/${index}`, 1);
  await eventually(
    async () => held.size,
    (size) => size === 3,
  );
  await new Promise((resolve) => setTimeout(resolve, 2500));
  expect(held.size).toBe(3);
});

it("more failing receivers than there are lanes don't keep one that works waiting", async () => {
  for (let index = 0; index < 58; index += 1) {
    const { id } = await makeOrganizer();
    for (let nth = 0; nth < 3; nth += 1) await given(id, `/silent/${index}/${nth}`, 1);
  }
  // Those under way are let go, so that all wait together.
  stop.abort();
  const hanging = setInterval(hangUp, 50);
  await running;
  clearInterval(hanging);
  await db().webhookDelivery.updateMany({
    data: { nextAttemptAt: new Date(Date.now() - 60_000), leaseUntil: null },
  });
  await db().webhook.updateMany({ data: { isTroubled: true, leaseUntil: null } });
  stop = new AbortController();
  running = runLanes(stop.signal);
  const good = await makeOrganizer();
  await given(good.id, "/good", 3);
  await eventually(
    async () => answered.length,
    (count) => count === 3,
    8,
  );
}, 120_000);

it("a receiver that failed is sent to in the lanes of its like, and comes back once it works", async () => {
  const { id: userId } = await makeOrganizer();
  const id = await given(userId, "/silent/for-now", 1);
  const isTroubled = async () => (await db().webhook.findUniqueOrThrow({ where: { id } })).isTroubled;
  await eventually(
    async () => held.size,
    (size) => size === 1,
  );
  hangUp();
  await eventually(isTroubled, (troubled) => troubled);
  await db().webhook.update({ where: { id }, data: { url: `${address}/good` } });
  await testWebhook(scopeWithoutRequest(userId), id);
  await eventually(isTroubled, (troubled) => !troubled, 8);
  expect(answered).toContain("/good");
});

it("a worker that died in the middle leaves its lane to others after half a minute", async () => {
  const { id: userId } = await makeOrganizer();
  const id = await given(userId, "/good", 0);
  await db().webhook.update({ where: { id }, data: { leaseUntil: new Date(Date.now() + 4_000) } });
  await testWebhook(scopeWithoutRequest(userId), id);
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  expect(answered).toEqual([]);
  await eventually(
    async () => answered.length,
    (count) => count === 1,
    10,
  );
});
