import { createRemoteJWKSet, decodeJwt, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SEEDED_APP } from "@/tests/emulator/seed";
import {
  ALL_SCOPES,
  authorizeUrl,
  graphWith,
  newAccount,
  newCode,
  newPkce,
  newTokens,
  postToken,
  REDIRECT_URI,
  type Stage,
  startStage,
} from "@/tests/unit/emulator/support";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.emulator.close());

const redeem = (code: string, fields: Record<string, string> = {}, options = {}) =>
  postToken(
    stage,
    { grant_type: "authorization_code", code, redirect_uri: REDIRECT_URI, ...fields },
    options,
  );
const refresh = (token: string, fields: Record<string, string> = {}, options = {}) =>
  postToken(stage, { grant_type: "refresh_token", refresh_token: token, ...fields }, options);

describe("the token answer", () => {
  test("the token answer names what was granted in full Graph addresses, without offline_access", async () => {
    const account = await newAccount(stage);
    const tokens = await newTokens(stage, account);
    expect(tokens.scope).toBe(
      "openid profile https://graph.microsoft.com/Calendars.ReadWrite https://graph.microsoft.com/OnlineMeetings.ReadWrite https://graph.microsoft.com/User.Read",
    );
    expect(tokens.expires_in).toBeGreaterThanOrEqual(3600);
    expect(tokens.expires_in).toBeLessThanOrEqual(5400);
  });

  test("the token answer has a refresh token only with offline_access and an id_token only with openid", async () => {
    const account = await newAccount(stage);
    const tokens = await newTokens(stage, account, "User.Read");
    expect(tokens).not.toHaveProperty("refresh_token");
    expect(tokens).not.toHaveProperty("id_token");
  });

  test("the token answer is never cached, and carries client_info only when asked", async () => {
    const account = await newAccount(stage);
    const answer = await redeem(await newCode(stage, account.email), { client_info: "1" });
    expect(answer.headers.get("cache-control")).toBe("no-store, no-cache");
    const info = JSON.parse(Buffer.from(answer.body.client_info, "base64url").toString());
    expect(info).toEqual({ uid: account.id, utid: account.tenantId });
    expect((await redeem(await newCode(stage, account.email))).body).not.toHaveProperty("client_info");
  });

  test("the token answer signs the id_token with a published key and returns the nonce; oid needs profile", async () => {
    const account = await newAccount(stage);
    const { body } = await redeem(
      await newCode(stage, account.email, { nonce: "n-1", scope: `${ALL_SCOPES} email` }),
    );
    const keys = createRemoteJWKSet(new URL(`${stage.emulator.loginUrl}/common/discovery/v2.0/keys`));
    const { payload } = await jwtVerify(body.id_token, keys, {
      issuer: `${stage.emulator.loginUrl}/${account.tenantId}/v2.0`,
      audience: SEEDED_APP.clientId,
    });
    expect(payload).toMatchObject({
      nonce: "n-1",
      oid: account.id,
      tid: account.tenantId,
      preferred_username: account.email,
      email: account.email,
      ver: "2.0",
    });
    const { id_token } = await newTokens(stage, await newAccount(stage), "openid User.Read");
    expect(decodeJwt(id_token)).not.toHaveProperty("oid");
    expect(decodeJwt(id_token)).not.toHaveProperty("preferred_username");
  });

  test("no one but Graph can verify a work account's access token", async () => {
    const { access_token } = await newTokens(stage, await newAccount(stage));
    const keys = createRemoteJWKSet(new URL(`${stage.emulator.loginUrl}/common/discovery/v2.0/keys`));
    await expect(jwtVerify(access_token, keys)).rejects.toThrow();
  });

  test("the token answer lives a day for a client that declares cp1, whose revoked token is answered with a claims challenge", async () => {
    const account = await newAccount(stage);
    const claims = JSON.stringify({ access_token: { xms_cc: { values: ["cp1"] } } });
    const { body } = await redeem(await newCode(stage, account.email), { claims });
    expect(body.expires_in).toBeGreaterThan(70_000);
    await stage.control.revokeSessions(account.email);
    const answer = await graphWith(stage, body.access_token)("GET", "/me");
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toContain('error="insufficient_claims"');
  });
});

describe("a code", () => {
  test("an authorization code is good once", async () => {
    const account = await newAccount(stage);
    const code = await newCode(stage, account.email);
    expect((await redeem(code)).status).toBe(200);
    expect(await redeem(code)).toMatchObject({
      status: 400,
      body: { error: "invalid_grant", error_codes: [54005] },
    });
  });

  test.each([
    ["the verifier is wrong", { code_verifier: "x".repeat(43) }, {}, 501481],
    ["the verifier is missing", {}, {}, 501481],
    [
      "the redirect address differs",
      { redirect_uri: "http://127.0.0.1:3000/api/teams/callback" },
      {},
      500112,
    ],
    ["another authority redeems it", {}, { tenant: "organizations" }, 700005],
  ])("an authorization code is refused when %s", async (_name, fields, options, aadsts) => {
    const account = await newAccount(stage);
    const { verifier, challenge } = newPkce();
    const code = await newCode(stage, account.email, {
      code_challenge: challenge,
      code_challenge_method: "S256",
    });
    const isAboutVerifier = aadsts === 501481;
    const answer = await redeem(
      code,
      { ...(isAboutVerifier ? {} : { code_verifier: verifier }), ...fields },
      options,
    );
    expect(answer).toMatchObject({ status: 400, body: { error: "invalid_grant", error_codes: [aadsts] } });
    expect((await redeem(code, { code_verifier: verifier })).status).toBe(200);
  });

  test("an authorization code takes a plain challenge when no method is named, and no verifier where there was no challenge", async () => {
    const account = await newAccount(stage);
    const plain = "p".repeat(50);
    const code = await newCode(stage, account.email, { code_challenge: plain });
    expect((await redeem(code, { code_verifier: plain })).status).toBe(200);
    const bare = await newCode(stage, account.email);
    expect((await redeem(bare, { code_verifier: plain })).body.error_codes).toEqual([501481]);
  });
});

describe("the client", () => {
  const ask = (
    fields: Record<string, string>,
    headers: Record<string, string> = {},
    without: string[] = [],
  ) => {
    const all: Record<string, string> = {
      client_id: SEEDED_APP.clientId,
      client_secret: SEEDED_APP.clientSecret,
      grant_type: "refresh_token",
      refresh_token: "none",
      ...fields,
    };
    for (const name of without) delete all[name];
    return fetch(`${stage.emulator.loginUrl}/common/oauth2/v2.0/token`, {
      method: "POST",
      headers,
      body: new URLSearchParams(all),
    });
  };

  test("the client is refused with 401 invalid_client for a wrong or missing secret", async () => {
    const wrong = await ask({ client_secret: "nope" });
    expect(wrong.status).toBe(401);
    expect(await wrong.json()).toMatchObject({ error: "invalid_client", error_codes: [7000215] });
    expect(await (await ask({}, {}, ["client_secret"])).json()).toMatchObject({
      error: "invalid_client",
      error_codes: [7000218],
    });
  });

  test("the client may use either of two secrets, until one has expired", async () => {
    const app = await stage.control.addApp({
      redirectUris: [REDIRECT_URI],
      secrets: [{ value: "old-secret", expiresAt: Date.now() - 1 }, { value: "new-secret" }],
    });
    const status = async (secret: string) =>
      (await (await ask({ client_id: app.clientId, client_secret: secret })).json()).error_codes;
    expect(await status("old-secret")).toEqual([7000222]);
    expect(await status("new-secret")).toEqual([9002313]);
  });

  test("the client may authenticate by HTTP Basic, but not both ways at once", async () => {
    const basic = {
      authorization: `Basic ${Buffer.from(`${SEEDED_APP.clientId}:${encodeURIComponent(SEEDED_APP.nextClientSecret)}`).toString("base64")}`,
    };
    expect((await (await ask({}, basic, ["client_secret", "client_id"])).json()).error_codes).toEqual([
      9002313,
    ]);
    expect((await (await ask({}, basic)).json()).error).toBe("invalid_request");
  });

  test("the client must not send an Origin", async () => {
    const answer = await (await ask({}, { origin: "http://localhost:3000" })).json();
    expect(answer.error_codes).toEqual([9002326]);
  });

  test("the client must send a form with a grant type this app may use", async () => {
    expect((await (await ask({}, {}, ["grant_type"])).json()).error_codes).toEqual([900144]);
    expect((await (await ask({ grant_type: "password" })).json()).error).toBe("unsupported_grant_type");
    const asJson = await fetch(`${stage.emulator.loginUrl}/common/oauth2/v2.0/token`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    });
    expect(asJson.status).toBe(400);
  });

  test("the client gets error bodies in Entra's form", async () => {
    const body = await (
      await ask({}, { "client-request-id": "11111111-2222-4333-8444-555555555555" })
    ).json();
    expect(body.timestamp).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/);
    expect(body.error_codes[0]).toBeTypeOf("number");
    expect(body.correlation_id).toBe("11111111-2222-4333-8444-555555555555");
    expect(body.error_description).toMatch(/^AADSTS9002313: .+ Trace ID: .+ Correlation ID: .+ Timestamp: /);
    expect(body.error_uri).toContain("code=9002313");
  });
});

describe("a refresh token", () => {
  test("a refresh token rotates, and the old one stays valid", async () => {
    const { refresh_token } = await newTokens(stage, await newAccount(stage));
    const first = await refresh(refresh_token);
    expect(first.body.refresh_token).not.toBe(refresh_token);
    expect((await refresh(refresh_token)).status).toBe(200);
    expect((await refresh(first.body.refresh_token)).status).toBe(200);
  });

  test("a refresh token may be asked for less, and not for what was never consented to", async () => {
    const { refresh_token } = await newTokens(stage, await newAccount(stage));
    const less = await refresh(refresh_token, { scope: "https://graph.microsoft.com/User.Read" });
    expect(less.body.scope).toBe("https://graph.microsoft.com/User.Read");
    expect(less.body.refresh_token).toBeTruthy();
    const more = await refresh(refresh_token, { scope: "Mail.Send" });
    expect(more.body).toMatchObject({
      error: "invalid_grant",
      error_codes: [65001],
      suberror: "consent_required",
    });
  });

  test("a refresh token dies with revoked sessions, ninety idle days, a removed consent, a disabled or deleted user", async () => {
    const codesAfter = async (happen: (email: string) => Promise<unknown>) => {
      const account = await newAccount(stage);
      const { refresh_token } = await newTokens(stage, account);
      await happen(account.email);
      const { status, body } = await refresh(refresh_token);
      return [status, body.error, body.error_codes[0], body.suberror];
    };
    const { control } = stage;
    expect(await codesAfter(control.revokeSessions)).toEqual([400, "invalid_grant", 50173, "bad_token"]);
    expect(await codesAfter(control.expireRefreshTokens)).toEqual([
      400,
      "invalid_grant",
      700082,
      "bad_token",
    ]);
    expect(await codesAfter(control.revokeConsent)).toEqual([
      400,
      "invalid_grant",
      65001,
      "consent_required",
    ]);
    expect(await codesAfter(control.deleteUser)).toEqual([400, "invalid_grant", 50034, "bad_token"]);
    expect(await codesAfter((email) => control.changeAccount(email, { status: "disabled" }))).toEqual([
      400,
      "invalid_grant",
      50057,
      undefined,
    ]);
  });

  test("a refresh token is bound to its client", async () => {
    const { refresh_token } = await newTokens(stage, await newAccount(stage));
    const app = await stage.control.addApp({ redirectUris: [REDIRECT_URI], secrets: [{ value: "s" }] });
    const answer = await refresh(refresh_token, { client_id: app.clientId, client_secret: "s" });
    expect(answer.body.suberror).toBe("client_mismatch");
  });

  test("a refresh token gives a working token again after sessions were revoked and the person signed in again", async () => {
    const account = await newAccount(stage);
    await newTokens(stage, account);
    await stage.control.revokeSessions(account.email);
    await new Promise((later) => setTimeout(later, 2));
    const { refresh_token } = await newTokens(stage, account);
    expect((await refresh(refresh_token)).status).toBe(200);
  });
});

describe("queued faults", () => {
  test("queued faults refuse with any error, once or as often as asked, for one account", async () => {
    const account = await newAccount(stage);
    const other = await newTokens(stage, await newAccount(stage));
    const { refresh_token } = await newTokens(stage, account);
    await stage.control.tokenFault({
      account: account.email,
      times: 2,
      error: "interaction_required",
      aadsts: 50076,
      suberror: "basic_action",
      claims: "{}",
    });
    expect((await refresh(other.refresh_token)).status).toBe(200);
    for (let time = 0; time < 2; time += 1) {
      expect((await refresh(refresh_token)).body).toMatchObject({
        error: "interaction_required",
        error_codes: [50076],
        suberror: "basic_action",
        claims: "{}",
      });
    }
    expect((await refresh(refresh_token)).status).toBe(200);
  });

  test("queued faults answer 503 with Retry-After or cut the line", async () => {
    const account = await newAccount(stage);
    const { refresh_token } = await newTokens(stage, account);
    await stage.control.tokenFault({
      account: account.email,
      status: 503,
      error: "temporarily_unavailable",
      aadsts: 90033,
      retryAfter: 7,
    });
    const busy = await refresh(refresh_token);
    expect([busy.status, busy.headers.get("retry-after")]).toEqual([503, "7"]);
    await stage.control.tokenFault({ account: account.email, outcome: "drop" });
    await expect(refresh(refresh_token)).rejects.toThrow();
  });

  test.each([
    ["fewer_scopes", (body: Record<string, string>) => !body.scope?.includes("Calendars")],
    ["no_refresh_token", (body: Record<string, string>) => !("refresh_token" in body)],
    ["no_id_token", (body: Record<string, string>) => !("id_token" in body)],
    ["wrong_nonce", (body: Record<string, string>) => decodeJwt(body.id_token ?? "").nonce !== "n"],
    [
      "wrong_tenant",
      (body: Record<string, string>) => !String(decodeJwt(body.id_token ?? "").tid).startsWith("c0470500"),
    ],
    [
      "expired_id_token",
      (body: Record<string, string>) => (decodeJwt(body.id_token ?? "").exp ?? 0) < Date.now() / 1000,
    ],
    [
      "wrong_audience",
      (body: Record<string, string>) => decodeJwt(body.id_token ?? "").aud !== SEEDED_APP.clientId,
    ],
  ] as const)("queued faults answer 200 with %s", async (twist, isWrong) => {
    const account = await newAccount(stage);
    const code = await newCode(stage, account.email, { nonce: "n" });
    await stage.control.tokenFault({
      account: account.email,
      outcome: "pass",
      twist,
      withoutScopes: ["Calendars.ReadWrite"],
    });
    const { status, body } = await redeem(code);
    expect(status).toBe(200);
    expect(isWrong(body)).toBe(true);
  });

  test("queued faults break the signature of the id_token", async () => {
    const account = await newAccount(stage);
    const code = await newCode(stage, account.email);
    await stage.control.tokenFault({ account: account.email, outcome: "pass", twist: "bad_signature" });
    const { body } = await redeem(code);
    const keys = createRemoteJWKSet(new URL(`${stage.emulator.loginUrl}/common/discovery/v2.0/keys`));
    await expect(jwtVerify(body.id_token, keys)).rejects.toThrow("signature");
  });
});

test("secrets never reach the request log", async () => {
  const account = await newAccount(stage);
  await newTokens(stage, account);
  const log = JSON.stringify(await stage.control.requests());
  expect(log).not.toContain(SEEDED_APP.clientSecret);
  expect(authorizeUrl(stage)).toContain(SEEDED_APP.clientId);
});
