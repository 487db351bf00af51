import { methods } from "@/lib/api/methods";
import { checkReadiness } from "@/lib/health/readiness";

export const dynamic = "force-dynamic";

async function read(): Promise<Response> {
  const { ready, checks } = await checkReadiness();
  return Response.json(
    { status: ready ? "ready" : "not_ready", checks },
    { status: ready ? 200 : 503, headers: { "Cache-Control": "no-store" } },
  );
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: read, HEAD: read });
