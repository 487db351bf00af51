/** The organizer's session: a sealed cookie that names the account and the epoch in which it was opened. */
import { sealData, unsealData } from "iron-session";
import { cookies } from "next/headers";
import { z } from "zod";
import { env } from "@/lib/config/env";

export const sessionCookie = "bellhop_session";

const lifetimeSeconds = 30 * 24 * 3600;

const sessionContent = z.object({ userId: z.uuid(), sessionEpoch: z.int() });

export type Session = z.output<typeof sessionContent>;

/** Seals a session under the first secret. */
export function sealSession(session: Session, secrets = env().SESSION_SECRET): Promise<string> {
  return sealData(session, { password: secrets[0] ?? "", ttl: lifetimeSeconds });
}

/** Opens a seal with any of the secrets; null when none fits, it is too old, or its content is not a session. */
export async function unsealSession(seal: string, secrets = env().SESSION_SECRET): Promise<Session | null> {
  // One by one, not as iron-session's numbered map: a secret keeps opening whatever its place in the list becomes.
  for (const password of secrets) {
    const content = await unsealData(seal, { password, ttl: lifetimeSeconds }).catch(() => null);
    const parsed = sessionContent.safeParse(content);
    if (parsed.success) return parsed.data;
  }
  return null;
}

/** The session of this request; whether the account still honours its epoch is the guards' business. */
export async function getSession(): Promise<Session | null> {
  const seal = (await cookies()).get(sessionCookie)?.value;
  return seal ? unsealSession(seal) : null;
}

/** Signs this browser in. Only in a server action or a route. */
export async function openSession(session: Session): Promise<void> {
  (await cookies()).set(sessionCookie, await sealSession(session), {
    httpOnly: true,
    sameSite: "lax",
    secure: env().APP_URL.startsWith("https:"),
    path: "/",
    maxAge: lifetimeSeconds,
  });
}

/** Signs this browser out. Only in a server action or a route. */
export async function closeSession(): Promise<void> {
  (await cookies()).delete(sessionCookie);
}
