import { listDeliveriesEndpoint, toApiDelivery } from "@/lib/api/endpoints/webhooks";
import { sliceOf, toPage } from "@/lib/api/page";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { err, ok } from "@/lib/result";
import { getWebhook, listDeliveries } from "@/lib/webhooks/webhooks";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(listDeliveriesEndpoint, async ({ organizer, params, query }) => {
    if (!(await getWebhook(organizer.scope, params.id))) return err("not_found");
    const deliveries = await listDeliveries(organizer.scope, params.id, sliceOf(query));
    return ok(toPage(deliveries.map(toApiDelivery), query.limit, ({ id }) => id));
  }),
);
