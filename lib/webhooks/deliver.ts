/** Brings an event to its webhook, trying for three days. */
import { toOwnBooking } from "@/lib/api/endpoints/bookings";
import { getOwnBooking } from "@/lib/booking/queries";
import { env } from "@/lib/config/env";
import { seal, unseal } from "@/lib/connections/cipher";
import { getConnection } from "@/lib/connections/queries";
import { db } from "@/lib/database/client";
import { enqueue } from "@/lib/jobs/queue";
import { handle, type JobHandler, type RepeatedTask } from "@/lib/jobs/runner";
import { webhookDelivery } from "@/lib/webhooks/announce";
import { testEvent } from "@/lib/webhooks/events";
import { type Sent, sendMessage } from "@/lib/webhooks/send";
import { webhookSecretPurpose } from "@/lib/webhooks/webhooks";

export const webhookBodyPurpose = "Webhook.Body.v1";

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

/** An address that has taken nothing for so long is not asked any more. */
const patienceMs = 5 * dayMs;

const keptMs = 30 * dayMs;

/** The handler of `webhook.deliver`: one try. What fails is tried again by a job of its own. */
export async function deliverToWebhook(
  { deliveryId }: { deliveryId: string },
  now = Date.now(),
): Promise<void> {
  const taken = await take(deliveryId, now);
  if (!taken) return;
  const { webhook } = taken;
  const message = { id: taken.id, body: await bodyOf(taken, now) };
  const secret = unseal(webhook.secretSealed, { purpose: webhookSecretPurpose, row: webhook.id });
  const sent = await sendMessage(webhook.url, message, { secret, targets: env().WEBHOOK_TARGETS });
  await settle(taken, sent, now);
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
      webhook: { disabledAt: null },
      OR: [{ leaseUntil: null }, { leaseUntil: { lt: at } }],
    },
    data: { leaseUntil: new Date(now + leaseMs), attempts: { increment: 1 } },
  });
  if (count === 0) return null;
  return db().webhookDelivery.findUnique({ where: { id }, include: { webhook: true } });
}

/** What is sent: written down before the first try, so that every try says the same. */
async function bodyOf({ id, bodySealed, event, bookingId, webhook, createdAt }: Taken, now: number) {
  const binding = { purpose: webhookBodyPurpose, row: id };
  if (bodySealed) return unseal(bodySealed, binding);
  const timestamp = createdAt.toISOString();
  const body = JSON.stringify({
    type: event,
    timestamp,
    data: await dataOf(webhook.userId, event, bookingId),
  });
  await db().webhookDelivery.update({
    where: { id },
    data: { bodySealed: seal(body, binding), leaseUntil: new Date(now + leaseMs) },
    select: { id: true },
  });
  return body;
}

async function dataOf(userId: string, event: string, bookingId: string | null): Promise<object> {
  if (event === testEvent) return {};
  if (bookingId === null) return connectionOf(userId);
  const booking = await getOwnBooking(userId, bookingId);
  return booking ? toOwnBooking(booking) : {};
}

async function connectionOf(userId: string): Promise<object> {
  const connection = await getConnection(userId, "teams");
  if (!connection) return { provider: "teams" };
  const { provider, state, reason, accountEmail } = connection;
  return { provider, state, reason, accountEmail };
}

async function settle({ id, attempts, webhook }: Taken, sent: Sent, now: number): Promise<void> {
  const at = new Date(now);
  const status = "status" in sent ? sent.status : null;
  const outcome = {
    leaseUntil: null,
    lastStatus: status,
    lastProblem: "problem" in sent ? sent.problem : null,
  };
  if (status !== null && status >= 200 && status < 300) {
    await db().$transaction([
      db().webhookDelivery.update({
        where: { id },
        data: { ...outcome, status: "delivered", deliveredAt: at, nextAttemptAt: null },
      }),
      db().webhook.update({ where: { id: webhook.id }, data: { succeededAt: at } }),
    ]);
    return;
  }
  const pauseMs = status === 410 ? undefined : pausesMs[attempts - 1];
  const nextAttemptAt = pauseMs === undefined ? null : new Date(now + pauseMs);
  await db().$transaction(async (tx) => {
    await tx.webhookDelivery.update({
      where: { id },
      data: { ...outcome, status: nextAttemptAt ? "queued" : "failed", nextAttemptAt },
    });
    if (nextAttemptAt) {
      await enqueue(tx, webhookDelivery, { deliveryId: id }, { startAt: nextAttemptAt });
      return;
    }
    const lastSign = (webhook.succeededAt ?? webhook.createdAt).getTime();
    if (status === 410 || now - lastSign > patienceMs) {
      await tx.webhook.update({ where: { id: webhook.id }, data: { disabledAt: at } });
    }
  });
}

/** Takes up what no job is left for, and forgets what is older than a month. */
export async function sweepDeliveries(now = Date.now()): Promise<void> {
  await db().webhookDelivery.deleteMany({ where: { createdAt: { lt: new Date(now - keptMs) } } });
  const forgotten = await db().webhookDelivery.findMany({
    where: {
      status: "queued",
      nextAttemptAt: { lt: new Date(now - 2 * minuteMs) },
      webhook: { disabledAt: null },
    },
    select: { id: true },
    orderBy: { nextAttemptAt: "asc" },
    take: 200,
  });
  for (const { id } of forgotten) await deliverToWebhook({ deliveryId: id }, Date.now());
}

export const webhookHandlers: JobHandler[] = [handle(webhookDelivery, (data) => deliverToWebhook(data))];

export const webhookTasks: RepeatedTask[] = [
  { name: "webhooks.sweep", everySeconds: 120, run: () => sweepDeliveries() },
];
