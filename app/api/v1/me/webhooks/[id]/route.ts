import {
  changeWebhookEndpoint,
  deleteWebhookEndpoint,
  getWebhookEndpoint,
  toApiWebhook,
} from "@/lib/api/endpoints/webhooks";
import { route } from "@/lib/api/route";
import { found, serve } from "@/lib/api/serve";
import { ok } from "@/lib/result";
import { changeWebhook, deleteWebhook, getWebhook } from "@/lib/webhooks/webhooks";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(getWebhookEndpoint, async ({ organizer, params }) => {
    const webhook = await getWebhook(organizer.scope, params.id);
    return found(webhook && toApiWebhook(webhook));
  }),
  serve(changeWebhookEndpoint, async ({ organizer, params, body }) => {
    const changed = await changeWebhook(organizer.scope, params.id, body);
    return changed.ok ? ok(toApiWebhook(changed.value)) : changed;
  }),
  serve(deleteWebhookEndpoint, ({ organizer, params }) => deleteWebhook(organizer.scope, params.id)),
);
