import { listSlotsEndpoint } from "@/lib/api/endpoints/slots";
import { toFieldErrors } from "@/lib/api/problem";
import { Rendered } from "@/lib/api/rendered";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { publishSlots } from "@/lib/availability/published-slots";
import { err, ok } from "@/lib/result";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(listSlotsEndpoint, async ({ params, query }) => {
    const slots = await publishSlots({ ...params, ...query });
    if (slots.ok) return ok(new Rendered(slots.value.body, slots.value.etag));
    if (slots.error.code === "not_found") return err("not_found");
    const issue = { path: "durationMinutes", message: slots.error.code, values: {} };
    return err("invalid_request", { errors: toFieldErrors([issue]) });
  }),
);
