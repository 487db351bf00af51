/**
 * Proof of work: a puzzle that a browser solves while its visitor types, in about a second. It is for one event type, runs out, and counts
 * once (`SpentProof`).
 */
import { createHash, createHmac, randomInt } from "node:crypto";
import { type Challenge, createChallenge, type Payload, verifySolution } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { z } from "zod";
import { env } from "@/lib/config/env";
import { db } from "@/lib/database/client";
import type { Run, Statement } from "@/lib/database/direct";

/** Handle and slug as they are kept. */
type Address = readonly [handle: string, slug: string];

/** Whoever types slowly, or comes back to the tab, still has one. */
const validMs = 2 * 3600_000;

/** Rounds of one try: two milliseconds on a laptop, ten on an old phone. */
const rounds = 5_000;
const leastTries = 200;
const mostTries = 600;

/** A puzzle for booking at this address. `now` is epoch milliseconds. */
export function newChallenge(address: Address, now: number): Promise<Challenge> {
  const [secret = ""] = env().SESSION_SECRET;
  return createChallenge({
    algorithm: "PBKDF2/SHA-256",
    cost: rounds,
    counter: randomInt(leastTries, mostTries),
    deriveKey,
    data: { page: pageOf(address) },
    expiresAt: new Date(now + validMs),
    hmacSignatureSecret: keyOf("challenge", secret),
    hmacKeySignatureSecret: keyOf("solution", secret),
  });
}

export interface Proof {
  /** Of its puzzle. */
  hash: Uint8Array<ArrayBuffer>;
  expiresAt: Date;
}

const payload = z.object({
  challenge: z.object({
    parameters: z.looseObject({ expiresAt: z.number(), data: z.object({ page: z.string() }) }),
    signature: z.string(),
  }),
  solution: z.object({ counter: z.number(), derivedKey: z.string() }),
});

/** A puzzle and its solution take six hundred characters. */
const longest = 4_000;

/** What a form brings along, if it solves a puzzle of ours for this address that has not run out; else null. Whether it is spent is not asked. */
export async function readProof(text: string | undefined, address: Address): Promise<Proof | null> {
  const sent = text && text.length <= longest ? payload.safeParse(parseJson(text)) : null;
  if (!sent?.success) return null;
  const { challenge, solution } = sent.data as Payload & z.output<typeof payload>;
  const { expiresAt, data } = challenge.parameters;
  if (data.page !== pageOf(address)) return null;
  for (const secret of env().SESSION_SECRET) {
    const { verified } = await verifySolution({
      challenge,
      solution,
      deriveKey,
      hmacSignatureSecret: keyOf("challenge", secret),
      hmacKeySignatureSecret: keyOf("solution", secret),
    });
    if (verified) return { hash: hashOf(challenge.signature), expiresAt: new Date(expiresAt * 1000) };
  }
  return null;
}

/** True where a booking has used it. Bookings of one event type come one at a time, and a proof is for one: no two find it unused. */
export async function isSpent(run: Run, { hash }: Proof): Promise<boolean> {
  const spent = await run(`SELECT 1 FROM "SpentProof" WHERE hash = $1::bytea`, [Buffer.from(hash)]);
  return spent.length > 0;
}

/** Uses it up. */
export function spend({ hash, expiresAt }: Proof): Statement {
  return {
    text: `INSERT INTO "SpentProof" (hash, "expiresAt") VALUES ($1::bytea, $2::timestamptz) ON CONFLICT DO NOTHING`,
    values: [Buffer.from(hash), expiresAt],
  };
}

/** Deletes those that have run out. */
export async function sweepProofs(now = new Date()): Promise<void> {
  await db().spentProof.deleteMany({ where: { expiresAt: { lt: now } } });
}

const pageOf = ([handle, slug]: Address) => `${handle}/${slug}`;

function keyOf(purpose: "challenge" | "solution", secret: string): string {
  return createHmac("sha256", secret).update(`proof of work: ${purpose}`).digest("base64url");
}

function hashOf(signature: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(signature).digest());
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
