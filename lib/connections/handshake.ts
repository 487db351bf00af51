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

export const handshakeCookie = "bellhop_handshake";
export const handshakeSeconds = 600;

/** Tabs in which one browser may be on its way at a time. */
const mostAtOnce = 4;

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

const cookieContent = z.object({
  userId: z.uuid(),
  open: z.array(z.object({ id: z.uuid(), variant: z.string() })).max(mostAtOnce),
});

type CookieContent = z.output<typeof cookieContent>;

/** Starts a sign-in. `cookie` is the browser's present one, if any; the new one takes its place. */
export async function openHandshake(
  wish: HandshakeWish,
  cookie: string | undefined,
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
  const known = await openCookie(cookie);
  const others = known?.userId === wish.userId ? known.open : [];
  return {
    state,
    nonce,
    challenge: createHash("sha256").update(verifier).digest("base64url"),
    cookie: await sealCookie({
      userId: wish.userId,
      open: [...others, { id, variant }].slice(-mostAtOnce),
    }),
  };
}

/**
 * Uses a sign-in up. Null when `state` is not of this browser and organizer, was used before or is too old: nothing that
 * came with it may then be believed.
 */
export async function consumeHandshake(
  back: { userId: string; provider: string; state: string },
  cookie: string | undefined,
): Promise<Handshake | null> {
  const { userId, provider, state } = back;
  const known = await openCookie(cookie);
  if (known?.userId !== userId) return null;
  const now = new Date();
  const [row] = await db().oAuthHandshake.updateManyAndReturn({
    where: {
      userId,
      provider,
      stateHash: hashCapability(state),
      id: { in: known.open.map(({ id }) => id) },
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
    variant: known.open.find(({ id }) => id === row.id)?.variant ?? "",
    nonce: row.nonce,
    verifier: unseal(row.verifierSealed, { purpose: verifierPurpose, row: row.id }),
  };
}

function sealCookie(content: CookieContent): Promise<string> {
  return sealData(content, { password: env().SESSION_SECRET[0] ?? "", ttl: handshakeSeconds });
}

async function openCookie(cookie: string | undefined): Promise<CookieContent | null> {
  if (!cookie) return null;
  for (const password of env().SESSION_SECRET) {
    const content = await unsealData(cookie, { password, ttl: handshakeSeconds }).catch(() => null);
    const parsed = cookieContent.safeParse(content);
    if (parsed.success) return parsed.data;
  }
  return null;
}
