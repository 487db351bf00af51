/** How often one subject may do something. Counters are in the database, so that all processes share them. */
import { createHmac } from "node:crypto";
import {
  type IRateLimiterRes,
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterPostgres,
} from "rate-limiter-flexible";
import { networkOf } from "@/lib/auth/client-address";
import { env } from "@/lib/config/env";
import { log } from "@/lib/config/log";
import { db } from "@/lib/database/client";

interface Limit {
  points: number;
  seconds: number;
  /** Counted in this process alone: a public read must not cost a write. */
  inMemory?: true;
}

const minute = 60;
const hour = 60 * minute;

const limits = {
  signIn: { points: 10, seconds: 15 * minute },
  signInAddress: { points: 100, seconds: 15 * minute },
  signInAccount: { points: 20, seconds: hour },
  signInDevice: { points: 10, seconds: 15 * minute },
  signInStart: { points: 300, seconds: minute },
  passkey: { points: 600, seconds: minute },
  signUp: { points: 20, seconds: hour },
  addressMail: { points: 5, seconds: hour },
  // Half as long as a link is good for: whoever is refused has one in their mailbox that goes on working.
  passwordReset: { points: 2, seconds: 30 * minute },
  passwordResetReserve: { points: 1, seconds: 30 * minute },
  passwordResetAddress: { points: 30, seconds: hour },
  passwordResetDevice: { points: 5, seconds: hour },
  passwordCheckSession: { points: 10, seconds: 15 * minute },
  // More than one session is allowed in that time.
  passwordCheck: { points: 50, seconds: hour },
  testBooking: { points: 12, seconds: hour },
  teamInvitation: { points: 60, seconds: hour },
  connectionCheck: { points: 30, seconds: hour },
  picture: { points: 30, seconds: hour },
  importFile: { points: 30, seconds: hour },
  // By hand, or by a program that looks whether its receiver works.
  webhookSend: { points: 60, seconds: minute },
  sharePicture: { points: 60, seconds: minute, inMemory: true },
  credentialsTrial: { points: 1, seconds: 20 },
  booking: { points: 300, seconds: minute },
  linkMail: { points: 3, seconds: hour },
  hold: { points: 30, seconds: minute },
  visitorChange: { points: 120, seconds: minute },
  apiCall: { points: 6_000, seconds: minute, inMemory: true },
  apiKeyFailure: { points: 60, seconds: minute },
  publicRead: { points: 12_000, seconds: minute, inMemory: true },
} satisfies Record<string, Limit>;

export type LimitName = keyof typeof limits;

/** What is left of a limit after an attempt. */
export interface Quota {
  name: LimitName;
  points: number;
  seconds: number;
  left: number;
  /** Until all of it is there again. */
  resetSeconds: number;
}

export type Allowance = { ok: true } | { ok: false; retryAfterSeconds: number };

const globals = globalThis as { bellhopLimiters?: Map<LimitName, RateLimiterAbstract> };

/** Counts one attempt of this subject: an address, an email address, or several parts that count together. */
export async function consume(name: LimitName, ...subject: string[]): Promise<Allowance> {
  return (await measure(name, ...subject)).allowance;
}

/** Counts one attempt, and says what is left; null where limits are off. */
export async function measure(
  name: LimitName,
  ...subject: string[]
): Promise<{ allowance: Allowance; quota: Quota | null }> {
  if (!env().RATE_LIMITS) return { allowance: { ok: true }, quota: null };
  try {
    const state = await limiter(name).consume(subjectKey(name, subject));
    return { allowance: { ok: true }, quota: quotaOf(name, state) };
  } catch (refusal) {
    if (refusal instanceof Error) throw refusal;
    const quota = quotaOf(name, refusal as IRateLimiterRes);
    return { allowance: { ok: false, retryAfterSeconds: quota.resetSeconds }, quota };
  }
}

function quotaOf(name: LimitName, { msBeforeNext = 1000, remainingPoints = 0 }: IRateLimiterRes): Quota {
  const { points, seconds } = limits[name];
  const resetSeconds = Math.max(1, Math.ceil(msBeforeNext / 1000));
  return { name, points, seconds, left: Math.max(0, remainingPoints), resetSeconds };
}

/** Takes back an attempt that turned out to be valid, so that only failures add up. */
export async function refund(name: LimitName, ...subject: string[]): Promise<void> {
  if (!env().RATE_LIMITS) return;
  await limiter(name).reward(subjectKey(name, subject));
}

/** A keyed hash: the table of counters doesn't reveal who called. */
function subjectKey(name: LimitName, subject: string[]): string {
  const parts = JSON.stringify([name, ...subject.map(networkOf)]);
  const hmac = createHmac("sha256", env().SESSION_SECRET[0] ?? "").update(parts);
  return hmac.digest("base64url").slice(0, 22);
}

function limiter(name: LimitName): RateLimiterAbstract {
  globals.bellhopLimiters ??= new Map();
  const known = globals.bellhopLimiters.get(name);
  if (known) return known;
  const made = create(name, limits[name]);
  globals.bellhopLimiters.set(name, made);
  return made;
}

function create(name: LimitName, { points, seconds, inMemory }: Limit): RateLimiterAbstract {
  const rule = { keyPrefix: name, points, duration: seconds };
  const memory = new RateLimiterMemory(rule);
  if (inMemory) return memory;
  return new RateLimiterPostgres({
    ...rule,
    storeClient: { query },
    storeType: "client",
    tableName: "RateLimit",
    tableCreated: true,
    insuranceLimiter: memory,
  });
}

/** Runs the limiter's statements on the process's own connections. Instants are milliseconds, as its table has them. */
async function query({ text, values }: { text: string; values: (string | number | null)[] }) {
  try {
    const parameters = values.map((value) =>
      Number.isInteger(value) && Number(value) > 2 ** 31 ? BigInt(Number(value)) : value,
    );
    const rows = await db().$queryRawUnsafe<{ points: number; expire: bigint | null }[]>(text, ...parameters);
    return {
      rows: rows.map((row) => ({ ...row, expire: row.expire === null ? null : Number(row.expire) })),
      rowCount: rows.length,
    };
  } catch (error) {
    log().warn({ error }, "The rate limiter counts in memory: its table did not answer");
    throw error;
  }
}
