import { resendDeliveryEndpoint, toApiDelivery } from "@/lib/api/endpoints/webhooks";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { ok } from "@/lib/result";
import { resendDelivery } from "@/lib/webhooks/webhooks";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(resendDeliveryEndpoint, async ({ organizer, params }) => {
    const sent = await resendDelivery(organizer.scope, params.id, params.deliveryId);
    return sent.ok ? ok(toApiDelivery(sent.value)) : sent;
  }),
);
