export const dynamic = "force-dynamic";

/** A route that does nothing. */
export function GET(): Response {
  return Response.json({ status: "ok" }, { headers: { "Cache-Control": "no-store" } });
}
