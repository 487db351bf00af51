import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { toConnectionAnswer } from "@/lib/api/endpoints/account";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { countFleet, countMatching, listFleet, listNeeding } from "@/lib/connections/fleet";
import { sendDueNudges } from "@/lib/connections/nudge";
import { listConnections } from "@/lib/connections/queries";
import { remindToReconnect } from "@/lib/connections/remind";
import { verifyConnection } from "@/lib/connections/verify";
import { db } from "@/lib/database/client";
import { connectionStatusOf, connectionStatusSql, noteScopeChanges } from "@/lib/grants/connection-status";
import { listStateChanges } from "@/lib/grants/health";
import { readMetrics } from "@/lib/health/metrics";
import { accessFor } from "@/lib/meetings/teams/access";
import { saveRegistration } from "@/lib/registration/registration";
import { connectAs, openStage, type Stage } from "@/tests/integration/teams/stage";
import { readMailsTo } from "@/tests/support/mails";

const four = "OnlineMeetings.ReadWrite Calendars.ReadWrite offline_access User.Read";

let stage: Stage;
let userId: string;
let email: string;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());
beforeEach(async () => {
  await stage.control.clearFaults();
  await saveRegistration({ scopes: null });
  await db().mail.deleteMany();
  await db().user.deleteMany();
  ({ userId, email } = await stage.addConnected());
});

const own = async () => (await db().user.findUniqueOrThrow({ where: { id: userId } })).email;
const reminders = async () =>
  (await readMailsTo(await own())).filter(({ kind }) => kind === "reconnect-needed");
const answer = async () => (await listConnections(scopeWithoutRequest(userId))).map(toConnectionAnswer)[0];
const history = async () =>
  (await listStateChanges(scopeWithoutRequest(userId), "teams")).map(({ state, reason }) => [state, reason]);
const daysLater = (days: number) =>
  db().$executeRaw`UPDATE "ConnectionStateChange" SET at = at - make_interval(days => ${days})`;

describe("a permission that the server asks for only now", () => {
  const added = { state: "reconnect_needed", reason: "scopes_added", missingScopes: ["Mail.Read"] };
  beforeEach(() => saveRegistration({ scopes: `${four} Mail.Read` }));

  it("a permission that the server asks for only now asks for a reconnect in the API, among all connections and in the metrics", async () => {
    expect(await answer()).toMatchObject(added);
    expect(await answer()).not.toHaveProperty("works");
    expect(await listFleet()).toMatchObject([{ userId, ...added }]);
    expect(await countFleet()).toMatchObject({ connected: 0, reconnect_needed: 1 });
    expect(await countMatching({ state: "reconnect_needed" })).toBe(1);
    expect(await countMatching({ state: "connected" })).toBe(0);
    expect(await listNeeding({})).toEqual([userId]);
    const { text: metrics } = await readMetrics();
    expect(metrics).toContain('bellhop_connections{provider="teams",state="reconnect_needed"} 1');
    expect(metrics).not.toContain('bellhop_connections{provider="teams",state="connected"}');
  });

  it("a permission that the server asks for only now leaves everything working that worked", async () => {
    const { tokenVersion } = await accessFor(userId);
    expect(await accessFor(userId, { rejected: tokenVersion })).toMatchObject({ teamsAvailable: true });
    await verifyConnection(scopeWithoutRequest(userId));
    const stored = await db().meetingProviderConnection.findFirstOrThrow({ where: { userId } });
    expect(stored).toMatchObject({ state: "connected", reason: null });
  });

  it("a permission that the server asks for only now is in the history once, and so does its end", async () => {
    await Promise.all([noteScopeChanges(), noteScopeChanges(), noteScopeChanges()]);
    expect(await history()).toEqual([
      ["reconnect_needed", "scopes_added"],
      ["connected", null],
    ]);
    await saveRegistration({ scopes: null });
    await noteScopeChanges();
    await noteScopeChanges();
    expect(await history()).toEqual([
      ["connected", null],
      ["reconnect_needed", "scopes_added"],
      ["connected", null],
    ]);
    expect(await answer()).toMatchObject({ state: "connected", reason: null, missingScopes: [] });
  });

  it("a permission that the server asks for only now ends with a reconnect", async () => {
    await noteScopeChanges();
    await connectAs(userId, { email });
    await noteScopeChanges();
    expect(await answer()).toMatchObject({ state: "connected", missingScopes: [] });
    expect((await history())[0]).toEqual(["connected", null]);
  });

  it("a permission that the server asks for only now is written to the organizer immediately and after a week, in words that alarm no one", async () => {
    const counts: number[] = [];
    await noteScopeChanges();
    for (const days of [0, 1, 3, 3, 7, 7]) {
      await daysLater(days);
      await sendDueNudges();
      counts.push((await reminders()).length);
    }
    expect(counts).toEqual([1, 1, 1, 2, 2, 2]);
    const [last, first] = await reminders();
    expect(first?.text).toContain("Mail.Read");
    expect(first?.text).toContain("works as before");
    expect(first?.subject).toContain("Reconnect needed");
    expect(first?.text).not.toContain("lost its access");
    expect(last?.text).toContain("This is the last reminder.");
  });

  it("a permission that the server asks for only now takes no mail away from an outage that comes after it", async () => {
    await noteScopeChanges();
    await sendDueNudges();
    await daysLater(20);
    await sendDueNudges();
    const before = (await reminders()).length;
    await stage.control.revokeSessions(email);
    const { tokenVersion } = await accessFor(userId);
    await expect(accessFor(userId, { rejected: tokenVersion })).rejects.toMatchObject({
      code: "reconnect_needed",
    });
    expect(await answer()).toMatchObject({ state: "reconnect_needed", reason: "grant_ended" });
    await noteScopeChanges();
    await sendDueNudges();
    expect(await reminders()).toHaveLength(before + 1);
    expect((await reminders())[0]?.text).toContain("lost its access");
    expect((await reminders())[0]?.text).not.toContain("This is the last reminder.");
  });

  it("a permission that the server asks for only now lets an admin write to those who lack it", async () => {
    expect(await remindToReconnect([userId])).toEqual({ sent: 1, tooSoon: 0, needless: 0 });
    expect((await reminders())[0]?.text).toContain("Mail.Read");
  });
});

it("is the same in SQL and in the program, whatever is stored", async () => {
  const states = ["connected", "limited", "reconnect_needed"] as const;
  const granted = [
    "https://graph.microsoft.com/Calendars.ReadWrite https://graph.microsoft.com/User.Read",
    "http://graph.microsoft.com/calendars.readwrite USER.READ  OnlineMeetings.ReadWrite",
    "Calendars.Read",
    "",
  ];
  for (const configured of [four, "https://graph.microsoft.com/.default", `${four} Mail.Read`]) {
    for (const state of states) {
      for (const accountKind of ["work", "personal"] as const) {
        for (const scopes of granted) {
          const reason = state === "connected" ? null : "some_reason";
          await db().meetingProviderConnection.updateMany({ data: { state, accountKind, scopes, reason } });
          const sql = connectionStatusSql(configured);
          const [found] = await db().$queryRaw<object[]>`
            SELECT ${sql.state} AS state, ${sql.reason} AS reason, ${sql.lacks} AS lacks
            FROM "MeetingProviderConnection" c`;
          const expected = connectionStatusOf({ state, accountKind, scopes, reason }, configured);
          expect(found).toEqual({
            state: expected.state,
            reason: expected.reason,
            lacks: expected.missingScopes.length > 0,
          });
        }
      }
    }
  }
});

it("notes when the daily look finds less while a permission is missing, and when both are over", async () => {
  await saveRegistration({ scopes: `${four} Mail.Read` });
  await noteScopeChanges();
  await stage.control.changeAccount(email, { hasTeams: false });
  await verifyConnection(scopeWithoutRequest(userId));
  expect(await answer()).toMatchObject({ state: "reconnect_needed", reason: "scopes_added" });
  await saveRegistration({ scopes: null });
  await noteScopeChanges();
  expect((await history())[0]).toEqual(["limited", "no_teams"]);
  expect(await history()).toHaveLength(3);
});
