import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { disconnect } from "@/lib/connections/disconnect";
import { sendDueNudges } from "@/lib/connections/nudge";
import { getConnection } from "@/lib/connections/queries";
import { keepAlive, verifyConnection, verifyDueConnections } from "@/lib/connections/verify";
import { db } from "@/lib/database/client";
import { unseal } from "@/lib/encryption/cipher";
import { listStateChanges } from "@/lib/grants/health";
import { meetingsHeal } from "@/lib/meetings/jobs";
import { accessFor } from "@/lib/meetings/teams/access";
import { webhookBodyPurpose } from "@/lib/webhooks/announce";
import { webhookEvents } from "@/lib/webhooks/events";
import { createWebhook } from "@/lib/webhooks/webhooks";
import { addOrganizer, connectAs, openStage, type Stage } from "@/tests/integration/teams/stage";
import { readMailsTo } from "@/tests/support/mails";

let stage: Stage;
let userId: string;
let email: string;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());
beforeEach(async () => {
  await stage.control.clearFaults();
  await db().meetingProviderConnection.deleteMany();
  ({ userId, email } = await stage.addConnected());
  await stage.control.resetCounters();
});

const dayMs = 24 * 3600_000;
const row = () => db().meetingProviderConnection.findFirstOrThrow({ where: { userId } });
const change = (data: object) => db().meetingProviderConnection.updateMany({ where: { userId }, data });
const due = new Date(0);
const renewals = async () => (await stage.control.requests({ path: "/oauth2/v2.0/token" })).length;
const own = async () => (await db().user.findUniqueOrThrow({ where: { id: userId } })).email;

describe("keeping a connection alive", () => {
  it("keeping a connection alive has the first renewal due within a day of connecting", async () => {
    const { renewDueAt, verifyDueAt } = await row();
    expect(renewDueAt.getTime()).toBeLessThan(Date.now() + dayMs);
    expect(verifyDueAt.getTime()).toBeLessThan(Date.now() + 7 * dayMs);
  });

  it("keeping a connection alive renews a token that no one needed, counts it as no use, and is due again within a day", async () => {
    await change({ renewDueAt: due });
    await keepAlive();
    const after = await row();
    expect(after).toMatchObject({ tokenVersion: 2, state: "connected", lastUsedAt: null });
    expect(after.renewDueAt.getTime()).toBeGreaterThan(Date.now() + 17 * 3600_000);
    expect(after.renewDueAt.getTime()).toBeLessThan(Date.now() + dayMs);
  });

  it("keeping a connection alive asks the account's own organization, though people of all may sign in", async () => {
    await change({ renewDueAt: due });
    await keepAlive();
    const asked = await stage.control.requests({ path: "/oauth2/v2.0/token" });
    expect(asked.map(({ path }) => path)).toEqual([`/${(await row()).tenantId}/oauth2/v2.0/token`]);
  });

  it("keeping a connection alive leaves alone what is not due, and takes each turn once however many workers there are", async () => {
    await keepAlive();
    expect(await renewals()).toBe(0);
    await change({ renewDueAt: due });
    await Promise.all([keepAlive(), keepAlive(), keepAlive()]);
    expect(await renewals()).toBe(1);
  });

  it("keeping a connection alive notices a grant that was ended", async () => {
    await stage.control.revokeSessions(email);
    await change({ renewDueAt: due });
    await keepAlive();
    expect(await row()).toMatchObject({ state: "reconnect_needed", reason: "grant_ended" });
  });

  it("keeping a connection alive tries again in a quarter of an hour when Microsoft does not answer, and lets no one else wait", async () => {
    const other = await stage.addConnected();
    await db().meetingProviderConnection.updateMany({ data: { renewDueAt: due } });
    await stage.control.tokenFault({ account: email, outcome: "drop", times: null });
    await keepAlive();
    const failed = await row();
    expect(failed).toMatchObject({ tokenVersion: 1, state: "connected" });
    expect(failed.renewDueAt.getTime()).toBeLessThan(Date.now() + 16 * 60_000);
    const fine = await db().meetingProviderConnection.findFirst({ where: { userId: other.userId } });
    expect(fine?.tokenVersion).toBe(2);
  });
});

describe("the weekly check", () => {
  it("the weekly check comes back within the hour, and keeps what is known of Teams, while the mailbox is away", async () => {
    await change({ verifyDueAt: due });
    const code = "MailboxNotEnabledForRESTAPI";
    await stage.control.changeAccount(email, { movingAnswer: { status: 404, code } });
    await verifyDueConnections();
    const away = await row();
    expect(away).toMatchObject({ state: "limited", reason: "no_mailbox", teamsAvailable: true });
    expect(away.verifyDueAt.getTime()).toBeLessThan(Date.now() + 61 * 60_000);
    await stage.control.changeAccount(email, { movingAnswer: null });
    await verifyConnection(scopeWithoutRequest(userId));
    expect(await row()).toMatchObject({ state: "connected", reason: null, teamsAvailable: true });
  });

  it("the weekly check renews, looks at the calendar, writes no event, and notes when", async () => {
    await change({ verifyDueAt: due, lastVerifiedAt: due, lastUsedAt: null });
    await verifyDueConnections();
    const after = await row();
    expect(after).toMatchObject({
      state: "connected",
      teamsAvailable: true,
      tokenVersion: 2,
      lastUsedAt: null,
    });
    expect(after.lastVerifiedAt?.getTime()).toBeGreaterThan(Date.now() - 60_000);
    expect(after.verifyDueAt.getTime()).toBeGreaterThan(Date.now() + 6 * dayMs);
    expect((await stage.control.mailbox(email)).events).toEqual([]);
    expect(await listStateChanges(scopeWithoutRequest(userId), "teams")).toHaveLength(1);
  });

  it("the weekly check finds out that Teams was taken away, and that it came back", async () => {
    await stage.control.changeAccount(email, { hasTeams: false });
    await verifyConnection(scopeWithoutRequest(userId));
    expect(await row()).toMatchObject({ state: "limited", reason: "no_teams", teamsAvailable: false });
    await stage.control.changeAccount(email, { hasTeams: true });
    await verifyConnection(scopeWithoutRequest(userId));
    expect(await row()).toMatchObject({ state: "connected", reason: null, teamsAvailable: true });
    const changes = await listStateChanges(scopeWithoutRequest(userId), "teams");
    expect(changes.map(({ state }) => state)).toEqual(["connected", "limited", "connected"]);
    const woken = await db().$queryRaw<object[]>`
      SELECT 1 FROM jobs.job WHERE name = ${meetingsHeal.name} AND data->>'userId' = ${userId}`;
    expect(woken.length).toBeGreaterThan(1);
  });

  it("the weekly check leaves a connection as it was when Microsoft does not answer", async () => {
    await stage.control.graphFault({ path: "/me/calendar", status: 503, times: null, account: email });
    const before = await row();
    await expect(verifyConnection(scopeWithoutRequest(userId))).rejects.toMatchObject({
      code: "unavailable",
    });
    expect(await row()).toMatchObject({ state: "connected", lastVerifiedAt: before.lastVerifiedAt });
  });
});

describe("what webhooks hear of a connection", () => {
  it("what webhooks hear of a connection is that it lost Teams, has all of it again, was made anew, and ended, each once", async () => {
    const events = webhookEvents.filter((event) => event.startsWith("connection."));
    const made = await createWebhook(scopeWithoutRequest(userId), {
      url: "https://example.com/hook",
      events,
    });
    if (!made.ok) throw new Error(made.error.code);
    await stage.control.changeAccount(email, { hasTeams: false });
    await verifyConnection(scopeWithoutRequest(userId));
    await verifyConnection(scopeWithoutRequest(userId));
    await stage.control.changeAccount(email, { hasTeams: true });
    await verifyConnection(scopeWithoutRequest(userId));
    await connectAs(userId, { email });
    await disconnect(scopeWithoutRequest(userId));
    await disconnect(scopeWithoutRequest(userId));
    const news = { provider: "teams", reason: null, accountEmail: email };
    expect(await listHeard(made.value.id)).toEqual([
      { type: "connection.limited", data: { ...news, state: "limited", reason: "no_teams" } },
      { type: "connection.connected", data: { ...news, state: "connected" } },
      { type: "connection.connected", data: { ...news, state: "connected" } },
      { type: "connection.disconnected", data: { ...news, state: "disconnected" } },
    ]);
  });

  it("what webhooks hear of a connection that broke off is the need to reconnect, once, with the first email", async () => {
    const events = webhookEvents.filter((event) => event.startsWith("connection."));
    const made = await createWebhook(scopeWithoutRequest(userId), {
      url: "https://example.com/hook",
      events,
    });
    if (!made.ok) throw new Error(made.error.code);
    await stage.control.revokeSessions(email);
    await change({ renewDueAt: due });
    await keepAlive();
    await sendDueNudges();
    await sendDueNudges();
    expect((await listHeard(made.value.id)).map(({ type }) => type)).toEqual(["connection.reconnect_needed"]);
  });
});

/** The messages on their way to a webhook, the oldest first. */
async function listHeard(webhookId: string): Promise<{ type: string; data: object }[]> {
  const rows = await db().webhookDelivery.findMany({ where: { webhookId }, orderBy: { createdAt: "asc" } });
  return rows.map(({ id, bodySealed }) => {
    const { type, data } = JSON.parse(unseal(bodySealed ?? "", { purpose: webhookBodyPurpose, row: id }));
    return { type, data };
  });
}

describe("a scope that TEAMS_SCOPES gains later", () => {
  it("a scope that TEAMS_SCOPES gains later leaves the connection working, asks for a reconnect, and is named as missing", async () => {
    await change({
      scopes: "https://graph.microsoft.com/User.Read https://graph.microsoft.com/Calendars.ReadWrite",
      askedScopes: "Calendars.ReadWrite offline_access User.Read",
    });
    await verifyConnection(scopeWithoutRequest(userId));
    expect(await row()).toMatchObject({ state: "connected" });
    expect(await getConnection(scopeWithoutRequest(userId), "teams")).toMatchObject({
      state: "reconnect_needed",
      reason: "scopes_added",
      missingScopes: ["OnlineMeetings.ReadWrite"],
      works: { state: "connected" },
    });
    await connectAs(userId, { email });
    expect(await getConnection(scopeWithoutRequest(userId), "teams")).toMatchObject({
      state: "connected",
      missingScopes: [],
    });
  });
});

describe("mails that ask an organizer back", () => {
  const breakOff = async () => {
    await stage.control.revokeSessions(email);
    await expect(accessFor(userId, { rejected: (await row()).tokenVersion })).rejects.toMatchObject({
      code: "reconnect_needed",
    });
  };
  const daysLater = (days: number) =>
    db().connectionStateChange.updateMany({
      where: { userId, state: "reconnect_needed" },
      data: { at: new Date(Date.now() - days * dayMs - 60_000) },
    });
  const reminders = async () =>
    (await readMailsTo(await own())).filter(({ kind }) => kind === "reconnect-needed");

  it("emails that ask an organizer back go out on days 0, 1, 3, 7 and 14, each once, and then no more", async () => {
    await breakOff();
    const counts: number[] = [];
    for (const day of [0, 0, 1, 2, 3, 6, 7, 13, 14, 15, 40]) {
      await daysLater(day);
      await Promise.all([sendDueNudges(), sendDueNudges()]);
      counts.push((await reminders()).length);
    }
    expect(counts).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 5]);
    const [last] = await reminders();
    expect(last?.text).toContain("This is the last reminder.");
    expect(last?.text).toContain("http://localhost:3000/account/integrations");
    expect(last?.text).toContain("your sessions were revoked");
  });

  it("emails that ask an organizer back make up for one day alone after a pause of the worker", async () => {
    await breakOff();
    await daysLater(8);
    await sendDueNudges();
    await sendDueNudges();
    expect(await reminders()).toHaveLength(1);
  });

  it("emails that ask an organizer back stop on a reconnect, and begin again with the next outage", async () => {
    await breakOff();
    await sendDueNudges();
    await connectAs(userId, { email });
    await daysLater(3);
    await sendDueNudges();
    expect(await reminders()).toHaveLength(1);
    await breakOff();
    await sendDueNudges();
    expect(await reminders()).toHaveLength(2);
  });

  it("emails that ask an organizer back stop on a disconnect", async () => {
    await breakOff();
    await disconnect(scopeWithoutRequest(userId));
    await sendDueNudges();
    expect(await reminders()).toEqual([]);
  });

  it("emails that ask an organizer back name the permissions that are missing", async () => {
    await stage.control.tokenFault({
      outcome: "pass",
      twist: "fewer_scopes",
      withoutScopes: ["Calendars.ReadWrite"],
    });
    await connectAs(userId, { email });
    await sendDueNudges();
    expect((await reminders())[0]?.text).toContain("Read and write your calendar (Calendars.ReadWrite)");
  });

  it("emails that ask an organizer back go on as one outage when a reconnect lacks the permissions again", async () => {
    const fewer = () =>
      stage.control.tokenFault({
        outcome: "pass",
        twist: "fewer_scopes",
        withoutScopes: ["Calendars.ReadWrite"],
      });
    for (let i = 0; i < 3; i += 1) {
      await fewer();
      await connectAs(userId, { email });
      await sendDueNudges();
    }
    expect(await reminders()).toHaveLength(1);
    await connectAs(userId, { email });
    await fewer();
    await connectAs(userId, { email });
    await sendDueNudges();
    expect(await reminders()).toHaveLength(2);
  });

  it("emails that ask an organizer back are not sent to anyone who is connected", async () => {
    await sendDueNudges();
    expect(await reminders()).toEqual([]);
  });
});

describe("when Microsoft refuses this server itself", () => {
  const alerts = async (to: string) =>
    (await readMailsTo(to)).filter(({ kind }) => kind === "credentials-refused");
  const refuse = () =>
    stage.control.tokenFault({ status: 401, error: "invalid_client", aadsts: 7000222, times: null });
  const ask = async () => accessFor(userId, { rejected: (await row()).tokenVersion });

  it("a refusal of this server itself is reported to every admin once a day, and leaves every connection as it was", async () => {
    const admin = await addOrganizer();
    const { email: to } = await db().user.update({ where: { id: admin }, data: { role: "admin" } });
    await refuse();
    for (let i = 0; i < 3; i += 1) await expect(ask()).rejects.toMatchObject({ code: "misconfigured" });
    expect(await alerts(to)).toHaveLength(1);
    expect((await alerts(to))[0]?.text).toContain("invalid_client AADSTS7000222");
    expect(await row()).toMatchObject({ state: "connected", tokenVersion: 1 });
    await db().operatorAlert.updateMany({ data: { lastSentAt: new Date(Date.now() - 25 * 3600_000) } });
    await expect(ask()).rejects.toMatchObject({ code: "misconfigured" });
    expect(await alerts(to)).toHaveLength(2);
    expect(await alerts(await own())).toEqual([]);
  });

  it("meetings that waited are taken up as soon as Microsoft accepts the credentials again", async () => {
    const times = { startsAt: new Date(Date.now() + dayMs), endsAt: new Date(Date.now() + 2 * dayMs) };
    const organizer = await addOrganizer();
    await db().meeting.create({
      data: { hostId: organizer, kind: "teams", status: "creating", problem: "misconfigured", ...times },
    });
    const woken = () => db().$queryRaw<object[]>`
      SELECT 1 FROM jobs.job WHERE name = ${meetingsHeal.name} AND data->>'userId' = ${organizer}`;
    await refuse();
    await expect(ask()).rejects.toMatchObject({ code: "misconfigured" });
    expect(await woken()).toHaveLength(0);
    await stage.control.clearFaults();
    await ask();
    await ask();
    expect(await woken()).toHaveLength(1);
  });
});
