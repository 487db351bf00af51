import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { pageOf, pageQuery } from "@/lib/api/page";
import { instant } from "@/lib/input/time";
import { webhookChange, webhookInput } from "@/lib/webhooks/schema";
import type { Delivery, Webhook } from "@/lib/webhooks/webhooks";

const webhook = z
  .object({
    id: z.uuid(),
    url: z.string(),
    events: z.array(z.string()),
    team: z.object({ id: z.uuid(), name: z.string() }).nullable().meta({
      description: "Whose bookings are sent. Null: your own",
    }),
    active: z.boolean().meta({
      description: "False after its address answered 410 or accepted nothing for five days",
      examples: [true],
    }),
    lastDeliveredAt: instant.nullable(),
    createdAt: instant,
  })
  .meta({ id: "Webhook" });

const newWebhook = webhook
  .extend({
    secret: z.string().meta({
      description:
        "Signs what is posted, by the Standard Webhooks specification (Webhook-Id, Webhook-Timestamp, Webhook-Signature); this answer alone has it",
    }),
  })
  .meta({ id: "NewWebhook" });

const delivery = z
  .object({
    id: z.uuid().meta({ description: "Sent as Webhook-Id, the same with every try" }),
    event: z.string(),
    bookingId: z.uuid().nullable(),
    status: z.enum(["queued", "delivered", "failed"]).meta({ examples: ["delivered"] }),
    attempts: z.int(),
    nextAttemptAt: instant.nullable().meta({ examples: [null] }),
    lastStatus: z
      .int()
      .nullable()
      .meta({ description: "HTTP status of the last answer", examples: [200] }),
    lastProblem: z
      .enum(["timeout", "unreachable", "private_target"])
      .nullable()
      .meta({ examples: [null] }),
    deliveredAt: instant.nullable(),
    createdAt: instant,
  })
  .meta({ id: "WebhookDelivery" });

const path = "/api/v1/me/webhooks";
const byId = z.object({ id: z.uuid() });

export const listWebhooksEndpoint = endpoint({
  method: "GET",
  path,
  access: "read",
  summary: "List your webhooks",
  query: pageQuery,
  answer: pageOf(webhook),
});

export const createWebhookEndpoint = endpoint({
  method: "POST",
  path,
  access: "all",
  repeatable: true,
  summary: "Add a webhook",
  body: webhookInput,
  status: 201,
  answer: newWebhook,
  problems: ["too_many_webhooks", "not_found"],
});

export const deleteNamedWebhookEndpoint = endpoint({
  method: "DELETE",
  path,
  access: "all",
  summary: "Delete the webhook that the query names",
  query: z.strictObject({ id: z.uuid("id_form") }),
  status: 204,
  problems: ["not_found"],
});

export const getWebhookEndpoint = endpoint({
  method: "GET",
  path: `${path}/{id}`,
  access: "read",
  summary: "Read a webhook",
  params: byId,
  answer: webhook,
  problems: ["not_found"],
});

export const changeWebhookEndpoint = endpoint({
  method: "PATCH",
  path: `${path}/{id}`,
  access: "all",
  summary: "Change a webhook's address or events. What you leave out stays the same",
  params: byId,
  body: webhookChange,
  answer: webhook,
  problems: ["not_found"],
});

export const deleteWebhookEndpoint = endpoint({
  method: "DELETE",
  path: `${path}/{id}`,
  access: "all",
  summary: "Delete a webhook",
  params: byId,
  status: 204,
  problems: ["not_found"],
});

export const testWebhookEndpoint = endpoint({
  method: "POST",
  path: `${path}/{id}/test`,
  access: "all",
  summary: "Send a webhook a test",
  params: byId,
  body: z.strictObject({}),
  status: 201,
  answer: delivery,
  problems: ["not_found", "rate_limited"],
});

export const listDeliveriesEndpoint = endpoint({
  method: "GET",
  path: `${path}/{id}/deliveries`,
  access: "read",
  summary: "List what was sent to a webhook, newest first",
  params: byId,
  query: pageQuery,
  answer: pageOf(delivery),
  problems: ["not_found"],
});

export const resendDeliveryEndpoint = endpoint({
  method: "POST",
  path: `${path}/{id}/deliveries/{deliveryId}/resend`,
  access: "all",
  summary: "Send an event to a webhook again",
  params: byId.extend({ deliveryId: z.uuid() }),
  body: z.strictObject({}),
  answer: delivery,
  problems: ["not_found", "rate_limited"],
});

const iso = (at: Date | null) => at?.toISOString() ?? null;

/** A webhook as its organizer reads it. */
export function toApiWebhook({
  id,
  url,
  events,
  team,
  disabledAt,
  succeededAt,
  createdAt,
}: Webhook): z.input<typeof webhook> {
  return {
    id,
    url,
    events,
    team,
    active: disabledAt === null,
    lastDeliveredAt: iso(succeededAt),
    createdAt: createdAt.toISOString(),
  };
}

/** A delivery as its organizer reads it. */
export function toApiDelivery(one: Delivery): z.input<typeof delivery> {
  return {
    ...one,
    lastProblem: delivery.shape.lastProblem.parse(one.lastProblem),
    nextAttemptAt: iso(one.nextAttemptAt),
    deliveredAt: iso(one.deliveredAt),
    createdAt: one.createdAt.toISOString(),
  };
}
