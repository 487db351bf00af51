/**
 * The only reader of the process environment. Every value is checked once; a wrong one names the variable, says
 * what is wrong and how to fix it, and never repeats the value.
 */
import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import path from "node:path";
import { parseEnv as parseDotenv } from "node:util";
import { z } from "zod";
import { readClientCertificate } from "@/lib/config/client-certificate";
import { isLoopbackHost } from "@/lib/config/loopback";
import { scopesProblem, secretProblem, tenantProblem } from "@/lib/config/microsoft-values";
import { callbackPath, judgeRedirectUri } from "@/lib/config/redirect-uri";

const hours = 3600;

const flag = (fallback: boolean) =>
  z
    .enum(["true", "false", "1", "0", "yes", "no", "on", "off"], {
      error: "isn't a switch. Use true or false",
    })
    .transform((text) => ["true", "1", "yes", "on"].includes(text))
    .default(fallback);

const wholeNumber = (min: number, max: number, fallback: number) =>
  z
    .string()
    .regex(/^\d+$/, `isn't a whole number. Use one from ${min} to ${max}`)
    .transform(Number)
    .refine((n) => n >= min && n <= max, `is out of range. Use a number from ${min} to ${max}`)
    .default(fallback);

const webAddress = z.string().transform((text, ctx) => {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && /^https?:$/.test(url.protocol)) return url;
  ctx.addIssue("isn't a web address. Use a full address, such as https://book.example.com");
  return z.NEVER;
});

const hostAlone =
  "contains more than a host. Use only scheme, host, and port, such as https://book.example.com";

const origin = webAddress.transform((url, ctx) => {
  if (url.pathname === "/" && !url.search && !url.hash && !url.username) return url.origin;
  ctx.addIssue(hostAlone);
  return z.NEVER;
});

const isLoopback = (url: URL) => isLoopbackHost(url.hostname);

function isOwnOrigin(text: string): boolean {
  const { success, data } = origin.safeParse(text);
  return success && (data.startsWith("https:") || isLoopback(new URL(data)));
}

/** A vendor's host. An emulator on this machine may be plain http, and have everything below a path. */
const vendorAddress = (fallback: string) =>
  webAddress
    .transform((url, ctx) => {
      const path = isLoopback(url) ? url.pathname.replace(/\/+$/, "") : "";
      const isPlain = url.protocol === "http:" && !isLoopback(url);
      const hasMore = url.search || url.hash || url.username || (path === "" && url.pathname !== "/");
      if (!isPlain && !hasMore) return `${url.origin}${path}`;
      const fix = `Only an emulator on this machine can use http. Use ${fallback}`;
      ctx.addIssue(isPlain ? `is plain http. ${fix}` : hostAlone);
      return z.NEVER;
    })
    .default(fallback);

/** An OpenID Connect issuer. Its `iss` is compared letter by letter, so it is kept as it was written. */
const issuer = z.string().superRefine((text, ctx) => {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url));
  if (isSafe && !url.search && !url.hash && !url.username) return;
  ctx.addIssue(
    "isn't an issuer. Use its address as the provider shows it, with https, such as https://id.example.com/realms/staff",
  );
});

const redirectUri = z.string().refine((text) => {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return (url.protocol === "https:" || isLoopback(url)) && !url.hash && !url.search;
}, "isn't a redirect URI that Microsoft accepts. Use APP_URL followed by /api/teams/callback, with https unless it's localhost");

const keyRing = z.string().transform((text, ctx) => {
  const keys = text.split(",").map((part) => part.trim());
  const ring: { id: string; key: Buffer }[] = [];
  for (const [index, part] of keys.entries()) {
    const match = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/=_-]+)$/.exec(part);
    const key = match?.[2] ? Buffer.from(match[2], "base64") : null;
    if (!match?.[1] || key?.length !== 32) {
      ctx.addIssue(
        `entry ${index + 1} isn't id:base64 of 32 bytes. Create one with: node -e "console.log('k1:'+require('crypto').randomBytes(32).toString('base64'))"`,
      );
      return z.NEVER;
    }
    if (ring.some((other) => other.id === match[1])) {
      ctx.addIssue(`entry ${index + 1} repeats a key ID. Give each key its own`);
      return z.NEVER;
    }
    ring.push({ id: match[1], key });
  }
  return ring;
});

const sessionSecrets = z
  .string()
  .transform((text) => text.split(",").map((part) => part.trim()))
  .refine((list) => list.every((secret) => secret.length >= 32), {
    error: `contains a secret shorter than 32 characters. Create one with: node -e "console.log(require('crypto').randomBytes(32).toString('base64url'))"`,
  });

const postgresUrl = z
  .string()
  .refine((text) => URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol), {
    error: "isn't a PostgreSQL address. Use postgresql://user:password@host:5432/name, or leave it out",
  });

const smtpUrl = z.string().refine((text) => URL.canParse(text) && /^smtps?:$/.test(new URL(text).protocol), {
  error: "isn't an SMTP address. Use smtp://user:password@host:587, or smtps:// for TLS from the start",
});

// A name, quoted where it has marks that mean something in a header, and one address; or the address alone (RFC 5322).
const sender =
  /^(?:(?:"[^"\p{Cc}]*"|[^"<>@,;:\p{Cc}]*)\s*<[^\s<>@,;"]+@[^\s<>@,;"]+>|[^\s<>@,;"]+@[^\s<>@,;"]+)$/u;

/** Turns the answer of a checking function (null: in order) into a zod check. */
const checked = (problem: (text: string) => string | null) =>
  z.string().superRefine((text, ctx) => {
    const message = problem(text);
    if (message) ctx.addIssue(message);
  });

const clientCertificate = z.string().transform((text, ctx) => {
  const read = readClientCertificate(text);
  if (typeof read !== "string") return read;
  ctx.addIssue(read);
  return z.NEVER;
});

/** Languages by their tags, as JSON: more than are shipped, for tests. */
const languages = z.string().transform((text, ctx) => {
  try {
    return z
      .record(
        z.string(),
        z.object({ formats: z.string(), direction: z.enum(["ltr", "rtl"]), messages: z.looseObject({}) }),
      )
      .parse(JSON.parse(text));
  } catch {
    ctx.addIssue("isn't a list of languages. It's only for tests, so leave it out");
    return z.NEVER;
  }
});

/** A comma list of distinct words, lower case; `each` checks one of them and says what is wrong with it. */
const commaList = (each: (word: string) => string | null) =>
  z.string().transform((text, ctx) => {
    const words = text
      .split(",")
      .map((word) => word.trim().toLowerCase())
      .filter(Boolean);
    const problem = words.map(each).find((message) => message !== null);
    if (words.length > 0 && !problem) return [...new Set(words)];
    ctx.addIssue(problem ?? "is empty. Leave it out, or name at least one");
    return z.NEVER;
  });

/** `system`, `off`, or addresses of name servers, with a port where it isn't 53. */
const dnsServers = z.string().transform((text, ctx) => {
  if (text === "system" || text === "off") return text;
  const servers = text.split(",").map((part) => part.trim());
  const hostOf = (server: string) =>
    server.replace(/^\[(.+)\](?::\d+)?$/, "$1").replace(/^([\d.]+):\d+$/, "$1");
  if (servers.every((server) => isIP(hostOf(server)) !== 0)) return servers;
  ctx.addIssue(
    "contains something that isn't a name server. Use system, off, or addresses such as 192.0.2.53",
  );
  return z.NEVER;
});

/** The standard has values in percent signs; many write them plainly. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const waysIn = ["password", "microsoft", "oidc"] as const;

const domain = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,62}$/;

const schema = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
  PORT: wholeNumber(0, 65_535, 3000),
  /** Read by scripts/start.mjs, which says what is wrong with it. */
  HOST: z.string().optional(),
  WORKER_PORT: wholeNumber(0, 65_535, 0),
  APP_URL: origin.optional(),
  APP_URL_ALIASES: commaList((word) =>
    isOwnOrigin(word)
      ? null
      : "contains something that isn't an address of its own. Use scheme, host, and port only, with https unless it's this machine, such as https://termine.example.com",
  )
    .transform((words) => words.map((word) => new URL(word).origin))
    .optional(),
  DATA_DIR: z.string().default("./data"),
  DATABASE_URL: postgresUrl.optional(),
  /** With fewer, a job that asks for something inside a transaction could wait for itself. */
  DATABASE_CONNECTIONS: wholeNumber(4, 200, 10),
  SESSION_SECRET: sessionSecrets.optional(),
  TOKEN_ENCRYPTION_KEYS: keyRing.optional(),
  SIGN_UP: z
    .enum(["open", "invite", "closed"], { error: "is unknown. Use open, invite, or closed" })
    .default("invite"),
  SIGN_UP_DOMAINS: commaList((word) =>
    domain.test(word) ? null : "contains something that isn't a domain. Use domains such as example.com",
  ).optional(),
  SETUP_TOKEN: z
    .string()
    .min(16, "is too short. Use at least 16 characters")
    .max(200, "is too long. Use at most 200 characters")
    .optional(),
  SIGN_IN: commaList((word) =>
    waysIn.some((way) => way === word)
      ? null
      : "contains an unknown way to sign in. Use password, microsoft, and oidc",
  )
    .default(["password", "microsoft"])
    .transform((words) => waysIn.filter((way) => words.includes(way))),
  OIDC_ISSUER: issuer.optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z.string().max(60, "is too long. Use at most 60 characters").default("single sign-on"),
  OIDC_SCOPES: z
    .string()
    .refine((text) => text.split(/\s+/).includes("openid"), "lacks openid. Use openid email profile")
    .default("openid email profile"),
  SMTP_URL: smtpUrl.optional(),
  MAIL_FROM: z
    .string()
    .regex(sender, "isn't a sender. Use an address, or a name and an address: Bellhop <book@example.com>")
    .default("Bellhop <bellhop@localhost>"),
  SECURITY_CONTACT: z
    .string()
    .regex(
      /^(?:https:\/\/\S+|(?:mailto:)?[^\s@:]+@[^\s@]+)$/,
      "isn't a contact. Use an email address, or the https address of a page",
    )
    .transform((text) => (/^(?:https|mailto):/.test(text) ? text : `mailto:${text}`))
    .optional(),
  AUDIT_RETENTION_DAYS: wholeNumber(30, 3650, 365),
  WORKER: flag(true),
  RATE_LIMITS: flag(true),
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"], {
      error: "is unknown. Use fatal, error, warn, info, debug, trace, or silent",
    })
    .default("info"),
  OTEL_EXPORTER_OTLP_ENDPOINT: webAddress.transform((url) => url.href).optional(),
  OTEL_EXPORTER_OTLP_HEADERS: z
    .string()
    .regex(
      /^\s*[\w!#$%&'*.^`|~+-]+=[^,]*(?:,\s*[\w!#$%&'*.^`|~+-]+=[^,]*)*$/,
      "isn't a list of headers. Use name=value, separated by commas",
    )
    .transform((text) =>
      Object.fromEntries(
        text.split(",").map((part) => {
          const [name = "", ...value] = part.split("=");
          return [name.trim(), decoded(value.join("=").trim())];
        }),
      ),
    )
    .optional(),
  OTEL_SERVICE_NAME: z.string().default("bellhop"),
  TRUST_PROXY: wholeNumber(0, 16, 0),
  DNS_SERVERS: dnsServers.default("system"),
  SYNC_POLL_SECONDS: wholeNumber(1, 24 * hours, 120),
  WEBHOOK_TARGETS: z.enum(["public", "any"], { error: "is unknown. Use public or any" }).optional(),
  TEAMS_CLIENT_ID: z
    .guid("isn't a GUID. Copy the Application (client) ID from the app's Overview")
    .optional(),
  TEAMS_CLIENT_SECRET: checked(secretProblem).optional(),
  TEAMS_CLIENT_SECRET_NEXT: checked(secretProblem).optional(),
  TEAMS_CLIENT_SECRET_EXPIRES_AT: z.iso
    .date("isn't a date. Use YYYY-MM-DD, as the Entra admin center shows it")
    .optional(),
  TEAMS_CLIENT_CERTIFICATE: clientCertificate.optional(),
  TEAMS_CLIENT_CERTIFICATE_NEXT: clientCertificate.optional(),
  TEAMS_FEDERATED_TOKEN_FILE: z
    .string()
    .refine((text) => path.isAbsolute(text), "isn't a full path. Start it with /")
    .optional(),
  TEAMS_REDIRECT_URI: redirectUri.optional(),
  TEAMS_TENANT_ID: checked(tenantProblem).default("common"),
  TEAMS_SCOPES: checked(scopesProblem).default(
    "OnlineMeetings.ReadWrite Calendars.ReadWrite offline_access User.Read",
  ),
  TEAMS_ENABLED: flag(true),
  TEAMS_ALLOWED_TENANTS: commaList((word) =>
    z.guid().safeParse(word).success
      ? null
      : "contains something that isn't a tenant ID. Use GUIDs, as the Entra admin center shows them",
  ).optional(),
  TEAMS_MANAGED_TENANTS: commaList((word) =>
    z.guid().safeParse(word).success
      ? null
      : "contains something that isn't a tenant ID. Use GUIDs, as the Entra admin center shows them",
  ).optional(),
  TEAMS_APP_ROLES: flag(false),
  TEAMS_LOGIN_URL: vendorAddress("https://login.microsoftonline.com"),
  TEAMS_GRAPH_URL: vendorAddress("https://graph.microsoft.com"),
  TWILIO_ACCOUNT_SID: z
    .string()
    .regex(/^AC[0-9a-f]{32}$/i, "isn't an Account SID. Copy it from the Twilio console: AC and 32 characters")
    .optional(),
  TWILIO_AUTH_TOKEN: z.string().optional(),
  TWILIO_FROM: z
    .string()
    .regex(
      /^(\+[1-9]\d{6,14}|MG[0-9a-f]{32}|[A-Za-z0-9 ]{1,11})$/i,
      "isn't a sender. Use a number such as +33123456789, a Messaging Service SID, or up to 11 letters",
    )
    .optional(),
  TWILIO_API_URL: vendorAddress("https://api.twilio.com"),
  TEXT_COUNTRIES: commaList((word) =>
    /^\+?[1-9]\d{0,6}$/.test(word)
      ? null
      : "contains something that isn't a country calling code. Use codes such as 33,49",
  ).optional(),
  TEXTS_PER_DAY: wholeNumber(0, 1_000_000, 500),
  TEST_LANGUAGES: languages.optional(),
});

type Parsed = z.output<typeof schema>;

export type Env = Omit<
  Parsed,
  "APP_URL" | "TEAMS_REDIRECT_URI" | "SESSION_SECRET" | "TOKEN_ENCRYPTION_KEYS" | "WEBHOOK_TARGETS"
> & {
  /** Names that were given a value; the others have their default, which an admin's own choice may replace. */
  given: ReadonlySet<string>;
  /** Values that may be meant and may be a slip, one sentence each, without any secret. */
  warnings: readonly string[];
  APP_URL: string;
  TEAMS_REDIRECT_URI: string;
  /** Which addresses organizers' webhooks may reach. */
  WEBHOOK_TARGETS: "public" | "any";
  /** First seals, all open. */
  SESSION_SECRET: string[];
  /** First encrypts, all decrypt. */
  TOKEN_ENCRYPTION_KEYS: { id: string; key: Buffer }[];
};

/** One or more variables are wrong; `lines` has one sentence each, without any value. */
export class EnvError extends Error {
  readonly code = "env_invalid";
  constructor(readonly lines: string[]) {
    super(lines.join("\n"));
    this.name = "EnvError";
  }
}

type Source = Record<string, string | undefined>;

/** Empty means unset; `NAME_FILE` names a file whose content is the value (trailing line break cut off). */
function readValues(source: Source, problems: string[]): Source {
  const values: Source = {};
  for (const name of Object.keys(schema.shape)) {
    const direct = source[name]?.trim();
    const file = source[`${name}_FILE`]?.trim();
    if (direct) values[name] = direct;
    if (!file) continue;
    if (direct) {
      problems.push(`${name} and ${name}_FILE are both set. Keep one of them.`);
      continue;
    }
    try {
      values[name] = readFileSync(file, "utf8").trim();
    } catch {
      problems.push(`${name}_FILE names a file that can't be read. Check the path and its permissions.`);
    }
  }
  return values;
}

/** Secrets that `npm run demo` made for this data folder; the environment wins over them. */
function readOwnSecrets(dataDir: string): Source {
  try {
    return parseDotenv(readFileSync(path.join(dataDir, "secrets.env"), "utf8")) as Source;
  } catch {
    return {};
  }
}

/** The variables that an operator may set. */
export function listVariables(): string[] {
  return Object.keys(schema.shape).filter((name) => name !== "NODE_ENV" && name !== "TEST_LANGUAGES");
}

/** Checks an environment and returns the typed values. Throws `EnvError` with every problem at once. */
export function parseEnv(source: Source): Env {
  const problems: string[] = [];
  const values = readValues(source, problems);
  const all = { ...readOwnSecrets(values.DATA_DIR ?? "./data"), ...values };
  const parsed = schema.safeParse(all);
  for (const issue of parsed.error?.issues ?? []) {
    problems.push(`${issue.path.join(".")} ${issue.message}.`);
  }
  if (!parsed.success || problems.length > 0) throw new EnvError(problems);

  const env = parsed.data;
  for (const name of ["SESSION_SECRET", "TOKEN_ENCRYPTION_KEYS"] as const) {
    if (!env[name]) problems.push(`${name} isn't set. ${howToMake[name]}`);
  }
  const twilio = ["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_FROM"] as const;
  for (const name of twilio) {
    if (!env[name] && twilio.some((other) => env[other])) {
      problems.push(`${name} isn't set. Text messages need ${twilio.join(", ")}. Set all three or none.`);
    }
  }
  const oidc = ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"] as const;
  for (const name of env.SIGN_IN.includes("oidc") ? oidc : []) {
    if (!env[name]) problems.push(`${name} isn't set. SIGN_IN has oidc, which needs ${oidc.join(", ")}.`);
  }
  const vendors = [env.TEAMS_LOGIN_URL, env.TEAMS_GRAPH_URL];
  if (env.TEST_LANGUAGES && !vendors.every((url) => isLoopback(new URL(url)))) {
    problems.push("TEST_LANGUAGES is for tests against an emulator on this machine. Leave it out.");
  }
  if (problems.length > 0) throw new EnvError(problems);
  if (!env.SESSION_SECRET || !env.TOKEN_ENCRYPTION_KEYS) throw new EnvError(problems);

  const appUrl = env.APP_URL ?? `http://localhost:${env.PORT}`;
  const redirect = env.TEAMS_REDIRECT_URI ? judgeRedirectUri(env.TEAMS_REDIRECT_URI, appUrl) : null;
  const redirectLine = redirect ? [`TEAMS_REDIRECT_URI ${redirect.text}.`] : [];
  // Programs that book for others send texts to the countries where a text pays them.
  const goesAnywhere = env.TWILIO_FROM !== undefined && env.TEXT_COUNTRIES === undefined;
  const textLine = goesAnywhere
    ? ["TEXT_COUNTRIES isn't set: text messages can go to any country. Set the calling codes of yours."]
    : [];
  if (redirect?.stops) throw new EnvError(redirectLine);
  return {
    ...env,
    warnings: [...redirectLine, ...textLine],
    given: new Set(Object.keys(all)),
    DATA_DIR: path.resolve(env.DATA_DIR),
    APP_URL: appUrl,
    TEAMS_REDIRECT_URI: env.TEAMS_REDIRECT_URI ?? `${appUrl}${callbackPath}`,
    WEBHOOK_TARGETS: env.WEBHOOK_TARGETS ?? (isLoopback(new URL(appUrl)) ? "any" : "public"),
    SESSION_SECRET: env.SESSION_SECRET,
    TOKEN_ENCRYPTION_KEYS: env.TOKEN_ENCRYPTION_KEYS,
  };
}

const howToMake = {
  SESSION_SECRET: `Create one with: node -e "console.log(require('crypto').randomBytes(32).toString('base64url'))"`,
  TOKEN_ENCRYPTION_KEYS: `Create one with: node -e "console.log('k1:'+require('crypto').randomBytes(32).toString('base64'))"`,
};

let cached: Env | undefined;

/** The checked environment of this process. Throws `EnvError` on first use when a value is wrong. */
export function env(): Env {
  cached ??= parseEnv(process.env);
  return cached;
}

/** True where browsers reach Bellhop by https: its cookies are sent nowhere else then. */
export function isHttps({ APP_URL } = env()): boolean {
  return APP_URL.startsWith("https:");
}

/** True where Microsoft is an emulator on this machine, as in the demo: no one's real account is at stake. */
export function isDemo({ TEAMS_LOGIN_URL, TEAMS_GRAPH_URL } = env()): boolean {
  return [TEAMS_LOGIN_URL, TEAMS_GRAPH_URL].every((url) => isLoopback(new URL(url)));
}

/** True while Next.js builds, when there is no environment to speak of. */
export function isBuilding(): boolean {
  return process.env.NEXT_PHASE === "phase-production-build";
}

/** Points this process at the embedded database once it runs; the server and its worker share the address. */
export function setDatabaseUrl(url: string): void {
  cached = { ...env(), DATABASE_URL: url };
  process.env.DATABASE_URL = url;
}
