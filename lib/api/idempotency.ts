/**
 * Idempotency-Key (draft-ietf-httpapi-idempotency-key-header): the first request with a key does the work, the same one
 * again gets the same answer. Kept for a day, sealed, since answers hold visitors' links; what was booked remembers its request
 * for longer (lib/booking/request-memory.ts).
 */

import { z } from "zod";
import { db } from "@/lib/database/client";
import { jsonColumn } from "@/lib/database/json-column";
import { countOf, type RetentionRule } from "@/lib/database/retention-rule";
import { seal, unseal } from "@/lib/encryption/cipher";
import { digestOf, identify, type RequestIdentity } from "@/lib/input/request-identity";

const lifetimeMs = 24 * 3600 * 1000;
/** Longer than any request lasts: one without an answer by then has crashed, and the next one takes over. */
const leaseMs = 60_000;

const replySchema = z.object({
  status: z.number(),
  contentType: z.string(),
  body: z.string(),
  /** The booking it is about. */
  bookingId: z.exactOptional(z.string()),
});

export type Reply = z.output<typeof replySchema>;

const readReply = jsonColumn("IdempotencyRecord.answerSealed", replySchema);

export interface Ticket {
  /** Whose keys these are; the same key in another scope is another key. */
  scope: string;
  key: string;
  /** SHA-256 of what is asked. */
  requestHash: Uint8Array<ArrayBuffer>;
}

export type Outcome =
  | { kind: "answered"; reply: Reply; replayed: boolean }
  | { kind: "in_progress" }
  | { kind: "another_request" };

/** The ticket of a request. `content` is what it asks: a JSON value. */
export function ticketOf(scope: string[], key: string, content: unknown): Ticket {
  return { scope: scope.join(" "), key, requestHash: digestOf(content) };
}

/** A name for the request that a use case may keep, so that even a crash half way does not make it happen twice. */
export function identityOf({ scope, key, requestHash }: Ticket): RequestIdentity {
  return { ...identify([scope, key], null), hash: requestHash };
}

/**
 * Runs the work unless it was done before. A reply of 500 and up is not kept, nor is a fault: the same key may try again.
 */
export async function once(ticket: Ticket, work: () => Promise<Reply>, now = new Date()): Promise<Outcome> {
  const begun = await begin(ticket, now);
  if (begun !== "mine") return begun;
  const mine = { ...idOf(ticket), createdAt: now, status: null };
  try {
    const reply = await work();
    if (reply.status >= 500) {
      await db().idempotencyRecord.deleteMany({ where: mine });
    } else {
      await db().idempotencyRecord.updateMany({ where: mine, data: answered(ticket, reply) });
    }
    return { kind: "answered", reply, replayed: false };
  } catch (error) {
    await db().idempotencyRecord.deleteMany({ where: mine });
    throw error;
  }
}

function answered(ticket: Ticket, reply: Reply) {
  const answerSealed = seal(JSON.stringify(reply), bindingOf(ticket));
  return { status: reply.status, answerSealed, bookingId: reply.bookingId ?? null };
}

/** Takes away what no one may ask for any more. */
export async function removeExpiredAnswers(now = new Date()): Promise<void> {
  await answerRetention.remove(now);
}

const expired = (now: Date) => ({ where: { expiresAt: { lte: now } } });

export const answerRetention: RetentionRule = {
  kind: "api_answers",
  days: 0,
  count: (now) => db().idempotencyRecord.count(expired(now)),
  remove: (now) => countOf(db().idempotencyRecord.deleteMany(expired(now))),
};

async function begin(ticket: Ticket, now: Date): Promise<"mine" | Outcome> {
  const { requestHash } = ticket;
  const record = await db().idempotencyRecord.findUnique({ where: { scope_key: idOf(ticket) } });
  const fresh = { requestHash, createdAt: now, expiresAt: new Date(now.getTime() + lifetimeMs) };
  if (!record) {
    const { count } = await db().idempotencyRecord.createMany({
      data: { ...idOf(ticket), ...fresh },
      skipDuplicates: true,
    });
    // A twin was a moment faster.
    return count > 0 ? "mine" : { kind: "in_progress" };
  }
  const isSame = Buffer.compare(record.requestHash, requestHash) === 0;
  const isAbandoned =
    isSame && record.status === null && record.createdAt.getTime() <= now.getTime() - leaseMs;
  if (record.expiresAt <= now || isAbandoned) {
    const { count } = await db().idempotencyRecord.updateMany({
      where: { ...idOf(ticket), createdAt: record.createdAt, status: record.status },
      data: { ...fresh, status: null, answerSealed: null, bookingId: null },
    });
    return count > 0 ? "mine" : { kind: "in_progress" };
  }
  if (!isSame) return { kind: "another_request" };
  if (record.answerSealed === null) return { kind: "in_progress" };
  const binding = bindingOf(ticket);
  const reply = readReply(JSON.parse(unseal(record.answerSealed, binding)), binding.row);
  return { kind: "answered", reply, replayed: true };
}

function idOf({ scope, key }: Ticket) {
  return { scope, key };
}

function bindingOf({ scope, key }: Ticket) {
  return { purpose: "Api.IdempotentAnswer.v1", row: JSON.stringify([scope, key]) };
}
