import { describe, expect, it } from "vitest";
import { parseEnv } from "@/lib/config/env";
import { mergeRegistration } from "@/lib/registration/registration";
import { describeSetup } from "@/lib/registration/setup-facts";

const base = {
  APP_URL: "https://book.example.com",
  DATA_DIR: "./tests/.no-data",
  SESSION_SECRET: "session-secret-of-the-tests-0123456789abcdef",
  TOKEN_ENCRYPTION_KEYS: `t1:${Buffer.alloc(32, 7).toString("base64")}`,
};
const registered = {
  TEAMS_CLIENT_ID: "6f3c1d58-2a94-4e0b-9c77-b1d0e5a8f412",
  TEAMS_CLIENT_SECRET: "not~a~real~secret",
};
const now = Date.parse("2026-12-01T12:00:00Z");
const read = (more: Record<string, string>) =>
  describeSetup(mergeRegistration(parseEnv({ ...base, ...more }), null), now);

describe("what is known of the app registration", () => {
  it("what is known of the app registration names the variables that are missing and never a value of theirs", () => {
    expect(read({})).toMatchObject({
      state: "not_configured",
      missing: ["TEAMS_CLIENT_ID", "TEAMS_CLIENT_SECRET"],
    });
    expect(read({ TEAMS_CLIENT_ID: registered.TEAMS_CLIENT_ID }).missing).toEqual(["TEAMS_CLIENT_SECRET"]);
  });

  it("what is known of the app registration has no secret in it", () => {
    const facts = read({ ...registered, TEAMS_CLIENT_SECRET_NEXT: "another~secret" });
    expect(facts.secret).toMatchObject({ isSet: true, hasNext: true });
    expect(JSON.stringify(facts)).not.toMatch(/real~secret|another~secret/);
  });

  it("what is known of the app registration is hidden when the operator says so", () => {
    expect(read({ ...registered, TEAMS_ENABLED: "false" }).state).toBe("hidden");
  });

  it("what is known of the app registration gives the redirect URI exactly as it is sent", () => {
    expect(read(registered)).toMatchObject({
      state: "ready",
      redirectUri: "https://book.example.com/api/teams/callback",
    });
  });

  it("what is known of the app registration counts the days that the secret still has", () => {
    expect(read({ ...registered, TEAMS_CLIENT_SECRET_EXPIRES_AT: "2027-01-04" }).secret.daysLeft).toBe(33);
    expect(read({ ...registered, TEAMS_CLIENT_SECRET_EXPIRES_AT: "2026-11-30" }).secret.daysLeft).toBe(-2);
    expect(read(registered).secret.daysLeft).toBeNull();
  });

  it("what is known of the app registration includes the cloud and the kind of tenant", () => {
    const cloud = (TEAMS_LOGIN_URL: string) => read({ TEAMS_LOGIN_URL }).cloud.kind;
    expect(cloud("https://login.microsoftonline.com")).toBe("global");
    expect(cloud("https://login.microsoftonline.us")).toBe("us_gov_high");
    expect(
      read({
        TEAMS_LOGIN_URL: "https://login.microsoftonline.us",
        TEAMS_GRAPH_URL: "https://dod-graph.microsoft.us",
      }).cloud.kind,
    ).toBe("us_gov_dod");
    expect(cloud("https://login.partner.microsoftonline.cn")).toBe("china");
    expect(cloud("http://localhost:4500")).toBe("emulator");
    expect(read({ TEAMS_TENANT_ID: "organizations" }).tenant.kind).toBe("organizations");
    expect(read({ TEAMS_TENANT_ID: "contoso.example" }).tenant).toEqual({
      kind: "single",
      value: "contoso.example",
    });
  });
});
