/**
 * Asks Microsoft about a registration before anyone relies on it. Reads and stores nothing: the tenant's public description,
 * and one token request for each credential whose answer is thrown away.
 */
import { randomBytes } from "node:crypto";
import { log } from "@/lib/config/log";
import { ProviderError } from "@/lib/meetings/provider";
import { graphResource } from "@/lib/meetings/teams/entra";
import {
  detailOf,
  errorOf,
  isCredentialRefused,
  sendWith,
  type TokenAnswer,
} from "@/lib/meetings/teams/token-endpoint";
import { type Credential, credentialKey, listCredentials } from "@/lib/registration/credentials";
import type { Registration } from "@/lib/registration/registration";
import { noteSecretRefused, noteSecretTaken } from "@/lib/registration/secret-use";
import type { Finding, Findings } from "@/lib/registration/setup-input";

const timeoutMs = 8_000;

/** What Microsoft says of tenant, app and both secrets; how certificates fare is noted with them. Values that are not there are not asked about. */
export async function probeRegistration(app: Registration): Promise<Findings> {
  const tenant = await probeTenant(app);
  if (tenant.tone !== "success") return { tenant };
  if (!app.clientId) return { tenant };
  const judged: { credential: Credential; finding: Finding }[] = [];
  for (const credential of listCredentials(app)) {
    judged.push({ credential, finding: await probeCredential(app, credential) });
  }
  const [first] = judged;
  if (!first) return { tenant };
  if (first.finding.code === "clientIdUnknown") return { tenant, clientId: first.finding };
  const isKnown = first.finding.code !== "unavailable" && first.finding.code !== "otherAnswer";
  const of = (secret: string | null) =>
    judged.find(({ credential }) => credential.kind === "secret" && credential.value === secret)?.finding;
  const own = of(app.clientSecret);
  const next = of(app.nextSecret);
  const secrets = { ...(own ? { clientSecret: own } : {}), ...(next ? { nextSecret: next } : {}) };
  return {
    tenant,
    ...secrets,
    ...(isKnown ? { clientId: { tone: "success", code: "clientIdKnown" } as const } : {}),
  };
}

/** The tenant's OpenID description is public: there is one exactly where there is a tenant. */
async function probeTenant({ loginUrl, tenant }: Registration): Promise<Finding> {
  const address = `${loginUrl}/${encodeURIComponent(tenant)}/v2.0/.well-known/openid-configuration`;
  try {
    const { status } = await fetch(address, { redirect: "error", signal: AbortSignal.timeout(timeoutMs) });
    if (status === 200) return { tone: "success", code: "tenantKnown" };
    return status < 500 && status !== 429 ? { tone: "danger", code: "tenantUnknown" } : unavailable;
  } catch (error) {
    log().info({ error }, "The tenant's description could not be read");
    return unavailable;
  }
}

const unavailable: Finding = { tone: "warning", code: "unavailable" };

/**
 * In one organization the app signs in as itself (client credentials), which proves the secret. `common` and its like take no
 * such sign-in: there a made-up code is redeemed, and only a refusal of the secret proves anything.
 */
async function probeCredential(app: Registration, credential: Credential): Promise<Finding> {
  const isOne = !["common", "organizations", "consumers"].includes(app.tenant);
  try {
    const answer = await sendWith(app, credential, (client) =>
      isOne
        ? client.acquireTokenByClientCredential({ scopes: [`${graphResource(app)}/.default`] })
        : client.acquireTokenByCode({
            code: "bellhop-tries-the-client-secret",
            codeVerifier: randomBytes(32).toString("base64url"),
            redirectUri: app.redirectUri,
            scopes: ["User.Read"],
          }),
    );
    const finding = judgeProbe(answer, credential);
    if (finding.code === "secretTaken") await noteSecretTaken(credentialKey(credential));
    if (finding.tone === "danger" && finding.code !== "clientIdUnknown") {
      await noteSecretRefused(credentialKey(credential), finding.facts?.detail ?? "");
    }
    return finding;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    log().warn({ error }, "The credential could not be tried");
    return { tone: "warning", code: "otherAnswer", facts: { detail: error.code } };
  }
}

/**
 * Judges the answer by `error`; Microsoft's numbers only choose between words for the same thing (Microsoft:
 * reference-error-codes).
 */
function judgeProbe(answer: TokenAnswer, credential: Credential): Finding {
  const error = errorOf(answer);
  if (answer.status === 200 && !error) return { tone: "success", code: "secretTaken" };
  if (answer.status === null || answer.status >= 500 || answer.status === 429) return unavailable;
  if (!error) return { tone: "warning", code: "otherAnswer", facts: { detail: String(answer.status) } };
  const facts = { detail: detailOf(error) };
  const number = error.error_codes?.[0];
  if (isCredentialRefused(error, credential)) {
    const code = number === 7000222 ? "secretExpired" : number === 7000215 ? "secretWrong" : "secretRefused";
    return { tone: "danger", code, facts };
  }
  if (number === 700016 || error.error === "unauthorized_client") {
    return { tone: "danger", code: "clientIdUnknown", facts };
  }
  // The made-up code was looked at, so nothing was wrong with what comes before it.
  if (error.error === "invalid_grant") return { tone: "success", code: "secretNotRefused", facts };
  return { tone: "warning", code: "otherAnswer", facts };
}
