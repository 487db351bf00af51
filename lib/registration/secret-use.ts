/** How each client secret fared last: which one the provider takes, and which it refuses. Shared by all processes. */
import { createHmac } from "node:crypto";
import { env } from "@/lib/config/env";
import { db } from "@/lib/database/client";

export interface SecretUse {
  takenAt: Date | null;
  refusedAt: Date | null;
  /** The provider's error and number. */
  refusal: string | null;
}

/** A keyed hash: it distinguishes two secrets and can't be reversed to either. */
function digestOf(secret: string): string {
  return createHmac("sha256", env().SESSION_SECRET[0] ?? "")
    .update(`client secret ${secret}`)
    .digest("base64url");
}

/** The provider took it. */
export async function noteSecretTaken(secret: string): Promise<void> {
  const digest = digestOf(secret);
  const data = { takenAt: new Date() };
  await db().clientSecretUse.upsert({ where: { digest }, create: { digest, ...data }, update: data });
}

/** The provider refused it; `refusal` is its error and number. */
export async function noteSecretRefused(secret: string, refusal: string): Promise<void> {
  const digest = digestOf(secret);
  const data = { refusedAt: new Date(), refusal };
  await db().clientSecretUse.upsert({ where: { digest }, create: { digest, ...data }, update: data });
}

/** How a secret fared; nulls for one that was never tried. */
export async function readSecretUse(secret: string): Promise<SecretUse> {
  const row = await db().clientSecretUse.findUnique({ where: { digest: digestOf(secret) } });
  return { takenAt: row?.takenAt ?? null, refusedAt: row?.refusedAt ?? null, refusal: row?.refusal ?? null };
}
