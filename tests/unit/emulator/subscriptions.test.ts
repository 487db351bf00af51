import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { loadGraphDescription } from "@/tests/emulator/graph/openapi";
import type { Account } from "@/tests/emulator/state";
import {
  allNotified,
  graphAs,
  IMMUTABLE,
  inDays,
  newAccount,
  type Stage,
  startStage,
  startWebhook,
  teamsEvent,
} from "@/tests/unit/emulator/support";

type Webhook = Awaited<ReturnType<typeof startWebhook>>;
let stage: Stage;
let account: Account;
let graph: Awaited<ReturnType<typeof graphAs>>;
let app: Webhook;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.emulator.close());
beforeEach(async () => {
  app = await startWebhook();
  account = await newAccount(stage);
  graph = await graphAs(stage, account);
});
afterEach(() => app.close());

const wanted = (changes: Record<string, unknown> = {}) => ({
  changeType: "created,updated,deleted",
  resource: "me/events",
  notificationUrl: app.url,
  lifecycleNotificationUrl: app.lifecycleUrl,
  expirationDateTime: inDays(6),
  clientState: "a-secret",
  ...changes,
});
const subscribe = (changes: Record<string, unknown> = {}, headers = {}) =>
  graph("POST", "/subscriptions", wanted(changes), headers);
const kinds = () => app.notifications().map((one: { changeType: string }) => one.changeType);

describe("subscribing", () => {
  test("subscribing asks both addresses for a handshake first, with a token that must come back decoded", async () => {
    const { status, body } = await subscribe();
    expect([status, body.clientState]).toEqual([201, "a-secret"]);
    expect(app.received).toHaveLength(2);
    expect(app.received[0]?.contentType).toContain("text/plain");
    expect(app.received[0]?.query.get("validationToken")).toMatch(/^Validation: .+ /);
    expect((await graph("GET", `/subscriptions/${body.id}`)).body.clientState).toBeNull();
  });

  test.each([
    ["answers 202", () => ({ status: 202, type: "text/plain", body: "" })],
    ["answers another text", () => ({ status: 200, type: "text/plain", body: "hello" })],
    [
      "answers HTML",
      ({ query }: { query: URLSearchParams }) => ({
        status: 200,
        type: "text/html",
        body: query.get("validationToken") ?? "",
      }),
    ],
  ])("subscribing fails when the app %s", async (_name, answer) => {
    const bad = await startWebhook(answer);
    const { status, body } = await subscribe({ notificationUrl: bad.url });
    expect([status, body.error.code]).toEqual([400, "ValidationError"]);
    await bad.close();
  });

  test("subscribing fails when only the lifecycle address is deaf", async () => {
    expect((await subscribe({ lifecycleNotificationUrl: "http://127.0.0.1:9/deaf" })).body.error.code).toBe(
      "ValidationError",
    );
    expect(await stage.control.subscriptions(account.email)).toEqual([]);
  });

  test.each([
    ["plain http to another machine", { notificationUrl: "http://app.example/x" }, "InvalidRequest"],
    ["more than 10,070 minutes", { expirationDateTime: inDays(7) }, "ExtensionError"],
    ["a time in the past", { expirationDateTime: inDays(-1) }, "InvalidRequest"],
    ["a long clientState", { clientState: "x".repeat(129) }, "InvalidRequest"],
    ["an unknown change type", { changeType: "created,moved" }, "InvalidRequest"],
    ["another resource", { resource: "me/messages" }, "ExtensionError"],
    ["an unknown property", { colour: "red" }, "RequestBodyRead"],
  ])("subscribing refuses %s", async (_name, changes, code) => {
    const { status, body } = await subscribe(changes);
    expect([status, body.error.code]).toEqual([400, code]);
  });

  test("subscribing twice for the same is a conflict", async () => {
    const { body } = await subscribe();
    const second = await subscribe({ changeType: "deleted,created,updated" });
    expect(second.status).toBe(409);
    expect(second.body.error.message).toContain(body.id);
    expect((await subscribe({ changeType: "created" })).status).toBe(201);
  });

  test("subscribing for a short time is lengthened to 45 minutes", async () => {
    const { body } = await subscribe({ expirationDateTime: inDays(0.001) });
    expect(Date.parse(body.expirationDateTime)).toBeGreaterThan(Date.now() + 44 * 60_000);
  });
});

describe("keeping", () => {
  test("a subscription can be renewed, reauthorized, listed, and ended", async () => {
    const { body } = await subscribe({ expirationDateTime: inDays(1) });
    const path = `/subscriptions/${body.id}`;
    const renewed = await graph("PATCH", path, { expirationDateTime: inDays(6) });
    expect(Date.parse(renewed.body.expirationDateTime)).toBeGreaterThan(Date.now() + 5 * 86_400_000);
    expect((await graph("PATCH", path, { lifecycleNotificationUrl: app.url })).status).toBe(400);
    expect((await graph("POST", `${path}/reauthorize`)).status).toBe(204);
    expect((await graph("GET", "/subscriptions")).body.value).toHaveLength(1);
    const other = await graphAs(stage, await newAccount(stage));
    expect((await other("GET", "/subscriptions")).body.value).toEqual([]);
    expect((await other("DELETE", path)).status).toBe(404);
    expect((await graph("DELETE", path)).status).toBe(204);
    expect((await graph("PATCH", path, { expirationDateTime: inDays(6) })).body.error.code).toBe(
      "ResourceNotFound",
    );
  });

  test("an expired one is gone", async () => {
    const { body } = await subscribe();
    await stage.control.expireSubscription(body.id);
    expect(
      (await graph("PATCH", `/subscriptions/${body.id}`, { expirationDateTime: inDays(6) })).status,
    ).toBe(404);
  });
});

describe("notifications", () => {
  test("notifications come for every change, one's own writes too, with clientState and the kind of id the subscription asked for", async () => {
    await subscribe({}, IMMUTABLE);
    const { body } = await graph("POST", "/me/events", teamsEvent(), IMMUTABLE);
    await graph("PATCH", `/me/events/${body.id}`, { subject: "x" }, IMMUTABLE);
    await stage.control.deleteEvent(account.email, body.id);
    await allNotified(stage);
    expect(kinds()).toEqual(["created", "updated", "updated", "deleted"]);
    const [first] = app.notifications();
    expect(first).toMatchObject({
      clientState: "a-secret",
      tenantId: account.tenantId,
      resource: `Users/${account.id}/Events/${body.id}`,
      resourceData: { "@odata.type": "#Microsoft.Graph.Event", id: body.id },
    });
  });

  test("notifications fit Microsoft's description", async ({ skip }) => {
    const description = loadGraphDescription();
    if (!description) return skip();
    await subscribe();
    await graph("POST", "/me/events", teamsEvent({ isOnlineMeeting: false }));
    await allNotified(stage);
    expect(
      description.typeProblem("changeNotificationCollection", { value: app.notifications() }),
    ).toBeNull();
  });

  test("notifications come only for the kinds asked for", async () => {
    await subscribe({ changeType: "deleted" });
    const { body } = await graph("POST", "/me/events", teamsEvent());
    await graph("DELETE", `/me/events/${body.id}`);
    await allNotified(stage);
    expect(kinds()).toEqual(["deleted"]);
    expect(app.notifications()[0].resourceData.id).toBe(body.id);
  });

  test("notifications can be lost, doubled, reordered", async () => {
    await subscribe();
    const put = (hour: number) =>
      stage.control.createEvent(account.email, {
        start: { dateTime: `2031-03-03T0${hour}:00:00`, timeZone: "UTC" },
        end: { dateTime: `2031-03-03T0${hour}:30:00`, timeZone: "UTC" },
      });
    await stage.control.changeDelivery(account.email, { drop: 1 });
    await put(1);
    await allNotified(stage);
    expect(kinds()).toEqual([]);
    await stage.control.changeDelivery(account.email, { repeat: 2 });
    await put(2);
    await allNotified(stage);
    expect(kinds()).toEqual(["created", "created"]);
    await stage.control.changeDelivery(account.email, { repeat: 1, reorder: true, delayMs: 150 });
    const third = await put(3);
    await stage.control.deleteEvent(account.email, third.id);
    await allNotified(stage);
    expect(kinds().slice(2)).toEqual(["deleted", "created"]);
  });

  test("notifications are repeated with growing pauses until the app accepts them", async () => {
    let failures = 2;
    const shaky = await startWebhook(({ query }) => {
      if (query.has("validationToken"))
        return { status: 200, type: "text/plain", body: query.get("validationToken") ?? "" };
      failures -= 1;
      return { status: failures >= 0 ? 503 : 202 };
    });
    await subscribe({ notificationUrl: shaky.url });
    await graph("POST", "/me/events", teamsEvent({ isOnlineMeeting: false }));
    await allNotified(stage);
    const { deliveries } = await stage.control.deliveries();
    const own = deliveries.filter((one) => one.url === shaky.url);
    expect(own.map((one) => [one.attempt, one.status])).toEqual([
      [1, 503],
      [2, 503],
      [3, 202],
    ]);
    await shaky.close();
  });

  test("notifications can be forged by a stranger", async () => {
    const { body } = await subscribe();
    await stage.control.forgeNotification(body.id, { clientState: "guess" });
    expect(app.notifications()[0]).toMatchObject({ subscriptionId: body.id, clientState: "guess" });
  });
});

describe("lifecycle", () => {
  const put = () => graph("POST", "/me/events", teamsEvent({ isOnlineMeeting: false }));

  test("reauthorizationRequired holds notifications back until the app reauthorizes", async () => {
    const { body } = await subscribe();
    await stage.control.lifecycle(body.id, "reauthorizationRequired");
    await put();
    await allNotified(stage);
    expect(app.notifications().map((one: { lifecycleEvent?: string }) => one.lifecycleEvent)).toEqual([
      "reauthorizationRequired",
    ]);
    await graph("POST", `/subscriptions/${body.id}/reauthorize`);
    await allNotified(stage);
    expect(kinds().slice(1)).toEqual(["created"]);
  });

  test("subscriptionRemoved ends the subscription, missed does not", async () => {
    const { body } = await subscribe();
    await stage.control.lifecycle(body.id, "missed");
    expect(await stage.control.subscriptions(account.email)).toHaveLength(1);
    await stage.control.lifecycle(body.id, "subscriptionRemoved");
    await allNotified(stage);
    expect(await stage.control.subscriptions(account.email)).toHaveLength(0);
    const [missed] = app.notifications();
    expect(missed).toMatchObject({ lifecycleEvent: "missed", clientState: "a-secret" });
    expect(missed).not.toHaveProperty("resourceData");
  });
});
