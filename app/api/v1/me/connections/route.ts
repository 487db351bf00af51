import { listConnectionsEndpoint, toConnectionAnswer } from "@/lib/api/endpoints/account";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { listConnections } from "@/lib/connections/queries";
import { ok } from "@/lib/result";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(listConnectionsEndpoint, async ({ organizer }) =>
    ok((await listConnections(organizer.scope)).map(toConnectionAnswer)),
  ),
);
