/**
 * Idempotency-Key (draft-ietf-httpapi-idempotency-key-header): the first request with a key does the work, the same one
 * again gets the same answer. Kept for a day, sealed, since answers hold visitors' links.
 */
import { createHash } from "node:crypto";
import { seal, unseal } from "@/lib/connections/cipher";
import { db } from "@/lib/database/client";

const lifetimeMs = 24 * 3600 * 1000;
/** Longer than any request lasts: whoever has not answered by then has crashed, and the next one takes over. */
const leaseMs = 60_000;

export interface Reply {
  status: number;
  contentType: string;
  body: string;
}

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

/** The ticket of a request. `content` is everything that makes it what it is. */
export function ticketOf(scope: string[], key: string, content: unknown): Ticket {
  const hash = createHash("sha256").update(JSON.stringify(content), "utf8").digest();
  return { scope: scope.join(" "), key, requestHash: new Uint8Array(hash) };
}

/** A name for the request that a use case may keep, so that even a crash half way does not make it happen twice. */
export function requestKeyOf({ scope, key }: Ticket): string {
  return createHash("sha256")
    .update(JSON.stringify([scope, key]))
    .digest("base64url");
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
      await db().idempotencyRecord.updateMany({
        where: mine,
        data: { status: reply.status, answerSealed: seal(JSON.stringify(reply), bindingOf(ticket)) },
      });
    }
    return { kind: "answered", reply, replayed: false };
  } catch (error) {
    await db().idempotencyRecord.deleteMany({ where: mine });
    throw error;
  }
}

/** Takes away what nobody may ask for any more. */
export async function removeExpiredAnswers(now = new Date()): Promise<void> {
  await db().idempotencyRecord.deleteMany({ where: { expiresAt: { lte: now } } });
}

async function begin(ticket: Ticket, now: Date): Promise<"mine" | Outcome> {
  const { requestHash } = ticket;
  const fresh = { requestHash, createdAt: now, expiresAt: new Date(now.getTime() + lifetimeMs) };
  const { count: inserted } = await db().idempotencyRecord.createMany({
    data: { ...idOf(ticket), ...fresh },
    skipDuplicates: true,
  });
  if (inserted > 0) return "mine";
  const abandoned = { status: null, requestHash, createdAt: { lte: new Date(now.getTime() - leaseMs) } };
  const { count: taken } = await db().idempotencyRecord.updateMany({
    where: { ...idOf(ticket), OR: [{ expiresAt: { lte: now } }, abandoned] },
    data: { ...fresh, status: null, answerSealed: null },
  });
  if (taken > 0) return "mine";
  return readEarlier(ticket);
}

async function readEarlier(ticket: Ticket): Promise<Outcome> {
  const record = await db().idempotencyRecord.findUnique({ where: { scope_key: idOf(ticket) } });
  if (!record) return { kind: "in_progress" };
  if (Buffer.compare(record.requestHash, ticket.requestHash) !== 0) return { kind: "another_request" };
  if (record.answerSealed === null) return { kind: "in_progress" };
  // What `once` has sealed.
  const reply = JSON.parse(unseal(record.answerSealed, bindingOf(ticket))) as Reply;
  return { kind: "answered", reply, replayed: true };
}

function idOf({ scope, key }: Ticket) {
  return { scope, key };
}

function bindingOf({ scope, key }: Ticket) {
  return { purpose: "Api.IdempotentAnswer.v1", row: JSON.stringify([scope, key]) };
}
