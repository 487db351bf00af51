import pg from "pg";
import { env } from "@/lib/config/env";

export const dynamic = "force-dynamic";

let pool: pg.Pool | undefined;

/** A route that writes one row, with nothing between it and the driver. */
export async function POST(request: Request): Promise<Response> {
  pool ??= new pg.Pool({ connectionString: env().DATABASE_URL, max: 10 });
  const { start } = await request.json();
  await pool.query({
    name: "insert",
    text: `INSERT INTO "BenchRow" (at, note) VALUES ($1, $2)`,
    values: [start, "nothing"],
  });
  return Response.json({ status: "ok" }, { status: 201, headers: { "Cache-Control": "no-store" } });
}
