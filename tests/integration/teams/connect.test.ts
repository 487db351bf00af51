import { createHash, randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { completeConnect, startConnect } from "@/lib/connections/connect";
import { disconnect } from "@/lib/connections/disconnect";
import { getConnection } from "@/lib/connections/queries";
import { db } from "@/lib/database/client";
import { listStateChanges } from "@/lib/grants/health";
import { freshAccessToken } from "@/lib/grants/tokens";
import { meetingsHeal } from "@/lib/meetings/jobs";
import { signInAs } from "@/tests/emulator/person";
import { addOrganizer, connectAs, openStage, type Stage } from "@/tests/integration/teams/stage";

let stage: Stage;
let userId: string;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());
beforeEach(async () => {
  await stage.control.clearFaults();
  userId = await addOrganizer();
});

const owner = () => ({ userId, provider: "teams" });
const request = () => ({
  scope: scopeWithoutRequest(userId),
  returnTo: "/account/integrations",
  popup: false,
  selectAccount: false,
});

async function start(changes: Partial<ReturnType<typeof request>> = {}) {
  const started = await startConnect({ ...request(), ...changes });
  if (!started.ok) throw new Error(started.error.code);
  return { ...started.value, address: new URL(started.value.redirectTo) };
}

const done = (problem: string | null) => ({
  kind: "done",
  returnTo: "/account/integrations",
  popup: false,
  problem: problem && { code: problem, supportCode: expect.stringMatching(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/) },
});

const unknown = { ...done("sign_in_expired"), returnTo: null };

describe("the way out", () => {
  it("the way to Microsoft asks for a code with S256, nonce and state, and forces no consent page", async () => {
    const { address } = await start();
    const asked = Object.fromEntries(address.searchParams);
    expect(address.pathname).toBe("/common/oauth2/v2.0/authorize");
    expect(asked).toMatchObject({
      response_type: "code",
      response_mode: "query",
      code_challenge_method: "S256",
      redirect_uri: "http://localhost:3000/api/teams/callback",
    });
    expect(asked.prompt).toBeUndefined();
    expect(asked.scope?.split(" ")).toEqual(
      expect.arrayContaining(["openid", "profile", "offline_access", "Calendars.ReadWrite", "User.Read"]),
    );
    for (const secret of [asked.state, asked.nonce, asked.code_challenge]) {
      expect(secret).toMatch(/^[\w-]{43}$/);
    }
  });

  it("the way to Microsoft lets the organizer choose another account when they ask for it", async () => {
    const { address } = await start({ selectAccount: true });
    expect(address.searchParams.get("prompt")).toBe("select_account");
  });

  it("the way to Microsoft names the account that was connected and its kind, unless another one is asked for", async () => {
    const email = await stage.addPerson();
    await connectAs(userId, { email });
    const hints = ({ searchParams }: URL) => [
      searchParams.get("login_hint"),
      searchParams.get("domain_hint"),
    ];
    expect(hints((await start()).address)).toEqual([email, "organizations"]);
    expect(hints((await start({ selectAccount: true })).address)).toEqual([null, null]);
    await db().meetingProviderConnection.updateMany({ where: { userId }, data: { accountKind: "personal" } });
    expect(hints((await start()).address)).toEqual([email, "consumers"]);
  });

  it("the way to Microsoft keeps neither state nor verifier in the clear", async () => {
    const { address, cookie } = await start();
    const row = await db().oAuthHandshake.findFirstOrThrow({ where: { userId } });
    const state = address.searchParams.get("state") ?? "";
    expect(JSON.stringify(row)).not.toContain(state);
    expect(cookie).not.toContain(row.id);
    expect(Buffer.from(row.stateHash)).toEqual(createHash("sha256").update(state).digest());
    expect(row.verifierSealed).toMatch(/^v1\.t1\./);
  });
});

describe("connecting", () => {
  it("connecting a work account with Teams wakes the meetings that waited", async () => {
    const email = await stage.addPerson();
    const { completion } = await connectAs(userId, { email });
    expect(completion).toEqual(done(null));
    const account = await stage.control.getAccount(email);
    expect(await db().meetingProviderConnection.findFirst({ where: { userId } })).toMatchObject({
      provider: "teams",
      state: "connected",
      reason: null,
      accountEmail: email,
      accountId: account.id,
      tenantId: account.tenantId,
      accountKind: "work",
      teamsAvailable: true,
      lastError: null,
      lastVerifiedAt: expect.any(Date),
    });
    expect(await getConnection(scopeWithoutRequest(userId), "teams")).toMatchObject({
      grantedScopes: expect.arrayContaining(["Calendars.ReadWrite", "OnlineMeetings.ReadWrite", "User.Read"]),
      missingScopes: [],
    });
    const woken = await db().$queryRaw`
      SELECT name FROM jobs.job WHERE name = ${meetingsHeal.name} AND data->>'userId' = ${userId}`;
    expect(woken).toHaveLength(1);
  });

  it.each([
    ["personal", "personal", "personal_account"],
    ["withoutTeams", "work", "no_teams"],
    ["withoutMailbox", "work", "no_mailbox"],
  ] as const)(
    "connecting shows immediately what an account can't do: %s",
    async (kind, accountKind, reason) => {
      const email = await stage.addPerson(kind);
      expect((await connectAs(userId, { email })).completion).toEqual(done(null));
      expect(await getConnection(scopeWithoutRequest(userId), "teams")).toMatchObject({
        state: "limited",
        reason,
        accountKind,
        accountEmail: email,
        teamsAvailable: false,
        missingScopes: [],
      });
    },
  );

  it("connecting asks a personal account again without online meetings where Microsoft refuses them", async () => {
    await stage.control.changeSettings({ personalOnlineMeetingsScope: "invalid_scope" });
    const email = await stage.addPerson("personal");
    const { completion: first } = await connectAs(userId, { email });
    await stage.control.changeSettings({ personalOnlineMeetingsScope: "ignored" });
    if (first.kind !== "again") throw new Error("expected a second way out");
    expect(new URL(first.redirectTo).searchParams.get("scope")).not.toContain("OnlineMeetings");
    await stage.control.changeSettings({ personalOnlineMeetingsScope: "invalid_scope" });
    const back = new URL(await signInAs(first.redirectTo, { email }));
    const second = await completeConnect(scopeWithoutRequest(userId), back.searchParams, [first.cookie]);
    await stage.control.changeSettings({ personalOnlineMeetingsScope: "ignored" });
    expect(second).toEqual(done(null));
    expect(await getConnection(scopeWithoutRequest(userId), "teams")).toMatchObject({
      state: "limited",
      missingScopes: [],
    });
  });

  it("connecting names the scopes that were not granted", async () => {
    await stage.control.tokenFault({
      outcome: "pass",
      twist: "fewer_scopes",
      withoutScopes: ["OnlineMeetings.ReadWrite"],
    });
    await connectAs(userId, { email: await stage.addPerson() });
    expect(await getConnection(scopeWithoutRequest(userId), "teams")).toMatchObject({
      state: "reconnect_needed",
      reason: "missing_scopes",
      missingScopes: ["OnlineMeetings.ReadWrite"],
    });
  });

  it("connecting stores tokens that open for this organizer and provider only", async () => {
    await connectAs(userId, { email: await stage.addPerson() });
    const other = await addOrganizer();
    const never = () => Promise.reject(new Error("not to be renewed"));
    expect(await freshAccessToken(owner(), never)).toMatchObject({ ok: true });
    await db().meetingProviderConnection.updateMany({ where: { userId }, data: { userId: other } });
    await expect(freshAccessToken({ userId: other, provider: "teams" }, never)).rejects.toMatchObject({
      code: "cipher_refused",
    });
  });

  it("connecting takes the place of what was connected before, and keeps the history", async () => {
    const [first, second] = [await stage.addPerson(), await stage.addPerson("withoutTeams")];
    await connectAs(userId, { email: first });
    await connectAs(userId, { email: second });
    const rows = await db().meetingProviderConnection.findMany({ where: { userId } });
    expect(rows).toMatchObject([{ accountEmail: second, state: "limited", tokenVersion: 2 }]);
    expect(await disconnect(scopeWithoutRequest(userId))).toBe(true);
    expect(await disconnect(scopeWithoutRequest(userId))).toBe(false);
    expect(await getConnection(scopeWithoutRequest(userId), "teams")).toBeNull();
    expect(
      (await listStateChanges(scopeWithoutRequest(userId), "teams")).map(({ state, reason }) => [
        state,
        reason,
      ]),
    ).toEqual([
      ["disconnected", null],
      ["limited", "no_teams"],
      ["connected", null],
    ]);
  });
});

describe("what Microsoft may answer instead", () => {
  it("the way back from Microsoft reports a decline", async () => {
    const email = await stage.addPerson();
    expect((await connectAs(userId, { email, consent: "cancel" })).completion).toEqual(done("declined"));
    expect(await getConnection(scopeWithoutRequest(userId), "teams")).toBeNull();
  });

  it.each([
    ["AADSTS90094", "need_admin_approval"],
    ["AADSTS65004", "declined"],
    ["cancel", "declined"],
  ] as const)(
    "the way back from Microsoft reports a wait for an administrator where Microsoft does: %s",
    async (adminApprovalReturn, problem) => {
      await stage.control.changeSettings({ adminApprovalReturn });
      const email = await stage.addPerson("adminApproval");
      expect((await connectAs(userId, { email, approval: "return" })).completion).toEqual(done(problem));
    },
  );

  it.each([
    ["access_denied", "declined"],
    ["consent_required", "need_admin_approval"],
    ["interaction_required", "sign_in_failed"],
    ["login_required", "sign_in_failed"],
    ["unauthorized_client", "misconfigured"],
    ["server_error", "unavailable"],
    ["temporarily_unavailable", "unavailable"],
    ["something_new", "sign_in_failed"],
  ])("the way back from Microsoft answers %s with %s", async (error, problem) => {
    const email = await stage.addPerson();
    await stage.control.authorizeFault({ account: email, error });
    expect((await connectAs(userId, { email })).completion).toEqual(done(problem));
  });

  it("the way back from Microsoft leaves a working connection as it was when a second sign-in fails", async () => {
    const email = await stage.addPerson();
    await connectAs(userId, { email });
    const before = await getConnection(scopeWithoutRequest(userId), "teams");
    await stage.control.authorizeFault({ account: email, error: "access_denied" });
    await connectAs(userId, { email });
    expect(await getConnection(scopeWithoutRequest(userId), "teams")).toEqual(before);
  });
});

describe("redeeming the code", () => {
  const redeemed = async (fault: Parameters<Stage["control"]["tokenFault"]>[0]) => {
    await stage.control.tokenFault({ grantType: "authorization_code", ...fault });
    const { completion } = await connectAs(userId, { email: await stage.addPerson() });
    expect(await getConnection(scopeWithoutRequest(userId), "teams")).toBeNull();
    return completion;
  };

  it.each([
    ["wrong_nonce", "identity_refused"],
    ["wrong_audience", "identity_refused"],
    ["wrong_issuer", "identity_refused"],
    ["expired_id_token", "identity_refused"],
    ["no_id_token", "identity_refused"],
    ["no_refresh_token", "missing_tokens"],
  ] as const)("redeeming the code does not believe an answer with %s", async (twist, problem) => {
    expect(await redeemed({ outcome: "pass", twist })).toEqual(done(problem));
  });

  it.each([
    ["no client_info", "no_client_info"],
    ["the issuer of the cloud that the emulator stands in for", "cloud_issuer"],
    ["null for what may be left out", "nulls"],
  ] as const)("redeeming the code believes an answer with %s", async (_, twist) => {
    await stage.control.tokenFault({ outcome: "pass", twist });
    expect((await connectAs(userId, { email: await stage.addPerson() })).completion).toEqual(done(null));
  });

  it.each([
    [{ error: "invalid_grant", aadsts: 70008 }, "token_exchange_failed"],
    [{ error: "invalid_grant", suberror: "consent_required", aadsts: 65001 }, "token_exchange_failed"],
    [{ status: 401, error: "invalid_client", aadsts: 7000215 }, "misconfigured"],
    [{ error: "invalid_request", aadsts: 90002 }, "misconfigured"],
    [{ status: 429, error: "temporarily_unavailable", retryAfter: "3.5" }, "unavailable"],
    [{ status: 503, error: "temporarily_unavailable" }, "unavailable"],
    [{ status: 502, body: "<h1>Bad gateway</h1>" }, "unavailable"],
    [{ outcome: "drop" }, "unavailable"],
  ] as const)("redeeming the code reports what went wrong: %o", async (fault, problem) => {
    expect(await redeemed({ ...fault })).toEqual(done(problem));
  });
});

describe("the way back", () => {
  async function answered() {
    const email = await stage.addPerson();
    const { redirectTo, cookie } = await start();
    const { searchParams } = new URL(await signInAs(redirectTo, { email }));
    return { searchParams, cookie };
  }

  it("the way back from Microsoft is taken once; a browser that comes back twice at the same time ends well both times", async () => {
    const { searchParams, cookie } = await answered();
    const both = await Promise.all([
      completeConnect(scopeWithoutRequest(userId), searchParams, [cookie]),
      completeConnect(scopeWithoutRequest(userId), searchParams, [cookie]),
    ]);
    expect(both).toEqual([done(null), done(null)]);
    expect(await completeConnect(scopeWithoutRequest(userId), searchParams, [cookie])).toEqual(unknown);
  });

  it("the way back from Microsoft comes to the same end for both where it failed, and where Microsoft has to be asked again", async () => {
    const { searchParams, cookie } = await answered();
    searchParams.set("code", "no-code-of-microsofts");
    const failed = await Promise.all(
      [1, 2].map(() => completeConnect(scopeWithoutRequest(userId), searchParams, [cookie])),
    );
    expect(failed[0]).toEqual(done("token_exchange_failed"));
    expect(failed[1]).toEqual(failed[0]);

    const refused = await start();
    const back = new URLSearchParams({
      state: new URL(refused.redirectTo).searchParams.get("state") ?? "",
      error: "invalid_scope",
      error_description: "AADSTS70011: The provided value for the input parameter 'scope' is not valid.",
    });
    const again = await Promise.all(
      [1, 2].map(() => completeConnect(scopeWithoutRequest(userId), back, [refused.cookie])),
    );
    expect(again.map(({ kind }) => kind)).toEqual(["again", "again"]);
  });

  it("the way back from Microsoft is closed to a state that is not ours", async () => {
    const { searchParams, cookie } = await answered();
    searchParams.set("state", "x".repeat(43));
    expect(await completeConnect(scopeWithoutRequest(userId), searchParams, [cookie])).toEqual(unknown);
    searchParams.delete("state");
    expect(await completeConnect(scopeWithoutRequest(userId), searchParams, [cookie])).toEqual(unknown);
  });

  it("the way back from Microsoft is closed to another browser, whatever it knows", async () => {
    const { searchParams } = await answered();
    expect(await completeConnect(scopeWithoutRequest(userId), searchParams, [])).toEqual(unknown);
    expect(await completeConnect(scopeWithoutRequest(userId), searchParams, ["Fe26.2*nonsense"])).toEqual(
      unknown,
    );
    const { cookie: another } = await start();
    expect(await completeConnect(scopeWithoutRequest(userId), searchParams, [another])).toEqual(unknown);
  });

  it("the way back from Microsoft is closed to another organizer, and the sign-in stays good for the one who began it", async () => {
    const { searchParams, cookie } = await answered();
    const other = await addOrganizer();
    expect(await completeConnect(scopeWithoutRequest(other), searchParams, [cookie])).toEqual(unknown);
    expect(await getConnection(scopeWithoutRequest(other), "teams")).toBeNull();
    expect(await completeConnect(scopeWithoutRequest(userId), searchParams, [cookie])).toEqual(done(null));
  });

  it("the way back from Microsoft is closed after ten minutes", async () => {
    const { searchParams, cookie } = await answered();
    await db().oAuthHandshake.updateMany({
      where: { userId },
      data: { expiresAt: new Date(Date.now() - 1) },
    });
    expect(await completeConnect(scopeWithoutRequest(userId), searchParams, [cookie])).toEqual(unknown);
  });

  it("the way back from Microsoft refuses a code that another sign-in brought: the verifier does not fit", async () => {
    const theirs = await answered();
    const ours = await answered();
    ours.searchParams.set("code", theirs.searchParams.get("code") ?? "");
    expect(await completeConnect(scopeWithoutRequest(userId), ours.searchParams, [ours.cookie])).toEqual(
      done("token_exchange_failed"),
    );
  });

  it("the way back from Microsoft keeps two tabs apart", async () => {
    const email = await stage.addPerson();
    const first = await start();
    const second = await start({ returnTo: "/account/event-types", popup: true });
    const firstBack = new URL(await signInAs(first.redirectTo, { email }));
    const secondBack = new URL(await signInAs(second.redirectTo, { email }));
    const cookies = [first.cookie, second.cookie];
    expect(await completeConnect(scopeWithoutRequest(userId), firstBack.searchParams, cookies)).toEqual(
      done(null),
    );
    expect(await completeConnect(scopeWithoutRequest(userId), secondBack.searchParams, cookies)).toEqual({
      ...done(null),
      returnTo: "/account/event-types",
      popup: true,
    });
  });

  it("the way back from Microsoft needs no more than its own row: unknown ids are answered like any other", async () => {
    const nobody = scopeWithoutRequest(randomUUID());
    expect(await completeConnect(nobody, new URLSearchParams({ state: "x" }), [])).toEqual(unknown);
  });
});
