import { getOpenApiEndpoint } from "@/lib/api/endpoints/openapi";
import { openApiDocument } from "@/lib/api/openapi";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { ok } from "@/lib/result";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(getOpenApiEndpoint, async () => ok(openApiDocument())),
);
