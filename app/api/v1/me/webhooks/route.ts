import {
  createWebhookEndpoint,
  deleteNamedWebhookEndpoint,
  listWebhooksEndpoint,
  toApiWebhook,
} from "@/lib/api/endpoints/webhooks";
import { sliceOf, toPage } from "@/lib/api/page";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { wholeKeyOf } from "@/lib/input/request-identity";
import { ok } from "@/lib/result";
import { createWebhook, deleteWebhook, listWebhooks } from "@/lib/webhooks/webhooks";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(listWebhooksEndpoint, async ({ organizer, query }) => {
    const webhooks = await listWebhooks(organizer.scope, sliceOf(query));
    return ok(toPage(webhooks.map(toApiWebhook), query.limit, ({ id }) => id));
  }),
  serve(createWebhookEndpoint, async ({ organizer, body, identity }) => {
    const made = await createWebhook(organizer.scope, body, identity && wholeKeyOf(identity));
    return made.ok ? ok({ ...toApiWebhook(made.value), secret: made.value.secret }) : made;
  }),
  serve(deleteNamedWebhookEndpoint, ({ organizer, query }) => deleteWebhook(organizer.scope, query.id)),
);
