import { createHash } from "node:crypto";
import { getOpenApiEndpoint } from "@/lib/api/endpoints/openapi";
import { openApiDocument } from "@/lib/api/openapi";
import { Rendered } from "@/lib/api/rendered";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { ok } from "@/lib/result";

let written: Rendered | undefined;

/** The same for everyone for as long as the process runs, so it's written once: that takes longer than a booking. */
function writeOnce(): Rendered {
  if (written) return written;
  const body = JSON.stringify(openApiDocument());
  const hash = createHash("sha256").update(body).digest("base64url").slice(0, 22);
  written = new Rendered(body, `W/"${hash}"`);
  return written;
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(getOpenApiEndpoint, async () => ok(writeOnce())),
);
