import { listSlotsEndpoint } from "@/lib/api/endpoints/slots";
import { toFieldErrors } from "@/lib/api/problem";
import { Rendered } from "@/lib/api/rendered";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { refuseWithoutLink } from "@/lib/booking/link-access";
import { publishSlots } from "@/lib/offers/published-slots";
import { err, ok } from "@/lib/result";
import { addressToAsk } from "@/lib/teams/ad-hoc";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(listSlotsEndpoint, async ({ params, query }) => {
    const { link, ...request } = query;
    const address = await addressToAsk(params);
    if (!address) return err("not_found");
    const slots = await publishSlots({ ...address, ...request }, Date.now(), (eventType) =>
      refuseWithoutLink(eventType, link),
    );
    if (slots.ok)
      return ok(new Rendered(slots.value.body, slots.value.etag, { isPrivate: link !== undefined }));
    const { code } = slots.error;
    if (code !== "duration_unknown" && code !== "host_unknown") return err(code);
    const path = code === "duration_unknown" ? "durationMinutes" : "host";
    const issue = { path, message: code, values: {} };
    return err("invalid_request", { errors: toFieldErrors([issue]) });
  }),
);
