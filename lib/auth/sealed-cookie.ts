import { sealData, unsealData } from "iron-session";
import type { z } from "zod";
import { env } from "@/lib/config/env";

/** Seals what a cookie says, under the first secret. It opens for `ttlSeconds`. */
export function sealCookie(
  content: object,
  ttlSeconds: number,
  secrets = env().SESSION_SECRET,
): Promise<string> {
  return sealData(content, { password: secrets[0] ?? "", ttl: ttlSeconds });
}

/** What a seal says, opened with any of the secrets; null when none fits, it is too old, or it says something else. */
export async function openCookie<Schema extends z.ZodType>(
  seal: string,
  schema: Schema,
  ttlSeconds: number,
  secrets = env().SESSION_SECRET,
): Promise<z.output<Schema> | null> {
  // One by one, not as iron-session's numbered map: a secret keeps opening whatever its place in the list becomes.
  for (const password of secrets) {
    const content = await unsealData(seal, { password, ttl: ttlSeconds }).catch(() => null);
    const parsed = schema.safeParse(content);
    if (parsed.success) return parsed.data;
  }
  return null;
}
