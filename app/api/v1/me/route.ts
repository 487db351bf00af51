import { getMeEndpoint } from "@/lib/api/endpoints/account";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { ok } from "@/lib/result";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(getMeEndpoint, async ({ organizer: { id, handle, name, email, role } }) =>
    ok({ id, handle, name, email, role }),
  ),
);
