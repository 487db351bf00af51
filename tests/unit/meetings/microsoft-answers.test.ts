import { describe, expect, it } from "vitest";
import { judgeAccount } from "@/lib/meetings/teams/account";
import { processAuthorizeAnswer } from "@/lib/meetings/teams/entra";
import { claimsOf, problemOf } from "@/lib/meetings/teams/graph-answer";
import { eventSchema } from "@/lib/meetings/teams/graph-schema";
import { isTenantAllowed, personalTenantId, processIdToken } from "@/lib/meetings/teams/identity";
import { retryAfterSeconds } from "@/lib/meetings/teams/retry-after";

const clientId = "11111111-1111-4111-8111-111111111111";
const tid = "c0470500-0000-4000-8000-000000000001";
const expected = { clientId, loginUrl: "https://login.microsoftonline.com", nonce: "n" };

describe("Retry-After", () => {
  const now = Date.parse("2027-03-01T08:00:00Z");
  it.each([
    ["2.128", 2.128],
    ["30", 30],
    ["Mon, 01 Mar 2027 08:01:30 GMT", 90],
    ["Mon, 01 Mar 2027 07:00:00 GMT", 0],
    ["soon", null],
    ["", null],
  ])("Retry-After of %j means %s seconds", (value, seconds) => {
    expect(retryAfterSeconds(new Headers({ "retry-after": value }), now)).toBe(seconds);
  });
});

describe("the id_token", () => {
  const now = Date.parse("2027-03-01T08:00:00Z");
  const good = {
    aud: clientId,
    iss: `https://login.microsoftonline.com/${tid}/v2.0`,
    exp: now / 1000 + 3600,
    nbf: now / 1000,
    nonce: "n",
    tid,
    oid: "a0000000-0000-4000-8000-000000000001",
  };
  const token = (claims: object) =>
    `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.signature`;

  it("the id_token names the person by tenant and object id", () => {
    expect(processIdToken(token(good), expected, now)).toEqual({
      ok: true,
      value: {
        tenantId: tid,
        accountId: good.oid,
        accountKind: "work",
        name: null,
        email: null,
        roles: [],
      },
    });
    const iss = `https://login.microsoftonline.com/${personalTenantId}/v2.0`;
    expect(processIdToken(token({ ...good, tid: personalTenantId, iss }), expected, now)).toMatchObject({
      value: { accountKind: "personal" },
    });
  });

  it.each([
    [{ aud: "another-app" }, "aud"],
    [{ iss: `https://login.microsoftonline.com/${personalTenantId}/v2.0` }, "iss"],
    [{ iss: `https://evil.example/${tid}/v2.0` }, "iss"],
    [{ nonce: "another" }, "nonce"],
    [{ nonce: undefined }, "nonce"],
    [{ exp: now / 1000 - 301 }, "exp"],
    [{ nbf: now / 1000 + 301 }, "nbf"],
    [{ tid: undefined }, "tid"],
    [{ oid: undefined }, "oid"],
    [{ oid: "not-a-guid" }, "oid"],
  ])("the id_token is refused with %o", (claims, why) => {
    expect(processIdToken(token({ ...good, ...claims }), expected, now)).toEqual({
      ok: false,
      error: { code: "identity_refused", why },
    });
  });

  it.each([
    [`https://login.microsoftonline.com/${tid}/v2.0`, true],
    [`https://login.microsoftonline.us/${tid}/v2.0`, true],
    [`http://127.0.0.1:4400/${tid}/v2.0`, true],
    [`http://localhost:4400/${tid}/v2.0`, true],
    [`https://login.microsoftonline.com/${personalTenantId}/v2.0`, false],
    [`https://evil.example/${tid}/v2.0`, false],
    ["https://login.microsoftonline.com/{tenantid}/v2.0", false],
  ])("the id_token of an emulator on this machine may be signed in the name of %s: %s", (iss, isTaken) => {
    const emulator = { ...expected, loginUrl: "http://127.0.0.1:4400" };
    expect(processIdToken(token({ ...good, iss }), emulator, now).ok).toBe(isTaken);
  });

  it("the id_token is refused when it is missing or no token", () => {
    expect(processIdToken(null, expected)).toMatchObject({ error: { why: "missing" } });
    expect(processIdToken("nonsense", expected)).toMatchObject({ ok: false });
  });

  it.each([
    ["common", "work", true],
    ["common", "personal", true],
    ["organizations", "personal", false],
    ["consumers", "work", false],
    [tid.toUpperCase(), "work", true],
    ["b0470500-0000-4000-8000-000000000009", "work", false],
    ["contoso.example", "work", true],
  ] as const)(
    "the id_token of an account fits the tenant %s for a %s account: %s",
    (allowed, accountKind, fits) => {
      expect(isTenantAllowed({ tenantId: tid, accountId: good.oid, accountKind }, allowed, [])).toBe(fits);
    },
  );

  it("the id_token of a tenant that is not on the operator's list fits nothing", () => {
    const person = { tenantId: tid.toUpperCase(), accountId: good.oid, accountKind: "work" } as const;
    const other = "b0470500-0000-4000-8000-000000000009";
    expect(isTenantAllowed(person, "common", [other])).toBe(false);
    expect(isTenantAllowed(person, "common", [other, tid])).toBe(true);
    expect(isTenantAllowed(person, other, [tid])).toBe(false);
  });
});

describe("what comes back from the sign-in", () => {
  const judge = (query: string) => processAuthorizeAnswer(new URLSearchParams(query));

  it("what comes back from the sign-in is a code", () => {
    expect(judge("code=abc&state=s")).toEqual({ ok: true, value: { authorizationCode: "abc" } });
  });

  it("what comes back from the sign-in is an error even where a code comes with it", () => {
    expect(judge("code=abc&error=access_denied")).toMatchObject({ error: { code: "declined" } });
  });

  it("what comes back from the sign-in keeps error and number for support, and nothing of the text", () => {
    const text = encodeURIComponent("AADSTS65004: User ann@example.org declined to consent.");
    expect(judge(`error=access_denied&error_description=${text}`)).toEqual({
      ok: false,
      error: { code: "declined", detail: "access_denied AADSTS65004" },
    });
  });

  it("what comes back from the sign-in is nothing at all", () => {
    expect(judge("")).toMatchObject({ error: { code: "sign_in_failed", detail: "no_code" } });
  });
});

describe("Graph's errors", () => {
  const answer = (status: number, body: unknown) => ({
    status,
    body,
    requestId: null,
    retryAfterSeconds: null,
    claims: null,
  });

  it("Graph's errors are read with half of their members missing", () => {
    expect(problemOf(answer(400, { error: { code: "" } }), "GET /me")).toMatchObject({ code: "unavailable" });
    expect(problemOf(answer(200, null), "GET /me")).toBeNull();
    expect(
      problemOf(answer(403, { error: { code: "X", innerError: { "request-id": "r1" } } }), "GET /me")
        ?.details,
    ).toEqual({ status: 403, vendorCode: "X", requestId: "r1" });
  });

  it("Graph's errors never carry Graph's own text, which may quote what people wrote", () => {
    const error = { code: "ErrorX", message: "The subject 'My secret' is too long" };
    expect(problemOf(answer(400, { error }), "POST /me/events")?.message).toBe(
      "POST /me/events was answered 400 ErrorX",
    );
  });

  it.each([404, 410])("Graph's errors show a lost event by %i from Graph itself", (status) => {
    const gone = problemOf(answer(status, { error: { code: "ErrorItemNotFound" } }), "GET");
    expect(gone?.isGone).toBe(true);
    expect(problemOf(answer(status, null), "GET")).toMatchObject({ isGone: false, code: "unavailable" });
  });

  it.each([
    [{ error: { code: 17, message: null, innerError: "x" } }],
    [{ error: { code: "ErrorX", "@event.existingEventId": null, innerError: { "request-id": 4 } } }],
  ])("Graph's errors are Graph's whatever the form of their members: %o", (body) => {
    expect(problemOf(answer(400, body), "GET")).toMatchObject({ more: { isFromGraph: true } });
  });

  it("Graph's errors say what the next token has to satisfy", () => {
    const claims = JSON.stringify({ access_token: { nbf: { essential: true, value: "1635527790" } } });
    const encoded = Buffer.from(claims).toString("base64");
    const header = (value: string) => claimsOf(new Headers({ "WWW-Authenticate": value }));
    expect(header(`Bearer realm="", error="insufficient_claims", claims="${encoded}"`)).toBe(claims);
    expect(header('Bearer realm="", client_id="00000003"')).toBeNull();
    expect(header('Bearer claims="nonsense"')).toBeNull();
  });
});

describe("times of an event", () => {
  const start = (dateTime: string, timeZone: string) => {
    const at = { dateTime, timeZone };
    return eventSchema.safeParse({ id: "e", start: at, end: at }).data?.start.toISOString();
  };

  it.each([
    ["2027-03-01T08:00:00.0000000", "UTC", "2027-03-01T08:00:00.000Z"],
    ["2027-03-01T08:00:00", "Etc/UTC", "2027-03-01T08:00:00.000Z"],
    ["2027-03-01T08:00:00.1234567", "tzone://Microsoft/Utc", "2027-03-01T08:00:00.123Z"],
    ["2027-03-01T09:00:30.0000000", "Europe/Paris", "2027-03-01T08:00:30.000Z"],
    ["2027-07-01T09:00:00.0000000", "America/New_York", "2027-07-01T13:00:00.000Z"],
    ["2027-03-01T09:00:00.0000000", "Romance Standard Time", "2027-03-01T08:00:00.000Z"],
    ["2027-03-01T09:00:00.0000000", "Atlantis Standard Time", undefined],
    ["tomorrow", "UTC", undefined],
  ])("an event's time of %s in %s is %s", (dateTime, timeZone, expectedInstant) => {
    expect(start(dateTime, timeZone)).toBe(expectedInstant);
  });
});

describe("an account", () => {
  const scopes = "OnlineMeetings.ReadWrite Calendars.ReadWrite User.Read";
  const grant = { asked: `${scopes} offline_access`, granted: scopes };
  const calendar = {
    allowedOnlineMeetingProviders: ["teamsForBusiness"],
    owner: { address: "owner@contoso.example" },
  };
  const profile = { mail: "mail@contoso.example", userPrincipalName: "upn@contoso.example" };

  it.each([
    [profile, "mail@contoso.example"],
    [{ ...profile, mail: null }, "owner@contoso.example"],
  ])("an account is called by its best address: %o", (seen, accountEmail) => {
    expect(judgeAccount({ accountKind: "work" }, grant, { profile: seen, calendar })).toMatchObject({
      accountEmail,
      state: "connected",
    });
  });

  it("an account is not called by a guest's sign-in name", () => {
    const guest = { mail: null, userPrincipalName: "ann_example.org#EXT#@contoso.example" };
    expect(
      judgeAccount({ accountKind: "work" }, grant, { profile: guest, calendar: "no_mailbox" }),
    ).toMatchObject({ accountEmail: "", state: "limited", reason: "no_mailbox" });
  });

  it("an account that is personal has no Teams, whatever its calendar says", () => {
    expect(judgeAccount({ accountKind: "personal" }, grant, { profile, calendar })).toMatchObject({
      teamsAvailable: false,
      reason: "personal_account",
    });
  });

  it("an account whose calendar may not be read lacks a permission", () => {
    expect(judgeAccount({ accountKind: "work" }, grant, { profile, calendar: null })).toMatchObject({
      state: "reconnect_needed",
      reason: "calendar_denied",
    });
  });

  it("an account that was granted less than was asked for lacks a permission, whatever else it can do", () => {
    const less = { asked: "Calendars.ReadWrite User.Read", granted: "https://graph.microsoft.com/user.read" };
    expect(judgeAccount({ accountKind: "work" }, less, { profile, calendar })).toMatchObject({
      state: "reconnect_needed",
      reason: "missing_scopes",
    });
  });

  it("an account is not blamed for what is asked of newcomers since", () => {
    const then = { asked: "User.Read", granted: "User.Read" };
    expect(judgeAccount({ accountKind: "work" }, then, { profile, calendar })).toMatchObject({
      state: "connected",
    });
  });
});
