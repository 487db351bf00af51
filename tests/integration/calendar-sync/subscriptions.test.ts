import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { calendarSync } from "@/lib/calendars/jobs";
import { listReceived } from "@/lib/calendars/received";
import { addSharedCalendar } from "@/lib/calendars/shared";
import { keepDueSubscriptions, keepSubscription, syncModeOf } from "@/lib/calendars/subscriptions";
import { syncCalendar } from "@/lib/calendars/sync-calendar";
import { disconnect } from "@/lib/connections/disconnect";
import { lookAfterManaged, tryManaged } from "@/lib/connections/managed";
import { db } from "@/lib/database/client";
import { closeCallSlots } from "@/lib/grants/call-slots";
import { issuerOf } from "@/lib/identities/microsoft";
import { prepareJobs } from "@/lib/worker";
import { CONTOSO_TENANT_ID, SEEDED_APP } from "@/tests/emulator/seed";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { eventually } from "@/tests/support/eventually";
import { type GraphFront, openGraphFront } from "@/tests/support/graph-front";
import {
  addMicrosoftAccount,
  connectMicrosoft,
  startMicrosoft,
  type TestMicrosoft,
} from "@/tests/support/microsoft";
import { makeOrganizer } from "@/tests/support/organizer";

let database: TestDatabase;
let microsoft: TestMicrosoft;
let front: GraphFront;
let userId: string;
let email: string;
let connectionId: string;

beforeAll(async () => {
  front = await openGraphFront();
  microsoft = await startMicrosoft();
  database = await createTestDatabase({
    ...microsoft.variables,
    APP_URL: front.url,
    TEAMS_MANAGED_TENANTS: CONTOSO_TENANT_ID,
  });
  await prepareJobs();
});
afterAll(async () => {
  await closeCallSlots();
  await database.cleanup();
  await microsoft.emulator.close();
  await front.close();
});

beforeEach(async () => {
  front.isOpen = true;
  await microsoft.control.clearFaults();
  ({ id: userId } = await makeOrganizer());
  email = await addMicrosoftAccount(microsoft.control);
  await connectMicrosoft(userId, email);
  connectionId = (await db().meetingProviderConnection.findFirstOrThrow({ where: { userId } })).id;
});

const keep = (renew = false) => keepSubscription({ connectionId, renew });
const row = () => db().calendarSubscription.findUniqueOrThrow({ where: { connectionId } });
const atMicrosoft = () => microsoft.control.subscriptions(email);
const syncJobs = () => db().$queryRaw<object[]>`
  SELECT 1 FROM jobs.job WHERE name = ${calendarSync.name} AND data->>'connectionId' = ${connectionId}`;
const forgetSyncJobs = async () => {
  await db().$executeRaw`DELETE FROM jobs.job WHERE name = ${calendarSync.name}`;
  await db().$executeRaw`UPDATE "CalendarSync" SET "wantedAt" = NULL`;
};
const received = (outcome: string) => listReceived().find((one) => one.outcome === outcome)?.count ?? 0;

describe("the subscription of a connected mailbox", () => {
  it("the subscription of a connected mailbox is made once, with immutable ids and both addresses, and the calendar is read after it", async () => {
    await Promise.all([keep(), keep()]);
    const [made, ...others] = await atMicrosoft();
    expect(others).toEqual([]);
    expect(made).toMatchObject({
      resource: "me/events",
      usesImmutableIds: true,
      notificationUrl: `${front.url}/api/graph/notifications`,
      lifecycleNotificationUrl: `${front.url}/api/graph/lifecycle`,
    });
    expect(await syncModeOf({ id: connectionId })).toMatchObject({ mode: "push" });
    expect(await syncJobs()).toHaveLength(1);
  });

  it("the subscription of a connected mailbox says nothing of the calendars of others, which are read in turns all the same", async () => {
    await connectMicrosoft(userId, email, undefined, "shared");
    const owner = await addMicrosoftAccount(microsoft.control, { sharedWith: [{ with: email }] });
    const added = await addSharedCalendar(scopeWithoutRequest(userId), { address: owner });
    await keep();
    const pauseOf = async (id: string) => {
      // Something has just changed, so that it is read as often as ever.
      await db().syncedCalendar.update({ where: { id }, data: { changedAt: new Date() } });
      await syncCalendar(id);
      const { nextPollAt } = await db().syncedCalendar.findUniqueOrThrow({ where: { id } });
      return Number(nextPollAt) - Date.now();
    };
    const own = await db().syncedCalendar.findFirstOrThrow({ where: { connectionId, isDefault: true } });
    expect(await pauseOf(own.id)).toBeGreaterThan(150_000);
    expect(await pauseOf(added.ok ? added.value.id : "")).toBeLessThanOrEqual(120_000);
    expect(await microsoft.control.subscriptions(owner)).toEqual([]);
  });

  it("the subscription of a connected mailbox never shows its secret in the database", async () => {
    await keep();
    const secret = (await atMicrosoft())[0]?.clientState ?? "";
    expect(secret.length).toBeGreaterThan(40);
    expect(JSON.stringify(await row())).not.toContain(secret);
  });

  it("the subscription of a connected mailbox is renewed after half its life, and left alone before", async () => {
    await keep();
    const patches = async () => microsoft.control.requests({ account: email, method: "PATCH" });
    await keep();
    expect(await patches()).toHaveLength(0);
    const soon = new Date(Date.now() + 4_000 * 60_000);
    await db().calendarSubscription.update({
      where: { connectionId },
      data: { expiresAt: soon, dueAt: new Date() },
    });
    await keepDueSubscriptions();
    expect(await patches()).toHaveLength(1);
    expect((await row()).expiresAt?.getTime()).toBeGreaterThan(soon.getTime());
    expect((await row()).dueAt.getTime()).toBeGreaterThan(Date.now() + 4_000 * 60_000);
  });

  it("the subscription of a connected mailbox is this server's own while it is managed, beside those of others, and then the organizer's again", async () => {
    const other = { id: (await makeOrganizer()).id, email: await addMicrosoftAccount(microsoft.control) };
    await microsoft.control.changeApp(SEEDED_APP.clientId, {
      application: { permissions: [], mailboxes: [email, other.email], teamsPolicy: [] },
    });
    await keep();
    for (const person of [{ id: userId, email }, other]) {
      const { id: subject } = await microsoft.control.getAccount(person.email);
      const issuer = issuerOf(CONTOSO_TENANT_ID);
      await db().identity.create({ data: { userId: person.id, provider: "microsoft", issuer, subject } });
    }
    await lookAfterManaged();
    await tryManaged(userId, { takesOver: true });
    await keep(true);
    await keepDueSubscriptions();
    expect(await atMicrosoft()).toMatchObject([{ isApplication: true }]);
    // We lose sight of it, and Microsoft allows no second one.
    const lost = { subscriptionId: null, secretHash: null, mailbox: null, expiresAt: null };
    await db().calendarSubscription.update({ where: { connectionId }, data: lost });
    const ofOther = await microsoft.control.subscriptions(other.email);
    expect(ofOther).toHaveLength(1);
    await microsoft.control.resetCounters();
    await keep();
    const lists = await microsoft.control.requests({ path: "/subscriptions", method: "GET" });
    // Both are read, each on a page of its own.
    expect(lists).toHaveLength(2);
    expect(await atMicrosoft()).toMatchObject([{ id: (await row()).subscriptionId, isApplication: true }]);
    expect(await microsoft.control.subscriptions(other.email)).toEqual(ofOther);
    await connectMicrosoft(userId, email);
    await keep(true);
    expect(await atMicrosoft()).toMatchObject([{ isApplication: false }]);
  });

  it("the subscription of a connected mailbox is made again, and the calendar read, when Microsoft has lost it", async () => {
    await keep();
    const [first] = await atMicrosoft();
    await microsoft.control.removeSubscription(first?.id ?? "");
    await forgetSyncJobs();
    await keep(true);
    const [second] = await atMicrosoft();
    expect(second?.id).not.toBe(first?.id);
    expect((await row()).subscriptionId).toBe(second?.id);
    expect(await syncJobs()).toHaveLength(1);
  });

  it("the subscription of a connected mailbox takes the place of one of ours that we have lost sight of", async () => {
    await keep();
    const [lost] = await atMicrosoft();
    await db().calendarSubscription.delete({ where: { connectionId } });
    await keep();
    const [now, ...others] = await atMicrosoft();
    expect(others).toEqual([]);
    expect(now?.id).not.toBe(lost?.id);
    expect((await row()).subscriptionId).toBe(now?.id);
  });

  it("the subscription of a connected mailbox gives way to polling, with Microsoft's reason, when our address can't be reached, and is asked for again a day later", async () => {
    front.isOpen = false;
    await keep();
    const mode = await syncModeOf({ id: connectionId });
    expect(mode).toMatchObject({ mode: "polling", reason: "unreachable" });
    expect(mode.mode === "polling" && mode.detail).toContain("must respond with 200 OK");
    const { dueAt } = await row();
    expect(dueAt.getTime()).toBeGreaterThan(Date.now() + 23 * 3600_000);
    front.isOpen = true;
    await db().calendarSubscription.update({ where: { connectionId }, data: { dueAt: new Date() } });
    await keepDueSubscriptions();
    expect(await syncModeOf({ id: connectionId })).toMatchObject({ mode: "push" });
  });

  it.each([429, 503])(
    "the subscription of a connected mailbox is tried again soon when Microsoft answers %i",
    async (status) => {
      await microsoft.control.graphFault({
        account: email,
        path: "/subscriptions",
        status,
        retryAfter: "7.5",
      });
      await keep();
      expect(await syncModeOf({ id: connectionId })).toMatchObject({
        mode: "polling",
        reason: "unavailable",
      });
      const waits = (await row()).dueAt.getTime() - Date.now();
      expect(waits).toBeGreaterThan(7_000);
      await keep();
      expect(await syncModeOf({ id: connectionId })).toMatchObject({ mode: "push" });
    },
  );

  it("the subscription of a connected mailbox waits for the organizer when their sign-in has ended", async () => {
    await microsoft.control.revokeSessions(email);
    await microsoft.control.expireAccessTokens(email);
    await keep();
    expect(await atMicrosoft()).toEqual([]);
    await connectMicrosoft(userId, email);
    await keep();
    expect(await atMicrosoft()).toHaveLength(1);
  });

  it("the subscription of a connected mailbox ends with the connection, without keeping the organizer waiting for Microsoft", async () => {
    await keep();
    await disconnect(scopeWithoutRequest(userId));
    expect(await atMicrosoft()).toEqual([]);
    await connectMicrosoft(userId, email);
    connectionId = (await db().meetingProviderConnection.findFirstOrThrow({ where: { userId } })).id;
    await keep();
    await microsoft.control.graphFault({ account: email, path: "/subscriptions", times: null, status: 503 });
    expect(await disconnect(scopeWithoutRequest(userId))).toBe(true);
  });

  it("the subscription of a connected mailbox ends when another account takes its place", async () => {
    await keep();
    const other = await addMicrosoftAccount(microsoft.control);
    await connectMicrosoft(userId, other);
    expect(await atMicrosoft()).toEqual([]);
    await keep();
    expect(await microsoft.control.subscriptions(other)).toHaveLength(1);
  });
});

describe("what Microsoft posts", () => {
  const notices = () => db().calendarNotice.findMany({ where: { connectionId } });
  const post = (body: unknown, path = "notifications") =>
    fetch(`${front.url}/api/graph/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
  const genuine = async (more: object = {}) => {
    const [subscription] = await atMicrosoft();
    const account = await microsoft.control.getAccount(email);
    return {
      subscriptionId: subscription?.id,
      clientState: subscription?.clientState,
      tenantId: account.tenantId,
      changeType: "updated",
      resourceData: { id: "AAMkAGevent" },
      ...more,
    };
  };

  beforeEach(async () => {
    await keep();
    await forgetSyncJobs();
  });

  it("what Microsoft posts is handed back word for word in a handshake, as text that no browser runs", async () => {
    const token = 'Validation: <script>alert("1")</script> é+ %20';
    const answer = await fetch(
      `${front.url}/api/graph/lifecycle?validationToken=${encodeURIComponent(token)}`,
      { method: "POST" },
    );
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe(token);
    expect(answer.headers.get("content-type")).toMatch(/^text\/plain/);
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    const long = await fetch(`${front.url}/api/graph/notifications?validationToken=${"a".repeat(3000)}`, {
      method: "POST",
    });
    expect(long.status).toBe(400);
  });

  it("what Microsoft posts is stored and answered 202", async () => {
    const before = received("accepted");
    expect((await post({ value: [await genuine()] })).status).toBe(202);
    expect(await notices()).toMatchObject([{ kind: "changed", eventId: "AAMkAGevent" }]);
    expect(received("accepted")).toBe(before + 1);
  });

  it("what Microsoft posts is 202 for a burst of 500, which come to one look at the calendar", async () => {
    const one = await genuine();
    const bodies = Array.from({ length: 500 }, (_, index) => ({
      value: [{ ...one, resourceData: { id: `event-${index % 50}` } }],
    }));
    const statuses = await Promise.all(bodies.map(async (body) => (await post(body)).status));
    expect(new Set(statuses)).toEqual(new Set([202]));
    expect(await notices()).toHaveLength(50);
    const { followNotices } = await import("@/lib/calendars/follow-notices");
    await Promise.all([followNotices({ connectionId }), followNotices({ connectionId })]);
    expect(await notices()).toEqual([]);
    expect(await syncJobs()).toHaveLength(1);
  });

  it.each([
    ["a wrong secret", { clientState: "forged" }, "wrong_secret"],
    ["no secret", { clientState: null }, "wrong_secret"],
    [
      "an unknown subscription",
      { subscriptionId: "00000000-0000-4000-8000-000000000000" },
      "unknown_subscription",
    ],
    ["another tenant", { tenantId: "22222222-2222-4222-8222-222222222222" }, "wrong_tenant"],
  ])(
    "what Microsoft posts is dropped with %s, and looks the same from outside",
    async (_, change, outcome) => {
      const before = received(outcome);
      const answer = await post({ value: [await genuine(change)] });
      expect(answer.status).toBe(202);
      expect(await answer.text()).toBe("");
      expect(await notices()).toEqual([]);
      expect(received(outcome)).toBe(before + 1);
    },
  );

  it.each([
    ["not JSON", "{"],
    ["another form", { hello: 1 }],
    ["nothing", ""],
    ["null", "null"],
  ])("what Microsoft posts is dropped when it is %s", async (_, body) => {
    expect((await post(body)).status).toBe(202);
    expect(await notices()).toEqual([]);
  });

  it("what Microsoft posts is dropped when it is of a subscription that was replaced", async () => {
    const old = await genuine();
    await microsoft.control.removeSubscription(String(old.subscriptionId));
    await keep(true);
    await post({ value: [old] });
    expect(await notices()).toEqual([]);
  });

  it("what Microsoft posts comes over the emulator's wire when someone works in Outlook", async () => {
    await microsoft.control.createEvent(email, {
      subject: "Dentist",
      start: { dateTime: "2027-03-01T09:00:00", timeZone: "UTC" },
      end: { dateTime: "2027-03-01T10:00:00", timeZone: "UTC" },
    });
    await eventually(notices, (list) => list.length === 1);
  });
});

describe("word of the subscription itself", () => {
  const tell = async (kind: "reauthorizationRequired" | "subscriptionRemoved" | "missed") => {
    const [subscription] = await atMicrosoft();
    await microsoft.control.lifecycle(subscription?.id ?? "", kind);
    await eventually(
      () => db().calendarNotice.count({ where: { connectionId } }),
      (count) => count === 1,
    );
    const { followNotices } = await import("@/lib/calendars/follow-notices");
    await followNotices({ connectionId });
  };
  const keepJobs = () => db().$queryRaw<{ data: object }[]>`
    SELECT data FROM jobs.job WHERE name = 'calendar.subscription' AND data->>'connectionId' = ${connectionId}`;

  beforeEach(async () => {
    await keep();
    await forgetSyncJobs();
    await db().$executeRaw`DELETE FROM jobs.job WHERE name = 'calendar.subscription'`;
  });

  it("word of the subscription itself has it renewed when Microsoft wants it reauthorized, and not reauthorized besides", async () => {
    await tell("reauthorizationRequired");
    expect(await keepJobs()).toEqual([{ data: { connectionId, renew: true } }]);
    await keep(true);
    const calls = await microsoft.control.requests({ account: email });
    expect(calls.filter(({ path }) => path.includes("reauthorize"))).toEqual([]);
    expect((await atMicrosoft())[0]?.isPaused).toBe(false);
  });

  it("word of the subscription itself has it made again and the calendar read when Microsoft removed it", async () => {
    await tell("subscriptionRemoved");
    expect(await keepJobs()).toHaveLength(1);
    expect(await syncJobs()).toHaveLength(1);
    await keep();
    expect(await atMicrosoft()).toHaveLength(1);
  });

  it("word of the subscription itself has the calendar read when notifications were missed", async () => {
    await tell("missed");
    expect(await keepJobs()).toEqual([]);
    expect(await syncJobs()).toHaveLength(1);
  });
});
