import { z } from "zod";
import { ProviderError } from "@/lib/meetings/provider";
import { registration } from "@/lib/registration/registration";

const timeoutMs = 8_000;
const freshMs = 3600_000;

/** A tenant's issuer ends with its id; the shared ones have a template there. */
const description = z.object({ issuer: z.string() });

const known = new Map<string, { tenantId: string | null; readAt: number }>();

/**
 * Which tenant a domain is verified in: Microsoft describes every tenant to anyone, by each of its domains (Microsoft: v2-protocols-oidc).
 * Null where there is none. Kept for an hour. Throws `ProviderError` when Microsoft does not answer.
 */
export async function tenantOf(domain: string): Promise<string | null> {
  const { loginUrl } = await registration();
  const address = `${loginUrl}/${encodeURIComponent(domain)}/v2.0/.well-known/openid-configuration`;
  const last = known.get(address);
  if (last && Date.now() - last.readAt < freshMs) return last.tenantId;
  const tenantId = await readTenant(address);
  known.set(address, { tenantId, readAt: Date.now() });
  return tenantId;
}

async function readTenant(address: string): Promise<string | null> {
  try {
    const answer = await fetch(address, { redirect: "error", signal: AbortSignal.timeout(timeoutMs) });
    if (answer.status === 429 || answer.status >= 500) throw new Error(`Microsoft answered ${answer.status}`);
    if (!answer.ok) return null;
    const { issuer } = description.parse(await answer.json());
    const tenantId = /\/([^/]+)\/v2\.0$/.exec(issuer)?.[1];
    return z.guid().safeParse(tenantId).success ? (tenantId?.toLowerCase() ?? null) : null;
  } catch (cause) {
    throw new ProviderError("unavailable", "Microsoft does not say whose domain this is.", { cause });
  }
}
