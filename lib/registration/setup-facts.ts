/** What of the app registration this server knows, without any secret. */
import { isLoopbackHost } from "@/lib/config/loopback";
import type { MicrosoftCloud } from "@/lib/config/microsoft-values";
import { credentialKey, listCredentials } from "@/lib/registration/credentials";
import { type Registration, type RegistrationValue, registration } from "@/lib/registration/registration";
import { readSecretUse, type SecretUse } from "@/lib/registration/secret-use";
import { isComplete, isDraft, setupOf, type TeamsSetup } from "@/lib/registration/setup-state";

export interface TeamsSetupFacts {
  state: TeamsSetup;
  /** Complete and saved, and not offered to organizers yet. */
  isDraft: boolean;
  /** Null: neither switched on nor off. */
  enabled: boolean | null;
  /** Names of the variables whose values are set neither there nor here. */
  missing: string[];
  /** Microsoft compares it character by character. */
  redirectUri: string;
  tenant: { kind: "common" | "organizations" | "consumers" | "single"; value: string };
  cloud: { kind: MicrosoftCloud | "emulator" | "other"; loginUrl: string };
  scopes: string[];
  clientId: string | null;
  secret: {
    isSet: boolean;
    /** A second secret waits to take over. */
    hasNext: boolean;
    /** Date `YYYY-MM-DD`, if the operator entered one. */
    expiresOn: string | null;
    /** Whole days until then; negative once it has passed. */
    daysLeft: number | null;
    /** A saved secret does not open: its key is gone. */
    isSealedAway: boolean;
  };
  /** What is tried before the secrets. */
  certificates: { thumbprint: string; expiresOn: string; daysLeft: number }[];
  tokenFile: string | null;
  origins: Registration["origins"];
}

const required = {
  clientId: "TEAMS_CLIENT_ID",
  clientSecret: "TEAMS_CLIENT_SECRET",
} as const satisfies Partial<Record<RegistrationValue, string>>;

/** Reads the set-up. `now` is epoch milliseconds. */
export async function readTeamsSetup(now: number): Promise<TeamsSetupFacts> {
  return describeSetup(await registration(), now);
}

/** The same of a registration at hand. */
export function describeSetup(app: Registration, now: number): TeamsSetupFacts {
  const { expiresOn } = app;
  return {
    state: setupOf(app),
    isDraft: isDraft(app) && isComplete(app),
    enabled: app.enabled,
    missing: (["clientId", "clientSecret"] as const)
      .filter((name) => (name === "clientId" ? !app.clientId : listCredentials(app).length === 0))
      .map((name) => required[name]),
    redirectUri: app.redirectUri,
    tenant: tenantOf(app.tenant),
    cloud: { kind: cloudOf(app), loginUrl: app.loginUrl },
    scopes: app.scopes.split(/\s+/),
    clientId: app.clientId,
    secret: {
      isSet: app.clientSecret !== null,
      hasNext: app.nextSecret !== null,
      expiresOn,
      daysLeft: expiresOn ? daysUntil(expiresOn, now) : null,
      isSealedAway: app.isSealedAway,
    },
    certificates: app.certificates.map(({ thumbprint, expiresOn }) => ({
      thumbprint,
      expiresOn,
      daysLeft: daysUntil(expiresOn, now),
    })),
    tokenFile: app.tokenFile,
    origins: app.origins,
  };
}

/** Whole days from `now` (epoch milliseconds) to the beginning of a date; negative once it has passed. */
export function daysUntil(date: string, now: number): number {
  return Math.floor((Date.parse(`${date}T00:00:00Z`) - now) / dayMs);
}

const dayMs = 24 * 3600 * 1000;

/** How both secrets fared last; null for one that is not set. */
export async function readSecretUses(): Promise<{ first: SecretUse | null; next: SecretUse | null }> {
  const { clientSecret, nextSecret } = await registration();
  const [first, next] = await Promise.all([
    clientSecret ? readSecretUse(clientSecret) : null,
    nextSecret ? readSecretUse(nextSecret) : null,
  ]);
  return { first, next };
}

/** How what is tried before the secrets fared last, in the order it is tried. */
export async function readCertificateUses(): Promise<SecretUse[]> {
  const credentials = listCredentials(await registration()).filter(({ kind }) => kind !== "secret");
  return Promise.all(credentials.map((credential) => readSecretUse(credentialKey(credential))));
}

/** What a tenant's value means. */
export function tenantOf(value: string): TeamsSetupFacts["tenant"] {
  const kind = (["common", "organizations", "consumers"] as const).find((known) => known === value);
  return { kind: kind ?? "single", value };
}

/** The sign-in hosts of Microsoft's clouds (Microsoft: authentication-national-cloud). */
function cloudOf({ cloud, loginUrl, graphUrl }: Registration): TeamsSetupFacts["cloud"]["kind"] {
  if (cloud) return cloud;
  const { hostname } = new URL(loginUrl);
  if (hostname === "login.microsoftonline.com") return "global";
  if (hostname === "login.microsoftonline.us") {
    return new URL(graphUrl).hostname.startsWith("dod-") ? "us_gov_dod" : "us_gov_high";
  }
  if (["login.chinacloudapi.cn", "login.partner.microsoftonline.cn"].includes(hostname)) return "china";
  return isLoopbackHost(hostname) ? "emulator" : "other";
}
