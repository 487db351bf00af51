/** Brings an event to its webhook, trying for three days. */
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { toOwnBooking } from "@/lib/booking-record/own-booking";
import { getOwnBooking } from "@/lib/booking-record/queries";
import { env } from "@/lib/config/env";
import { db } from "@/lib/database/client";
import { countOf, daysBefore, type RetentionRule } from "@/lib/database/retention-rule";
import { seal, unseal } from "@/lib/encryption/cipher";
import { webhookBodyPurpose } from "@/lib/webhooks/announce";
import { type Sent, sendMessage } from "@/lib/webhooks/send";
import { webhookSecretPurpose } from "@/lib/webhooks/webhooks";

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** The pauses between tries; after the last one an event counts as failed. */
export const pausesMs = [
  5 * secondMs,
  5 * minuteMs,
  30 * minuteMs,
  2 * hourMs,
  5 * hourMs,
  10 * hourMs,
  14 * hourMs,
  20 * hourMs,
  24 * hourMs,
];

/** Longer than one try lasts. */
const leaseMs = 30 * secondMs;

/** An address that takes longer than this to answer, in milliseconds, is sent to in the lanes of those that fail. */
const slowMs = 2 * secondMs;

/** An address that has taken nothing for so long is not asked any more. */
const patienceMs = 5 * dayMs;

const keptDays = 30;

/** One try, if it is due. True: its webhook took it, and quickly. */
export async function deliverToWebhook(
  { deliveryId }: { deliveryId: string },
  now = Date.now(),
): Promise<boolean> {
  const taken = await take(deliveryId, now);
  if (!taken) return true;
  try {
    return await attempt(taken, now);
  } catch (error) {
    // A fault of ours, which must not keep what comes behind it waiting.
    await settle(taken, null, { now, isGood: true });
    throw error;
  }
}

async function attempt(taken: Taken, now: number): Promise<boolean> {
  const { webhook } = taken;
  const message = { id: taken.id, body: await bodyOf(taken) };
  const secret = unseal(webhook.secretSealed, { purpose: webhookSecretPurpose, row: webhook.id });
  const begun = performance.now();
  const sent = await sendMessage(webhook.url, message, { secret, targets: env().WEBHOOK_TARGETS });
  const isGood = isTaken(sent) && performance.now() - begun < slowMs;
  await settle(taken, sent, { now, isGood });
  return isGood;
}

function isTaken(sent: Sent | null): boolean {
  return sent !== null && "status" in sent && sent.status >= 200 && sent.status < 300;
}

type Taken = NonNullable<Awaited<ReturnType<typeof take>>>;

/** Takes a delivery that is due, for this worker alone; null when there is nothing to do. */
async function take(id: string, now: number) {
  const at = new Date(now);
  const { count } = await db().webhookDelivery.updateMany({
    where: {
      id,
      status: "queued",
      nextAttemptAt: { lte: at },
      webhook: { disabledAt: null, user: { disabledAt: null } },
      OR: [{ leaseUntil: null }, { leaseUntil: { lt: at } }],
    },
    data: { leaseUntil: new Date(now + leaseMs), attempts: { increment: 1 } },
  });
  if (count === 0) return null;
  return db().webhookDelivery.findUnique({ where: { id }, include: { webhook: true } });
}

/** What is sent. Made at the event; one of an older version's is made now, and so is one whose content was erased since. */
async function bodyOf({ id, bodySealed, event, bookingId, webhook, createdAt }: Taken): Promise<string> {
  const binding = { purpose: webhookBodyPurpose, row: id };
  if (bodySealed) return unseal(bodySealed, binding);
  const booking = bookingId && (await getOwnBooking(scopeWithoutRequest(webhook.userId), bookingId));
  const data = booking ? toOwnBooking(booking) : {};
  const body = JSON.stringify({ type: event, timestamp: createdAt.toISOString(), data });
  await db().webhookDelivery.update({
    where: { id },
    data: { bodySealed: seal(body, binding) },
    select: { id: true },
  });
  return body;
}

async function settle(
  { id, attempts, webhook }: Taken,
  sent: Sent | null,
  { now, isGood }: { now: number; isGood: boolean },
): Promise<void> {
  const at = new Date(now);
  const status = sent && "status" in sent ? sent.status : null;
  const outcome = {
    leaseUntil: null,
    lastStatus: status,
    lastProblem: sent && "problem" in sent ? sent.problem : null,
  };
  const isTroubled = !isGood;
  if (isTaken(sent)) {
    await db().$transaction([
      db().webhookDelivery.updateMany({
        where: { id },
        data: { ...outcome, status: "delivered", deliveredAt: at, nextAttemptAt: null },
      }),
      db().webhook.updateMany({ where: { id: webhook.id }, data: { succeededAt: at, isTroubled } }),
    ]);
    return;
  }
  const pauseMs = status === 410 ? undefined : pausesMs[attempts - 1];
  const nextAttemptAt = pauseMs === undefined ? null : new Date(now + pauseMs);
  await db().$transaction(async (tx) => {
    await tx.webhookDelivery.updateMany({
      where: { id },
      data: { ...outcome, status: nextAttemptAt ? "queued" : "failed", nextAttemptAt },
    });
    const lastSign = (webhook.succeededAt ?? webhook.createdAt).getTime();
    const isOver = nextAttemptAt === null && (status === 410 || now - lastSign > patienceMs);
    await tx.webhook.updateMany({
      where: { id: webhook.id },
      data: { isTroubled, ...(isOver ? { disabledAt: at } : {}) },
    });
  });
}

const oldDeliveries = (now: Date) => ({ where: { createdAt: { lt: daysBefore(now, keptDays) } } });

export const deliveryRetention: RetentionRule = {
  kind: "webhook_deliveries",
  days: keptDays,
  count: (now) => db().webhookDelivery.count(oldDeliveries(now)),
  remove: (now) => countOf(db().webhookDelivery.deleteMany(oldDeliveries(now))),
};

/** Forgets what is older than a month. */
export async function forgetOldDeliveries(now = Date.now()): Promise<void> {
  await deliveryRetention.remove(new Date(now));
}
