export const dynamic = "force-dynamic";

/** The process answers; whether it can work is asked at /api/health/ready. */
export function GET(): Response {
  return Response.json({ status: "ok" }, { headers: { "Cache-Control": "no-store" } });
}
