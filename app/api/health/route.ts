import { methods } from "@/lib/api/methods";
import { version } from "@/lib/config/version";

export const dynamic = "force-dynamic";

/** The process answers; whether it can work is asked at /api/health/ready. */
function read(): Response {
  return Response.json({ status: "ok", version }, { headers: { "Cache-Control": "no-store" } });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: read, HEAD: read });
