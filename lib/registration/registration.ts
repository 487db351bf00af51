/**
 * This server's registration at the provider: each value from the environment or, where that is silent, as an admin saved
 * it. The one place that knows both; everyone who needs a value asks here each time, so that all processes agree within
 * seconds of a change.
 */
import { record } from "@/lib/audit/record";
import type { ClientCertificate } from "@/lib/config/client-certificate";
import { type Env, env } from "@/lib/config/env";
import { log } from "@/lib/config/log";
import { cloudNamed, type MicrosoftCloud, microsoftClouds } from "@/lib/config/microsoft-values";
import { db } from "@/lib/database/client";
import type { ProviderRegistration } from "@/lib/database/generated/client";
import { type Binding, CipherError, seal, unseal } from "@/lib/encryption/cipher";

const provider = "teams";

/** The variables that win over each value. */
export const registrationVariables = {
  clientId: ["TEAMS_CLIENT_ID"],
  clientSecret: ["TEAMS_CLIENT_SECRET"],
  nextSecret: ["TEAMS_CLIENT_SECRET_NEXT"],
  expiresOn: ["TEAMS_CLIENT_SECRET_EXPIRES_AT"],
  redirectUri: ["TEAMS_REDIRECT_URI"],
  tenant: ["TEAMS_TENANT_ID"],
  scopes: ["TEAMS_SCOPES"],
  cloud: ["TEAMS_LOGIN_URL", "TEAMS_GRAPH_URL"],
  enabled: ["TEAMS_ENABLED"],
} as const;

export type RegistrationValue = keyof typeof registrationVariables;

/** Who a value is from. */
export type Origin = "environment" | "saved" | "default";

export interface Registration {
  clientId: string | null;
  clientSecret: string | null;
  /** Tried when the first is refused. */
  nextSecret: string | null;
  /** The first secret's last day, `YYYY-MM-DD`. */
  expiresOn: string | null;
  /** Tried in this order, before any secret; at most two. */
  certificates: ClientCertificate[];
  /** A file with a token of the machine's own identity, tried before everything else. */
  tokenFile: string | null;
  redirectUri: string;
  /** What it is unless someone says otherwise: this server's own address. */
  ownRedirectUri: string;
  tenant: string;
  /** With blanks between them. */
  scopes: string;
  /** Null where the environment names hosts of its own. */
  cloud: MicrosoftCloud | null;
  loginUrl: string;
  graphUrl: string;
  /** Null: values were saved, and no one has offered them to organizers yet. */
  enabled: boolean | null;
  origins: Record<RegistrationValue, Origin>;
  /** A saved secret does not open: its key is gone. */
  isSealedAway: boolean;
}

const purpose = "ProviderRegistration.Secret.v1";

type SecretKind = "first" | "next";

export const registrationBinding = (ofProvider: string, kind: SecretKind): Binding => ({
  purpose,
  row: `${ofProvider}:${kind}`,
});

/** How long a process may go on with what it read: another's change is seen within this. */
const freshMs = 2_000;

const globals = globalThis as { bellhopRegistration?: { reading: Promise<Registration>; readAt: number } };

/** The registration as it is now, to within two seconds. */
export function registration(): Promise<Registration> {
  const known = globals.bellhopRegistration;
  if (known && Date.now() - known.readAt < freshMs) return known.reading;
  const reading = readRow().then((row) => mergeRegistration(env(), row));
  globals.bellhopRegistration = { reading, readAt: Date.now() };
  reading.catch(forgetRegistration);
  return reading;
}

/** Has the next question read again, where this process itself changed something. */
export function forgetRegistration(): void {
  delete globals.bellhopRegistration;
}

const readRow = () => db().providerRegistration.findUnique({ where: { provider } });

/** Puts both sources together; `saved` is null where nothing was saved, or where there is no database to ask. */
export function mergeRegistration(values: Env, saved: ProviderRegistration | null): Registration {
  const choose = <Value>(name: RegistrationValue, fallback: Value, kept: Value | null | undefined) => {
    const isGiven = registrationVariables[name].some((variable) => values.given.has(variable));
    if (isGiven || kept === null || kept === undefined) {
      return { value: fallback, origin: isGiven ? "environment" : "default" } as const;
    }
    return { value: kept, origin: "saved" } as const;
  };
  const first = open(saved?.clientSecretSealed, "first");
  const next = open(saved?.nextSecretSealed, "next");
  const isEnabled = values.given.has("TEAMS_ENABLED") ? values.TEAMS_ENABLED : null;
  const chosen = {
    clientId: choose("clientId", values.TEAMS_CLIENT_ID ?? null, saved?.clientId),
    clientSecret: choose("clientSecret", values.TEAMS_CLIENT_SECRET ?? null, first.value),
    nextSecret: choose("nextSecret", values.TEAMS_CLIENT_SECRET_NEXT ?? null, next.value),
    expiresOn: choose("expiresOn", values.TEAMS_CLIENT_SECRET_EXPIRES_AT ?? null, toDate(saved?.expiresOn)),
    redirectUri: choose("redirectUri", values.TEAMS_REDIRECT_URI, saved?.redirectUri),
    tenant: choose("tenant", values.TEAMS_TENANT_ID, saved?.tenant),
    scopes: choose("scopes", values.TEAMS_SCOPES, saved?.scopes),
    cloud: choose<string | null>("cloud", null, saved?.cloud),
    enabled: choose<boolean | null>("enabled", isEnabled, saved?.enabled),
  };
  const hosts = { loginUrl: values.TEAMS_LOGIN_URL, graphUrl: values.TEAMS_GRAPH_URL };
  const cloud = chosen.cloud.origin === "environment" ? null : cloudNamed(chosen.cloud.value);
  return {
    clientId: chosen.clientId.value,
    clientSecret: chosen.clientSecret.value,
    nextSecret: chosen.nextSecret.value,
    expiresOn: chosen.expiresOn.value,
    certificates: [values.TEAMS_CLIENT_CERTIFICATE, values.TEAMS_CLIENT_CERTIFICATE_NEXT].filter(
      (certificate) => certificate !== undefined,
    ),
    tokenFile: values.TEAMS_FEDERATED_TOKEN_FILE ?? null,
    redirectUri: chosen.redirectUri.value,
    ownRedirectUri: values.TEAMS_REDIRECT_URI,
    tenant: chosen.tenant.value,
    scopes: chosen.scopes.value,
    cloud,
    ...(cloud ? microsoftClouds[cloud] : hosts),
    enabled: chosen.enabled.value,
    origins: {
      clientId: chosen.clientId.origin,
      clientSecret: chosen.clientSecret.origin,
      nextSecret: chosen.nextSecret.origin,
      expiresOn: chosen.expiresOn.origin,
      redirectUri: chosen.redirectUri.origin,
      tenant: chosen.tenant.origin,
      scopes: chosen.scopes.origin,
      cloud: chosen.cloud.origin,
      enabled: chosen.enabled.origin,
    },
    isSealedAway: first.isSealedAway || next.isSealedAway,
  };
}

const toDate = (at: Date | null | undefined) => at?.toISOString().slice(0, 10);

/** A secret whose key is gone counts as not set: everything but Microsoft goes on. */
function open(sealed: string | null | undefined, kind: SecretKind) {
  if (!sealed) return { value: null, isSealedAway: false };
  try {
    return { value: unseal(sealed, registrationBinding(provider, kind)), isSealedAway: false };
  } catch (error) {
    if (!(error instanceof CipherError)) throw error;
    log().error({ error }, "The saved client secret does not open");
    return { value: null, isSealedAway: true };
  }
}

/** What an admin saves. Null takes a value back to its default; left out, it stays as it is. */
export interface SavedRegistration {
  clientId?: string | null;
  clientSecret?: string | null;
  nextSecret?: string | null;
  /** `YYYY-MM-DD`. */
  expiresOn?: string | null;
  redirectUri?: string | null;
  tenant?: string | null;
  scopes?: string | null;
  cloud?: MicrosoftCloud | null;
}

/** Keeps values, the secrets sealed. Whether organizers are offered the integration stays as it was. */
export async function saveRegistration({
  clientSecret,
  nextSecret,
  expiresOn,
  ...plain
}: SavedRegistration): Promise<void> {
  const sealed = (secret: string | null, kind: SecretKind) =>
    secret === null ? null : seal(secret, registrationBinding(provider, kind));
  const data = {
    ...plain,
    ...(clientSecret === undefined ? {} : { clientSecretSealed: sealed(clientSecret, "first") }),
    ...(nextSecret === undefined ? {} : { nextSecretSealed: sealed(nextSecret, "next") }),
    ...(expiresOn === undefined ? {} : { expiresOn: expiresOn === null ? null : new Date(expiresOn) }),
    changedAt: new Date(),
  };
  await db().$transaction(async (tx) => {
    const before = await tx.providerRegistration.findUnique({ where: { provider } });
    const after = await tx.providerRegistration.upsert({
      where: { provider },
      create: { provider, ...data },
      update: data,
    });
    const details = { before: openFacts(before), after: openFacts(after) };
    const newSecrets = { clientSecret: Boolean(clientSecret), nextSecret: Boolean(nextSecret) };
    await record(tx, { action: "settings.changed", subject, details: { ...details, newSecrets } });
  });
  forgetRegistration();
}

/** What the audit log calls it. */
const subject = "Microsoft Teams";

/** What may be read by everyone who reads the audit log. */
function openFacts(row: ProviderRegistration | null) {
  return {
    clientId: row?.clientId ?? null,
    hasClientSecret: Boolean(row?.clientSecretSealed),
    hasNextSecret: Boolean(row?.nextSecretSealed),
    expiresOn: toDate(row?.expiresOn) ?? null,
    redirectUri: row?.redirectUri ?? null,
    tenant: row?.tenant ?? null,
    scopes: row?.scopes ?? null,
    cloud: row?.cloud ?? null,
    enabled: row?.enabled ?? null,
  };
}

/** Offers the integration to organizers, or takes the offer back; the values stay. */
export async function enableRegistration(enabled: boolean): Promise<void> {
  await db().$transaction(async (tx) => {
    const before = await tx.providerRegistration.findUnique({
      where: { provider },
      select: { enabled: true },
    });
    await tx.providerRegistration.upsert({
      where: { provider },
      create: { provider, enabled },
      update: { enabled },
    });
    const details = { before: { enabled: before?.enabled ?? null }, after: { enabled } };
    await record(tx, { action: "settings.changed", subject, details });
  });
  forgetRegistration();
}

/** The waiting second secret takes the place of the first, where both were saved. */
export async function promoteNextSecret(expiresOn: string | null): Promise<void> {
  const { nextSecret, origins } = await registration();
  if (!nextSecret || origins.nextSecret !== "saved") return;
  await saveRegistration({ clientSecret: nextSecret, nextSecret: null, expiresOn });
}
