import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { EnvError, isHttps, parseEnv } from "@/lib/config/env";

const enough = {
  SESSION_SECRET: "a".repeat(32),
  TOKEN_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 1).toString("base64")}`,
  DATA_DIR: mkdtempSync(path.join(tmpdir(), "bellhop-env-")),
};

/** The complaints about an environment; none when it is in order. */
function complaints(more: Record<string, string>): string[] {
  try {
    parseEnv({ ...enough, ...more });
    return [];
  } catch (error) {
    if (error instanceof EnvError) return error.lines;
    throw error;
  }
}

describe("the environment", () => {
  it("the environment fills in what is left out", () => {
    const env = parseEnv({ ...enough, PORT: "4000" });
    expect(env).toMatchObject({
      APP_URL: "http://localhost:4000",
      TEAMS_REDIRECT_URI: "http://localhost:4000/api/teams/callback",
      TEAMS_TENANT_ID: "common",
      TEAMS_SCOPES: "OnlineMeetings.ReadWrite Calendars.ReadWrite offline_access User.Read",
      SIGN_UP: "invite",
      SIGN_IN: ["password", "microsoft"],
      OIDC_NAME: "single sign-on",
      OIDC_SCOPES: "openid email profile",
      WORKER: true,
      TRUST_PROXY: 0,
      SYNC_POLL_SECONDS: 120,
    });
  });

  it("cookies are for https alone where the server's address is one", () => {
    expect(isHttps(parseEnv({ ...enough, APP_URL: "https://book.example.com" }))).toBe(true);
    expect(isHttps(parseEnv({ ...enough, APP_URL: "http://localhost:3000" }))).toBe(false);
  });

  it("the environment warns of texts to any country, until it names those that texts may go to", () => {
    const twilio = {
      TWILIO_ACCOUNT_SID: `AC${"0".repeat(32)}`,
      TWILIO_AUTH_TOKEN: "token",
      TWILIO_FROM: "+15005550006",
    };
    const warnings = (more: Record<string, string>) => parseEnv({ ...enough, ...more }).warnings;
    expect(warnings(twilio)).toEqual([expect.stringMatching(/^TEXT_COUNTRIES isn't set/)]);
    expect(warnings({ ...twilio, TEXT_COUNTRIES: "33, +49" })).toEqual([]);
    expect(warnings({})).toEqual([]);
    for (const wrong of ["FR", "0033", "33;49", "+12345678"]) {
      expect(complaints({ ...twilio, TEXT_COUNTRIES: wrong })).toEqual([
        expect.stringMatching(/^TEXT_COUNTRIES contains something that isn't a country calling code/),
      ]);
    }
    expect(complaints({ TEXTS_PER_DAY: "-1" })).toHaveLength(1);
  });

  it("the environment takes empty for unset, and WORKER=off for no", () => {
    expect(parseEnv({ ...enough, APP_URL: "", WORKER: "off" })).toMatchObject({
      APP_URL: "http://localhost:3000",
      WORKER: false,
    });
  });

  it("the environment takes languages for tests only where both of Microsoft's addresses are an emulator's", () => {
    const language = { formats: "de", direction: "ltr", messages: { common: {} } };
    const TEST_LANGUAGES = JSON.stringify({ de: language });
    const emulator = "http://127.0.0.1:4010";
    const both = { TEAMS_LOGIN_URL: emulator, TEAMS_GRAPH_URL: emulator };
    expect(parseEnv({ ...enough, ...both, TEST_LANGUAGES }).TEST_LANGUAGES).toEqual({ de: language });
    const refused = ["TEST_LANGUAGES is for tests against an emulator on this machine. Leave it out."];
    expect(complaints({ TEST_LANGUAGES })).toEqual(refused);
    expect(complaints({ TEST_LANGUAGES, TEAMS_LOGIN_URL: emulator })).toEqual(refused);
    expect(complaints({ TEST_LANGUAGES, TEAMS_GRAPH_URL: emulator })).toEqual(refused);
    expect(complaints({ ...both, TEST_LANGUAGES: "de" })[0]).toMatch(/^TEST_LANGUAGES isn't a list of lang/);
  });

  it("the environment reads a secret from the file that NAME_FILE names", () => {
    const file = path.join(enough.DATA_DIR, "secret");
    writeFileSync(file, "the-value~from-a-file\n");
    expect(parseEnv({ ...enough, TEAMS_CLIENT_SECRET_FILE: file }).TEAMS_CLIENT_SECRET).toBe(
      "the-value~from-a-file",
    );
    expect(complaints({ TEAMS_CLIENT_SECRET_FILE: file, TEAMS_CLIENT_SECRET: "another" })[0]).toMatch(
      /both set/,
    );
    expect(complaints({ TEAMS_CLIENT_SECRET_FILE: "/nowhere/at/all" })[0]).toMatch(
      /TEAMS_CLIENT_SECRET_FILE names a file that can't be read/,
    );
  });

  it.each([
    [{ PORT: "eighty" }, "PORT", "whole number"],
    [{ PORT: "70000" }, "PORT", "out of range"],
    [{ APP_URL: "visit.here.example" }, "APP_URL", "isn't a web address"],
    [{ APP_URL_ALIASES: "http://termine.example.com" }, "APP_URL_ALIASES", "an address of its own"],
    [{ APP_URL_ALIASES: "https://a.example.com/app" }, "APP_URL_ALIASES", "an address of its own"],
    [{ APP_URL: "https://book.example.com/app" }, "APP_URL", "more than a host"],
    [{ DATABASE_URL: "mysql://x" }, "DATABASE_URL", "isn't a PostgreSQL address"],
    [{ SESSION_SECRET: "hunter2hunter2" }, "SESSION_SECRET", "shorter than 32"],
    [{ TOKEN_ENCRYPTION_KEYS: "k1:c2hvcnQ=" }, "TOKEN_ENCRYPTION_KEYS", "32 bytes"],
    [
      { TOKEN_ENCRYPTION_KEYS: `${enough.TOKEN_ENCRYPTION_KEYS},${enough.TOKEN_ENCRYPTION_KEYS}` },
      "TOKEN_ENCRYPTION_KEYS",
      "repeats a key ID",
    ],
    [{ SIGN_UP: "maybe" }, "SIGN_UP", "open, invite, or closed"],
    [{ SMTP_URL: "mail.example.com" }, "SMTP_URL", "isn't an SMTP address"],
    [{ MAIL_FROM: "reception" }, "MAIL_FROM", "isn't a sender"],
    [{ MAIL_FROM: "A <a@b.example>, C <c@d.example>" }, "MAIL_FROM", "isn't a sender"],
    [{ MAIL_FROM: "A <a@b.example>\r\nBcc: c@d.example" }, "MAIL_FROM", "isn't a sender"],
    [{ TEAMS_CLIENT_ID: "bellhop" }, "TEAMS_CLIENT_ID", "isn't a GUID"],
    [{ TEAMS_CLIENT_SECRET: "7d1e8a3c-1111-4222-8333-444455556666" }, "TEAMS_CLIENT_SECRET", "Secret ID"],
    [{ TEAMS_TENANT_ID: "my tenant" }, "TEAMS_TENANT_ID", "isn't a tenant"],
    [
      { TEAMS_SCOPES: "https://graph.microsoft.com/.default User.Read" },
      "TEAMS_SCOPES",
      ".default scope can't be combined with resource-specific scopes",
    ],
    [{ TEAMS_REDIRECT_URI: "http://book.example.com/api/teams/callback" }, "TEAMS_REDIRECT_URI", "https"],
    [
      { TEAMS_REDIRECT_URI: "http://localhost:3000/oauth/callback" },
      "TEAMS_REDIRECT_URI",
      "accepts no answer",
    ],
    [{ TEAMS_REDIRECT_URI: "http://localhost:3000/api/teams" }, "TEAMS_REDIRECT_URI", "accepts no answer"],
    [
      { TEAMS_REDIRECT_URI: "http://localhost:3000/api/teams/callback/" },
      "TEAMS_REDIRECT_URI",
      "accepts no answer",
    ],
    [
      { TEAMS_REDIRECT_URI: "http://localhost:3000/API/teams/callback" },
      "TEAMS_REDIRECT_URI",
      "accepts no answer",
    ],
    [{ TEAMS_LOGIN_URL: "http://login.example.com" }, "TEAMS_LOGIN_URL", "plain http"],
    [{ TEAMS_GRAPH_URL: "http://10.0.0.1:99" }, "TEAMS_GRAPH_URL", "plain http"],
    [{ TEAMS_GRAPH_URL: "https://graph.microsoft.com/v1.0" }, "TEAMS_GRAPH_URL", "more than a host"],
    [{ TEAMS_GRAPH_URL: "http://127.0.0.1:4400/?a=b" }, "TEAMS_GRAPH_URL", "more than a host"],
    [{ TEAMS_CLIENT_SECRET_EXPIRES_AT: "next year" }, "TEAMS_CLIENT_SECRET_EXPIRES_AT", "YYYY-MM-DD"],
    [{ LOG_LEVEL: "loud" }, "LOG_LEVEL", "unknown"],
    [{ TRUST_PROXY: "yes" }, "TRUST_PROXY", "whole number"],
  ])("the environment refuses %j by name, with the reason, without the value", (wrong, name, reason) => {
    const lines = complaints(wrong);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(new RegExp(`^${name} `));
    expect(lines[0]).toContain(reason);
    for (const value of Object.values(wrong)) {
      if (value.length > 5) expect(lines[0]).not.toContain(value);
    }
  });

  it.each([
    "https://signin.example.com/api/teams/callback",
    "https://signin.example.com/relay",
    "http://127.0.0.1:3000/api/teams/callback",
  ])(
    "the environment starts with a redirect URI elsewhere, which may be a relay, and says so: %s",
    (TEAMS_REDIRECT_URI) => {
      const env = parseEnv({ ...enough, TEAMS_REDIRECT_URI });
      expect(env.TEAMS_REDIRECT_URI).toBe(TEAMS_REDIRECT_URI);
      expect(env.warnings).toHaveLength(1);
      expect(env.warnings[0]).toMatch(/^TEAMS_REDIRECT_URI isn't on APP_URL\./);
      expect(env.warnings[0]).not.toContain(TEAMS_REDIRECT_URI);
    },
  );

  it.each(["", "http://localhost:3000/api/teams/callback"])(
    "the environment says nothing of its own: '%s'",
    (TEAMS_REDIRECT_URI) => {
      expect(parseEnv({ ...enough, TEAMS_REDIRECT_URI }).warnings).toEqual([]);
    },
  );

  it.each([
    "book@example.com",
    "Bellhop <book@localhost>",
    '"Moreau, Ines" <ines@example.com>',
    "Zoë <z@b.example>",
  ])("the environment takes %s for a sender", (MAIL_FROM) => expect(complaints({ MAIL_FROM })).toEqual([]));

  it("the environment names everything that is wrong together", () => {
    expect(complaints({ PORT: "x", SIGN_UP: "y", LOG_LEVEL: "z" })).toHaveLength(3);
  });

  it("the environment lets the hosts of an emulator on this machine be plain http", () => {
    expect(
      complaints({ TEAMS_LOGIN_URL: "http://127.0.0.1:4400", TEAMS_GRAPH_URL: "http://localhost:4400" }),
    ).toEqual([]);
  });

  it.each([
    ["http://127.0.0.1:4400/graph/", "http://127.0.0.1:4400/graph"],
    ["http://localhost:4400/", "http://localhost:4400"],
    ["http://127.1.2.3:4400", "http://127.1.2.3:4400"],
    ["https://graph.microsoft.us/", "https://graph.microsoft.us"],
  ])("the environment keeps the path of an emulator, and of no one else: %s", (TEAMS_GRAPH_URL, address) => {
    expect(parseEnv({ ...enough, TEAMS_GRAPH_URL }).TEAMS_GRAPH_URL).toBe(address);
  });

  it("the environment says how to make the secrets that are missing", () => {
    expect(() => parseEnv({ DATA_DIR: enough.DATA_DIR })).toThrow(
      /SESSION_SECRET isn't set\. Create one with/,
    );
  });
});
