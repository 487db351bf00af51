import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import * as lifecycle from "@/app/api/graph/lifecycle/route";
import * as notifications from "@/app/api/graph/notifications/route";
import { readReach, tryAddresses } from "@/lib/calendars/address-test";
import { notificationAddresses } from "@/lib/calendars/notification-address";
import { db } from "@/lib/database/client";
import { openSyncStage, type SyncStage } from "@/tests/integration/calendar-sync/sync-stage";

let stage: SyncStage;
let server: Server;
let base: string;
/** What stands in front of our routes. */
let front: ((response: ServerResponse) => void) | null = null;

beforeAll(async () => {
  stage = await openSyncStage();
  server = createServer(async (request, response) => {
    if (front) return front(response);
    const route = request.url?.startsWith("/api/graph/lifecycle") ? lifecycle : notifications;
    const answer = await route.POST(new Request(`${base}${request.url}`, { method: "POST" }));
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await stage.close();
});

const outcomes = async () => (await tryAddresses(notificationAddresses(base))).map(({ outcome }) => outcome);

it("the addresses that Microsoft calls answer its handshake", async () => {
  front = null;
  expect(await outcomes()).toEqual(["answered", "answered"]);
});

it.each([
  ["a sign-in page", (response: ServerResponse) => response.writeHead(302, { Location: "/sign-in" }).end()],
  [
    "a page of words",
    (response: ServerResponse) => response.writeHead(200, { "Content-Type": "text/html" }).end("Hello"),
  ],
  [
    "an empty answer",
    (response: ServerResponse) => response.writeHead(200, { "Content-Type": "text/plain" }).end(),
  ],
  ["a refusal", (response: ServerResponse) => response.writeHead(403).end()],
])("%s in front of the addresses that Microsoft calls is noticed", async (_what, answer) => {
  front = answer;
  expect(await outcomes()).toEqual(["unexpected", "unexpected"]);
});

it("the addresses that Microsoft calls are said to be out of reach where no one listens", async () => {
  const nowhere = await tryAddresses(notificationAddresses("http://127.0.0.1:1"));
  expect(nowhere.map(({ outcome }) => outcome)).toEqual(["unreachable", "unreachable"]);
});

it("only a subscription of Microsoft's at today's address proves that it gets through", async () => {
  expect(await readReach()).toMatchObject({ subscribed: 0, refused: 0 });
  const { id } = await stage.connected();
  const { id: connectionId } = await db().meetingProviderConnection.findFirstOrThrow({
    where: { userId: id },
  });
  const { notificationUrl } = notificationAddresses();
  const live = {
    subscriptionId: "one",
    secretHash: new Uint8Array([1]),
    mailbox: "a/b",
    expiresAt: new Date(Date.now() + 60_000),
    notificationUrl,
    problem: null,
  };
  const set = (data: object) =>
    db().calendarSubscription.upsert({
      where: { connectionId },
      create: { connectionId, ...live, ...data },
      update: { ...live, ...data },
    });
  await set({});
  expect(await readReach()).toMatchObject({ subscribed: 1, refused: 0 });
  await set({ notificationUrl: "https://elsewhere.example/api/graph/notifications" });
  expect(await readReach()).toMatchObject({ subscribed: 0 });
  await set({ expiresAt: new Date(0) });
  expect(await readReach()).toMatchObject({ subscribed: 0 });
  await set({
    subscriptionId: null,
    secretHash: null,
    mailbox: null,
    expiresAt: null,
    problem: "unreachable",
  });
  expect(await readReach()).toMatchObject({ subscribed: 0, refused: 1 });
});
