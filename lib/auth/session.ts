/**
 * The organizer's session: a row, and a sealed cookie that names it by a random id. Without the row the cookie opens nothing,
 * so signing out ends every copy of it.
 */
import { cookies, headers } from "next/headers";
import { z } from "zod";
import { record } from "@/lib/audit/record";
import { hashCapability, newCapability } from "@/lib/auth/capability";
import { clientAddress, coarseNetworkOf } from "@/lib/auth/client-address";
import { rememberDevice } from "@/lib/auth/known-device";
import { openCookie, sealCookie } from "@/lib/auth/sealed-cookie";
import { env, isHttps } from "@/lib/config/env";
import { db } from "@/lib/database/client";
import { cutText } from "@/lib/input/cut";

export const sessionCookie = "bellhop_session";

const lifetimeSeconds = 30 * 24 * 3600;

/** What a sign-in grants: a session of this account, as long as the account's epoch is still this one. */
export interface Session {
  userId: string;
  sessionEpoch: number;
}

const cookieContent = z.object({ id: z.string().min(1) });

/** Seals a session's id under the first secret. */
export function sealSession(id: string, secrets = env().SESSION_SECRET): Promise<string> {
  return sealCookie({ id }, lifetimeSeconds, secrets);
}

/** The id in a seal, opened with any of the secrets; null when none fits, it is too old, or it holds something else. */
export async function unsealSession(seal: string, secrets = env().SESSION_SECRET): Promise<string | null> {
  return (await openCookie(seal, cookieContent, lifetimeSeconds, secrets))?.id ?? null;
}

/** How the session of this request is found; whether there still is one, the database says. */
export async function getSessionHash(): Promise<Uint8Array<ArrayBuffer> | null> {
  const seal = (await cookies()).get(sessionCookie)?.value;
  const id = seal ? await unsealSession(seal) : null;
  return id === null ? null : hashCapability(id);
}

/** Signs this browser in, which is known from then on; a session it had before ends. Only in a server action or a route. */
export async function openSession({ userId, sessionEpoch }: Session, now = Date.now()): Promise<void> {
  await endSession();
  const id = newCapability();
  const expiresAt = new Date(now + lifetimeSeconds * 1000);
  const device = deviceOf(await headers());
  await db().session.create({
    data: { idHash: hashCapability(id), userId, sessionEpoch, expiresAt, ...device },
  });
  (await cookies()).set(sessionCookie, await sealSession(id), {
    httpOnly: true,
    sameSite: "lax",
    secure: isHttps(),
    path: "/",
    maxAge: lifetimeSeconds,
  });
  await rememberDevice(userId);
}

/** What a session is recognized by on the page of signed-in devices. */
function deviceOf(sent: Headers): { userAgent: string; network: string } {
  return {
    userAgent: cutText(sent.get("user-agent") ?? "", 300),
    network: coarseNetworkOf(clientAddress(sent)),
  };
}

/** Notes that this browser has just proved again who it is. */
export async function renewProof(now = new Date()): Promise<void> {
  const idHash = await getSessionHash();
  if (idHash) await db().session.updateMany({ where: { idHash }, data: { authenticatedAt: now } });
}

const seenEveryMs = 5 * 60_000;

/** Keeps when and where a session was last used, to within five minutes. */
export async function noteSeen(
  session: { idHash: Uint8Array<ArrayBuffer>; lastSeenAt: Date },
  now = new Date(),
): Promise<void> {
  if (now.getTime() - session.lastSeenAt.getTime() < seenEveryMs) return;
  const device = deviceOf(await headers());
  await db().session.updateMany({
    where: { idHash: session.idHash },
    data: { ...device, lastSeenAt: now },
  });
}

/** Signs this browser out, and every copy of its cookie. Only in a server action or a route. */
export async function closeSession(): Promise<void> {
  const accountId = await endSession();
  if (accountId) await record(db(), { action: "sign_out", accountId, byHolder: true });
  (await cookies()).delete(sessionCookie);
}

/** Whose session it was; null where there was none. */
async function endSession(): Promise<string | null> {
  const idHash = await getSessionHash();
  if (!idHash) return null;
  const session = await db().session.findUnique({ where: { idHash }, select: { userId: true } });
  if (session) await db().session.deleteMany({ where: { idHash } });
  return session?.userId ?? null;
}
