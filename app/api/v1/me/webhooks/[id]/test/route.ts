import { testWebhookEndpoint, toApiDelivery } from "@/lib/api/endpoints/webhooks";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { ok } from "@/lib/result";
import { testWebhook } from "@/lib/webhooks/webhooks";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(testWebhookEndpoint, async ({ organizer, params }) => {
    const sent = await testWebhook(organizer.scope, params.id);
    return sent.ok ? ok(toApiDelivery(sent.value)) : sent;
  }),
);
