import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { listConnections } from "@/lib/connections/queries";
import { db } from "@/lib/database/client";
import { listStateChanges } from "@/lib/grants/health";
import { sealTokens } from "@/lib/grants/tokens";
import { accessFor } from "@/lib/meetings/teams/access";
import { connectAs, openStage, type Stage } from "@/tests/integration/teams/stage";
import { eventually } from "@/tests/support/eventually";
import { connectMicrosoft } from "@/tests/support/microsoft";

const run = promisify(execFile);

let stage: Stage;
let userId: string;
let email: string;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());
beforeEach(async () => {
  await stage.control.clearFaults();
  ({ userId, email } = await stage.addConnected());
  await stage.control.resetCounters();
});

const row = () => db().meetingProviderConnection.findFirstOrThrow({ where: { userId } });
const expireIn = (seconds: number) =>
  db().meetingProviderConnection.updateMany({
    where: { userId },
    data: { expiresAt: new Date(Date.now() + seconds * 1000) },
  });
const endPause = () =>
  db().meetingProviderConnection.updateMany({ where: { userId }, data: { pausedUntil: null } });
const renewals = async () => (await stage.control.requests({ path: "/oauth2/v2.0/token" })).length;

describe("an access token", () => {
  it("an access token is renewed without an optional permission that was taken back, and the connection goes on", async () => {
    await connectMicrosoft(userId, email, undefined, "presence");
    expect((await row()).scopes).toContain("Presence.Read");
    await stage.control.revokeConsent(email, ["Presence.Read"]);
    await expireIn(60);
    await accessFor(userId);
    expect(await row()).toMatchObject({ state: "connected", reason: null });
    expect((await row()).scopes).not.toContain("Presence.Read");
    await stage.control.revokeConsent(email);
    await expireIn(-60);
    await expect(accessFor(userId)).rejects.toMatchObject({ code: "reconnect_needed" });
  });

  it("an access token is handed out as it is while it has more than five minutes left", async () => {
    await expireIn(6 * 60);
    expect(await accessFor(userId)).toMatchObject({
      tokenVersion: 1,
      accountKind: "work",
      teamsAvailable: true,
    });
    expect(await renewals()).toBe(0);
    expect((await row()).lastUsedAt).toBeInstanceOf(Date);
  });

  it("an access token is renewed five minutes before its end, and both new tokens are kept", async () => {
    await expireIn(4 * 60);
    const before = await row();
    const access = await accessFor(userId);
    const after = await row();
    expect(access.tokenVersion).toBe(2);
    expect(after).toMatchObject({
      tokenVersion: 2,
      refreshLeaseUntil: null,
      state: "connected",
      lastError: null,
    });
    expect(after.accessToken).not.toBe(before.accessToken);
    expect(after.refreshToken).not.toBe(before.refreshToken);
    expect(after.expiresAt.getTime()).toBeGreaterThan(Date.now() + 30 * 60_000);
  });

  it("an access token is renewed once, however many ask at the same time", async () => {
    await expireIn(-60);
    await stage.control.tokenFault({ outcome: "pass", delayMs: 200 });
    const handed = await Promise.all(Array.from({ length: 12 }, () => accessFor(userId)));
    expect(new Set(handed.map(({ token }) => token)).size).toBe(1);
    expect(await renewals()).toBe(1);
  });

  it("an access token is renewed once by two processes", async () => {
    await expireIn(-60);
    await stage.control.tokenFault({ outcome: "pass", delayMs: 1_500 });
    const tsx = ["node_modules/tsx/dist/cli.mjs", "tests/integration/connections/refresh-process.ts", userId];
    const both = await Promise.all([run(process.execPath, tsx), run(process.execPath, tsx)]);
    expect(both.map(({ stdout }) => JSON.parse(stdout))).toEqual([{ tokenVersion: 2 }, { tokenVersion: 2 }]);
    expect(await renewals()).toBe(1);
  });

  it("an access token keeps working until its end while another process renews it", async () => {
    await expireIn(4 * 60);
    await db().$executeRaw`
      UPDATE "MeetingProviderConnection" SET "refreshLeaseUntil" = now() + interval '30 seconds'
      WHERE "userId" = ${userId}::uuid`;
    expect(await accessFor(userId)).toMatchObject({ tokenVersion: 1 });
    expect(await renewals()).toBe(0);
  });

  it("an access token is renewed by someone else when the process that began it has died", async () => {
    await expireIn(-60);
    await db().$executeRaw`
      UPDATE "MeetingProviderConnection" SET "refreshLeaseUntil" = now() - interval '1 second'
      WHERE "userId" = ${userId}::uuid`;
    expect(await accessFor(userId)).toMatchObject({ tokenVersion: 2 });
  });

  it.each([60, 1])(
    "an access token is renewed once for all who ask while it lives %d s only",
    async (accessTokenSeconds) => {
      await stage.control.changeSettings({ accessTokenSeconds });
      await expireIn(-60);
      await stage.control.tokenFault({ outcome: "pass", delayMs: 200 });
      const handed = await Promise.all(Array.from({ length: 6 }, () => accessFor(userId)));
      await stage.control.changeSettings({ accessTokenSeconds: null });
      expect(new Set(handed.map(({ token }) => token)).size).toBe(1);
      expect(await renewals()).toBe(1);
    },
  );

  it("an access token that lives a minute is not renewed while most of it is left", async () => {
    await stage.control.changeSettings({ accessTokenSeconds: 60 });
    await expireIn(-60);
    await accessFor(userId);
    expect(await accessFor(userId)).toMatchObject({ tokenVersion: 2 });
    await stage.control.changeSettings({ accessTokenSeconds: null });
    expect(await renewals()).toBe(1);
  });

  it("an access token is renewed by an answer with null for what may be left out", async () => {
    await expireIn(-60);
    await stage.control.tokenFault({ outcome: "pass", twist: "nulls" });
    expect(await accessFor(userId)).toMatchObject({ tokenVersion: 2 });
  });

  it("an access token asks for what was granted, whatever is asked of newcomers", async () => {
    await expireIn(-60);
    await db().meetingProviderConnection.updateMany({
      where: { userId },
      data: {
        scopes: "https://graph.microsoft.com/User.Read https://graph.microsoft.com/Calendars.ReadWrite",
        askedScopes: "User.Read Calendars.ReadWrite offline_access",
      },
    });
    await accessFor(userId);
    const [request] = await stage.control.requests({ path: "/oauth2/v2.0/token" });
    expect(JSON.stringify(request?.body)).not.toContain("OnlineMeetings");
    expect(await row()).toMatchObject({ state: "connected" });
  });

  it("an access token asks the organizer back when it comes with less than was asked for at connect", async () => {
    await expireIn(-60);
    await stage.control.tokenFault({
      outcome: "pass",
      twist: "fewer_scopes",
      withoutScopes: ["Calendars.ReadWrite"],
    });
    await expect(accessFor(userId)).rejects.toMatchObject({ code: "reconnect_needed" });
    expect(await row()).toMatchObject({ state: "reconnect_needed", reason: "missing_scopes" });
    expect((await listConnections(scopeWithoutRequest(userId)))[0]?.missingScopes).toEqual([
      "Calendars.ReadWrite",
    ]);
    const [newest] = await listStateChanges(scopeWithoutRequest(userId), "teams");
    expect(newest).toMatchObject({ state: "reconnect_needed", reason: "missing_scopes" });
  });

  it("an access token is not counted as used by work of our own", async () => {
    await accessFor(userId, { countsAsUse: false });
    expect((await row()).lastUsedAt).toBeNull();
  });
});

describe("when renewing is refused", () => {
  beforeEach(() => expireIn(-60));

  it.each([
    [{ error: "invalid_grant", aadsts: 50173, suberror: "bad_token" }, "grant_ended"],
    [{ error: "invalid_grant", aadsts: 700082 }, "grant_ended"],
    [{ error: "invalid_grant", aadsts: 65001, suberror: "consent_required" }, "consent_removed"],
    [{ error: "interaction_required", aadsts: 50076, suberror: "basic_action" }, "sign_in_required"],
    [{ error: "invalid_grant", aadsts: 50076, suberror: "basic_action" }, "sign_in_required"],
    [{ error: "consent_required", aadsts: 65001 }, "consent_removed"],
    [{ error: "login_required", aadsts: 50058 }, "sign_in_required"],
  ])("a refused renewal asks the organizer back: %o", async (fault, reason) => {
    await stage.control.tokenFault(fault);
    await expect(accessFor(userId)).rejects.toMatchObject({
      code: "reconnect_needed",
      details: { vendorCode: reason },
    });
    expect(await row()).toMatchObject({
      state: "reconnect_needed",
      reason,
      lastError: `${fault.error} AADSTS${fault.aadsts}`,
    });
    const [newest] = await listStateChanges(scopeWithoutRequest(userId), "teams");
    expect(newest).toMatchObject({ state: "reconnect_needed", reason });
    await expect(accessFor(userId)).rejects.toMatchObject({ code: "reconnect_needed" });
    expect(await renewals()).toBe(1);
  });

  it("a refused renewal is understood with null for what may be left out and text for numbers", async () => {
    const body = { error: "invalid_grant", suberror: null, claims: null, error_codes: ["50173"] };
    await stage.control.tokenFault({ body: JSON.stringify(body) });
    await expect(accessFor(userId)).rejects.toMatchObject({ code: "reconnect_needed" });
    expect(await row()).toMatchObject({ reason: "grant_ended", lastError: "invalid_grant AADSTS50173" });
  });

  it("a refused renewal writes the change down once, however many met it", async () => {
    await stage.control.revokeSessions(email);
    await Promise.allSettled(Array.from({ length: 8 }, () => accessFor(userId)));
    const changes = await listStateChanges(scopeWithoutRequest(userId), "teams");
    expect(changes.map(({ state }) => state)).toEqual(["reconnect_needed", "connected"]);
  });

  it("a connection whose renewal was refused works again after a reconnect", async () => {
    await stage.control.revokeSessions(email);
    await expect(accessFor(userId)).rejects.toMatchObject({ code: "reconnect_needed" });
    await connectAs(userId, { email });
    expect(await accessFor(userId)).toMatchObject({ tokenVersion: 2 });
    expect(await row()).toMatchObject({ state: "connected", reason: null, lastError: null });
  });

  it("a refused renewal does not judge a connection that was renewed meanwhile", async () => {
    await stage.control.tokenFault({ error: "invalid_grant", aadsts: 50173, delayMs: 300 });
    const late = accessFor(userId);
    await db().meetingProviderConnection.updateMany({
      where: { userId },
      data: { tokenVersion: 7, expiresAt: new Date(Date.now() + 3600_000) },
    });
    expect(await late).toMatchObject({ tokenVersion: 7 });
    expect(await row()).toMatchObject({ state: "connected" });
  });

  it("a newer connection is not overwritten by a refused renewal that comes late", async () => {
    await expireIn(-60);
    await stage.control.tokenFault({ outcome: "pass", delayMs: 800 });
    const late = accessFor(userId);
    await eventually(row, ({ refreshLeaseUntil }) => refreshLeaseUntil !== null);
    const newer = sealTokens({ userId, provider: "teams" }, { accessToken: "newer", refreshToken: "newest" });
    await db().meetingProviderConnection.updateMany({
      where: { userId },
      data: { ...newer, tokenVersion: 7, expiresAt: new Date(Date.now() + 3600_000) },
    });
    expect(await late).toMatchObject({ token: "newer", tokenVersion: 7 });
    expect(await row()).toMatchObject({ ...newer, tokenVersion: 7 });
  });

  it.each([
    [{ status: 401, error: "invalid_client", aadsts: 7000222 }, "misconfigured", false],
    [{ status: 400, error: "unauthorized_client", aadsts: 700016 }, "misconfigured", false],
    [{ status: 429, error: "temporarily_unavailable", retryAfter: "2.5" }, "throttled", true],
    [{ status: 503, error: "temporarily_unavailable" }, "unavailable", true],
    [{ status: 500, body: "<h1>Oh no</h1>" }, "unavailable", true],
    [{ status: 400, error: "something_new", aadsts: 50196 }, "unavailable", true],
    [{ outcome: "drop" as const }, "unavailable", true],
  ])(
    "a refused renewal leaves the connection alone when it is not the organizer's to fix: %o",
    async (fault, code, retryable) => {
      await stage.control.tokenFault(fault);
      await expect(accessFor(userId)).rejects.toMatchObject({ code, retryable });
      expect(await row()).toMatchObject({ state: "connected", lastError: code, refreshLeaseUntil: null });
      await endPause();
      expect(await accessFor(userId)).toMatchObject({ tokenVersion: 2 });
    },
  );

  it("a refused renewal passes on how long Microsoft asks to wait, and leaves it alone meanwhile", async () => {
    await stage.control.tokenFault({ status: 429, error: "temporarily_unavailable", retryAfter: "62.5" });
    await expect(accessFor(userId)).rejects.toMatchObject({ details: { retryAfterSeconds: 62.5 } });
    await expect(accessFor(userId)).rejects.toMatchObject({
      code: "throttled",
      details: { vendorCode: "renewal_paused", retryAfterSeconds: expect.any(Number) },
    });
    expect(await renewals()).toBe(1);
    await endPause();
    expect(await accessFor(userId)).toMatchObject({ tokenVersion: 2 });
  });

  it("a token with minutes left stays in use while Microsoft is ill", async () => {
    await expireIn(3 * 60);
    await stage.control.tokenFault({ status: 503, error: "temporarily_unavailable" });
    expect(await accessFor(userId)).toMatchObject({ tokenVersion: 1 });
  });
});

it("shows connections without their tokens", async () => {
  const shown = JSON.stringify(await listConnections(scopeWithoutRequest(userId)));
  const { accessToken, refreshToken } = await row();
  expect(shown).not.toContain(accessToken);
  expect(shown).not.toContain(refreshToken);
  expect(shown).not.toMatch(/token/i);
});
