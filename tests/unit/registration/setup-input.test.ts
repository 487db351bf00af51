import { describe, expect, it } from "vitest";
import { parseEnv } from "@/lib/config/env";
import { mergeRegistration } from "@/lib/registration/registration";
import { checkInput, joinFindings, setupInputSchema, toSave } from "@/lib/registration/setup-input";

const base = {
  APP_URL: "https://book.example.com",
  DATA_DIR: "./tests/.no-data",
  SESSION_SECRET: "session-secret-of-the-tests-0123456789abcdef",
  TOKEN_ENCRYPTION_KEYS: `t1:${Buffer.alloc(32, 7).toString("base64")}`,
};
const guid = "6f3c1d58-2a94-4e0b-9c77-b1d0e5a8f412";
const now = Date.parse("2026-12-01T12:00:00Z");

const fresh = mergeRegistration(parseEnv(base), null);
const look = (typed: Record<string, string>, app = fresh) =>
  checkInput(setupInputSchema.parse(typed), app, now);

describe("a look at one value", () => {
  it.each([
    [{ clientId: "bellhop" }, "clientId", "clientIdForm", true],
    [{ clientId: guid, tenantId: guid }, "clientId", "clientIdIsTenant", true],
    [{ clientId: guid }, "clientId", "clientIdForm_ok", false],
    [{}, "clientId", "clientIdMissing", false],
    [{ clientSecret: guid }, "clientSecret", "secretIsId", true],
    [{ clientSecret: "a b" }, "clientSecret", "secretHasSpace", true],
    [{ clientSecret: "a~b", nextSecret: "a~b" }, "nextSecret", "nextIsFirst", true],
    [{ nextSecret: guid }, "nextSecret", "secretIsId", true],
    [{ expiresOn: "soon" }, "expiresOn", "expiryForm", true],
    [{ expiresOn: "2026-11-20" }, "expiresOn", "expired", false],
    [{ expiresOn: "2026-12-20" }, "expiresOn", "expiresSoon", false],
    [{ expiresOn: "2028-12-20" }, "expiresOn", "expiresLater", false],
    [{ tenantKind: "single", tenantId: "" }, "tenant", "tenantMissing", true],
    [{ tenantKind: "single", tenantId: "my company" }, "tenant", "tenantForm", true],
    [{ tenantKind: "single", tenantId: "common" }, "tenant", "tenantForm", true],
    [{ tenantKind: "single", tenantId: "contoso.example" }, "tenant", "tenantSingle", false],
    [{ tenantKind: "organizations" }, "tenant", "tenantMany", false],
    [{ tenantKind: "consumers" }, "tenant", "tenantConsumers", false],
    [{ tenantKind: "common", cloud: "china" }, "tenant", "tenantNoPersonal", true],
    [{ scopes: "https://graph.microsoft.com/.default User.Read" }, "scopes", "scopesMixed", true],
    [{ scopes: "https://graph.microsoft.com/.default" }, "scopes", "scopesDotDefault", false],
    [{ scopes: "User.Read offline_access" }, "scopes", "scopesNoCalendar", true],
    [{ scopes: "User.Read Calendars.Read" }, "scopes", "scopesNoOffline", true],
    [{ scopes: "User.Read offline_access Calendars.Read" }, "scopes", "scopesReadOnly", false],
    [{ scopes: "Calendars.ReadWrite User.Read" }, "scopes", "scopesNoOffline", true],
    [{ scopes: "Calendars.ReadWrite offline_access" }, "scopes", "scopesMissing", false],
    [{ scopes: fresh.scopes }, "scopes", "scopesAll", false],
    [{ scopes: `${fresh.scopes} Mail.Read` }, "scopes", "scopesExtra", false],
    [{ redirectUri: fresh.ownRedirectUri }, "redirectUri", "redirectSame", false],
    [{ redirectUri: `${fresh.ownRedirectUri}/` }, "redirectUri", "redirectDiffers", true],
    [{ redirectUri: "http://book.example.com/api/teams/callback" }, "redirectUri", "redirectDiffers", true],
    [
      { redirectUri: "https://other.example.com/api/teams/callback" },
      "redirectUri",
      "redirectElsewhere",
      false,
    ],
  ] as const)("a look at the value %o finds about %s: %s", (typed, field, code, stops) => {
    const finding = look(typed)[field];
    expect(finding?.code).toBe(code);
    expect(finding?.stops ?? false).toBe(stops);
  });

  it("a look at one value leaves alone what the environment says, but for a day that comes nearer", () => {
    const env = { ...base, TEAMS_CLIENT_ID: guid, TEAMS_CLIENT_SECRET_EXPIRES_AT: "2026-12-20" };
    const app = mergeRegistration(parseEnv(env), null);
    const findings = look({ clientId: "nonsense", expiresOn: "nonsense" }, app);
    expect(findings.clientId).toBeUndefined();
    expect(findings.expiresOn?.code).toBe("expiresSoon");
    expect(toSave(setupInputSchema.parse({ clientId: "nonsense" }), app)).not.toHaveProperty("clientId");
  });
});

describe("what is saved", () => {
  const save = (typed: Record<string, string>) => toSave(setupInputSchema.parse(typed), fresh);

  it("what is saved has a secret only when one was typed", () => {
    expect(save({ clientId: guid })).not.toHaveProperty("clientSecret");
    expect(save({ clientSecret: " a~secret " })).toMatchObject({ clientSecret: "a~secret" });
    expect(save({ dropNext: "on" })).toMatchObject({ nextSecret: null });
  });

  it("what is saved follows the server's own address and permissions unless someone says otherwise", () => {
    const own = { redirectUri: null, scopes: null };
    expect(save({})).toMatchObject(own);
    expect(save({ redirectUri: fresh.ownRedirectUri, scopes: fresh.scopes })).toMatchObject(own);
  });
});

describe("the first secret's end, with a second one beside it", () => {
  const soon = { expiresOn: "2026-12-20" };
  const app = (nextSecret: string | null) => ({ ...fresh, nextSecret });

  it.each([
    ["a GUID, which is the Secret ID", guid, "expiresRefused"],
    ["something with a blank in it", "abc def", "expiresRefused"],
    ["something that may be one", "abc~def", "expiresUntried"],
    ["nothing", "", "expiresSoon"],
  ])(
    "the first secret's end, with a second one beside it, is covered by what is proven alone: %s",
    (_, nextSecret, code) => {
      expect(look({ ...soon, nextSecret }).expiresOn?.code).toBe(code);
      expect(look(soon, app(nextSecret || null)).expiresOn?.code).toBe(code);
    },
  );

  it("the first secret's end, with a second one beside it, says a saved one's own fault too, no matter who saved it", () => {
    expect(look(soon, app("abc def")).nextSecret).toMatchObject({ code: "secretHasSpace", stops: true });
  });

  it.each([
    ["taken", "expiresCovered"],
    ["refused", "expiresRefused"],
    ["untried", "expiresUntried"],
  ] as const)(
    "the first secret's end, with a second one beside it, goes by how the saved one fared: %s",
    (next, code) => {
      const input = setupInputSchema.parse(soon);
      expect(checkInput(input, app("abc~def"), now, next).expiresOn?.code).toBe(code);
      expect(checkInput({ ...input, dropNext: "on" }, app("abc~def"), now, next).expiresOn?.code).toBe(
        "expiresSoon",
      );
    },
  );

  it.each([
    [{ tone: "success", code: "secretTaken" }, "expiresCovered"],
    [{ tone: "danger", code: "secretWrong" }, "expiresRefused"],
    [{ tone: "success", code: "secretNotRefused" }, "expiresUntried"],
    [{ tone: "warning", code: "unavailable" }, "expiresUntried"],
  ] as const)(
    "the first secret's end, with a second one beside it, goes by what Microsoft has just said: %o",
    (nextSecret, code) => {
      const own = look({ ...soon, nextSecret: "abc~def" });
      expect(joinFindings(own, { nextSecret }, fresh).expiresOn?.code).toBe(code);
    },
  );
});
