import type { Tx } from "@/lib/database/client";
import { defineJob, enqueue } from "@/lib/jobs/queue";
import type { WebhookEvent } from "@/lib/webhooks/events";

/** Sends one event to one webhook. */
export const webhookDelivery = defineJob<{ deliveryId: string }>("webhook.deliver", 4, { announced: false });

/** Puts an event on its way to every webhook of an organizer that wants it, as part of the caller's transaction. */
export async function announceToWebhooks(
  tx: Tx,
  { userId, event, bookingId = null }: { userId: string; event: WebhookEvent; bookingId?: string | null },
): Promise<void> {
  const webhooks = await tx.webhook.findMany({
    where: { userId, disabledAt: null, events: { has: event } },
    select: { id: true },
  });
  for (const { id } of webhooks) await putOnItsWay(tx, { webhookId: id, event, bookingId });
}

/** Makes a delivery and its job. */
export async function putOnItsWay(
  tx: Tx,
  delivery: { webhookId: string; event: string; bookingId?: string | null },
): Promise<{ id: string }> {
  const made = await tx.webhookDelivery.create({ data: delivery, select: { id: true } });
  await enqueue(tx, webhookDelivery, { deliveryId: made.id });
  return made;
}
