/**
 * One sign-in at a provider, from the way out to the way back: a server row that is used once, within ten minutes, and a
 * sealed cookie that ties it to this browser and this organizer.
 */
import { createHash, randomUUID } from "node:crypto";
import { sealData, unsealData } from "iron-session";
import { z } from "zod";
import { hashCapability, newCapability } from "@/lib/auth/capability";
import { env } from "@/lib/config/env";
import { seal, unseal } from "@/lib/connections/cipher";
import { db } from "@/lib/database/client";

export const handshakeSeconds = 600;

const verifierPurpose = "OAuthHandshake.Verifier.v1";

export interface HandshakeWish {
  userId: string;
  provider: string;
  /** A path of our own, checked before. */
  returnTo: string;
  popup: boolean;
  /** What this sign-in asks for, where there is a choice; kept in the cookie. */
  variant: string;
}

export interface Handshake extends HandshakeWish {
  nonce: string;
  verifier: string;
}

const cookieContent = z.object({ userId: z.uuid(), id: z.uuid(), variant: z.string() });

type CookieContent = z.output<typeof cookieContent>;

/** Starts a sign-in. `cookie` goes to the browser, beside those of sign-ins in its other tabs. */
export async function openHandshake(
  wish: HandshakeWish,
): Promise<{ state: string; nonce: string; challenge: string; cookie: string }> {
  const { variant, ...row } = wish;
  const id = randomUUID();
  const state = newCapability();
  const nonce = newCapability();
  const verifier = newCapability();
  const now = Date.now();
  await db().oAuthHandshake.deleteMany({ where: { expiresAt: { lt: new Date(now) } } });
  await db().oAuthHandshake.create({
    data: {
      ...row,
      id,
      stateHash: hashCapability(state),
      verifierSealed: seal(verifier, { purpose: verifierPurpose, row: id }),
      nonce,
      expiresAt: new Date(now + handshakeSeconds * 1000),
    },
  });
  return {
    state,
    nonce,
    challenge: createHash("sha256").update(verifier).digest("base64url"),
    cookie: await sealCookie({ userId: wish.userId, id, variant }),
  };
}

/**
 * Uses a sign-in up. `cookies` are all that the browser brings. Null when `state` is not of this browser and organizer, was used before or is too old: nothing that
 * came with it may then be believed.
 */
export async function consumeHandshake(
  back: { userId: string; provider: string; state: string },
  cookies: readonly string[],
): Promise<Handshake | null> {
  const { userId, provider, state } = back;
  const opened = await Promise.all(cookies.map(openCookie));
  const known = opened.flatMap((one) => (one?.userId === userId ? [one] : []));
  if (known.length === 0) return null;
  const now = new Date();
  const [row] = await db().oAuthHandshake.updateManyAndReturn({
    where: {
      userId,
      provider,
      stateHash: hashCapability(state),
      id: { in: known.map(({ id }) => id) },
      consumedAt: null,
      expiresAt: { gt: now },
    },
    data: { consumedAt: now },
  });
  if (!row) return null;
  return {
    userId,
    provider,
    returnTo: row.returnTo,
    popup: row.popup,
    variant: known.find(({ id }) => id === row.id)?.variant ?? "",
    nonce: row.nonce,
    verifier: unseal(row.verifierSealed, { purpose: verifierPurpose, row: row.id }),
  };
}

function sealCookie(content: CookieContent): Promise<string> {
  return sealData(content, { password: env().SESSION_SECRET[0] ?? "", ttl: handshakeSeconds });
}

async function openCookie(cookie: string): Promise<CookieContent | null> {
  for (const password of env().SESSION_SECRET) {
    const content = await unsealData(cookie, { password, ttl: handshakeSeconds }).catch(() => null);
    const parsed = cookieContent.safeParse(content);
    if (parsed.success) return parsed.data;
  }
  return null;
}
