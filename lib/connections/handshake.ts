/**
 * One sign-in at a provider, from the way out to the way back: a server row that is used once, within ten minutes, and a
 * sealed cookie that ties it to this browser and this organizer.
 */
import { createHash, randomUUID } from "node:crypto";
import { sealData, unsealData } from "iron-session";
import { z } from "zod";
import { hashCapability, newCapability } from "@/lib/auth/capability";
import { env } from "@/lib/config/env";
import { db } from "@/lib/database/client";
import { jsonColumn } from "@/lib/database/json-column";
import { seal, unseal } from "@/lib/encryption/cipher";

export const handshakeSeconds = 600;

const verifierPurpose = "OAuthHandshake.Verifier.v1";

export interface HandshakeRequest {
  /** Null for someone who is signing in here. */
  userId: string | null;
  provider: string;
  /** A path of our own, checked before. */
  returnTo: string;
  popup: boolean;
  /** What this sign-in asks for, where there is a choice; kept in the cookie. */
  variant: string;
}

export interface Handshake extends HandshakeRequest {
  id: string;
  nonce: string;
  verifier: string;
}

/** What came back, and which account it belongs to. */
type Back = Pick<HandshakeRequest, "userId" | "provider"> & { state: string };

const cookieContent = z.object({ userId: z.uuid().nullable(), id: z.uuid(), variant: z.string() });

type CookieContent = z.output<typeof cookieContent>;

/**
 * Starts a sign-in. `cookie` goes to the browser, beside those of sign-ins in its other tabs. `statePrefix` tells this
 * sign-in from others that come back to the same address.
 */
export async function openHandshake(
  request: HandshakeRequest,
  statePrefix = "",
): Promise<{ state: string; nonce: string; challenge: string; cookie: string }> {
  const { variant, ...row } = request;
  const id = randomUUID();
  const state = `${statePrefix}${newCapability()}`;
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
    cookie: await sealCookie({ userId: request.userId, id, variant }),
  };
}

/**
 * Uses a sign-in up. `cookies` are all that the browser brings. Null when `state` is not of this browser and organizer, was used before or is too old: nothing that
 * came with it may then be believed.
 */
export async function consumeHandshake(back: Back, cookies: readonly string[]): Promise<Handshake | null> {
  const { userId, provider } = back;
  const known = await listKnown(userId, cookies);
  const now = new Date();
  const [row] = await db().oAuthHandshake.updateManyAndReturn({
    where: { ...rowOf(back, known), consumedAt: null, expiresAt: { gt: now } },
    data: { consumedAt: now },
  });
  if (!row) return null;
  return {
    id: row.id,
    userId,
    provider,
    returnTo: row.returnTo,
    popup: row.popup,
    variant: variantOf(row.id, known),
    nonce: row.nonce,
    verifier: unseal(row.verifierSealed, { purpose: verifierPurpose, row: row.id }),
  };
}

/** Stores the outcome of a sign-in, for a browser that comes back twice concurrently. */
export async function settleHandshake(id: string, outcome: HandshakeOutcome): Promise<void> {
  const settled = { ...outcome, settledAt: Date.now() };
  await db().oAuthHandshake.updateMany({ where: { id }, data: { outcome: settled } });
}

/** The outcome of a sign-in: an error code with a support code, or another request to the provider. */
const outcomeSchema = z.object({
  asksAgain: z.boolean(),
  problem: z.object({ code: z.string(), supportCode: z.string().nullable() }).nullable(),
  /** Epoch milliseconds. */
  settledAt: z.number(),
});

/** Null: still under way. */
const readOutcome = jsonColumn("OAuthHandshake.outcome", outcomeSchema.nullable());

export type HandshakeOutcome = Omit<z.output<typeof outcomeSchema>, "settledAt">;

const twinPauseMs = 100;
/** As long as the first request may wait for Microsoft. */
const twinPatienceMs = 30_000;

/**
 * Browsers now and then ask twice for the address they are sent back to. The first request uses the sign-in up; the second, which comes while
 * that is under way, hears here what came of it. Null when nothing was under way at `startedAt` (epoch milliseconds), when the second
 * request came in: a later one is not a twin.
 */
export async function awaitTwin(
  back: Back,
  cookies: readonly string[],
  startedAt: number,
): Promise<(HandshakeOutcome & Pick<Handshake, "returnTo" | "popup" | "variant">) | null> {
  const known = await listKnown(back.userId, cookies);
  const until = Date.now() + twinPatienceMs;
  while (Date.now() < until) {
    const row = await db().oAuthHandshake.findFirst({
      where: { ...rowOf(back, known), consumedAt: { gt: new Date(Date.now() - twinPatienceMs) } },
      select: { id: true, returnTo: true, popup: true, outcome: true },
    });
    if (!row) return null;
    const outcome = readOutcome(row.outcome, row.id);
    if (outcome) {
      const { settledAt, ...came } = outcome;
      const { id, returnTo, popup } = row;
      return settledAt < startedAt ? null : { ...came, returnTo, popup, variant: variantOf(id, known) };
    }
    await new Promise((resolve) => setTimeout(resolve, twinPauseMs));
  }
  return null;
}

/** The sign-ins that this browser has begun, for this organizer or before anyone signed in. */
async function listKnown(userId: string | null, cookies: readonly string[]): Promise<CookieContent[]> {
  const opened = await Promise.all(cookies.map(openCookie));
  return opened.flatMap((one) => (one?.userId === userId ? [one] : []));
}

const variantOf = (id: string, known: CookieContent[]) => known.find((one) => one.id === id)?.variant ?? "";

function rowOf({ userId, provider, state }: Back, known: CookieContent[]) {
  return { userId, provider, stateHash: hashCapability(state), id: { in: known.map(({ id }) => id) } };
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
