import type { NextRequest } from "next/server";
import { readAuditQuery, toAuditFilter } from "@/app/admin/audit/audit-query";
import { csvDownload } from "@/app/csv-download";
import { actAs } from "@/lib/audit/acting";
import { exportAudit } from "@/lib/audit/export-csv";
import { noteExport } from "@/lib/audit/record";
import { originOf } from "@/lib/auth/client-address";
import { getOrganizer } from "@/lib/auth/guards";

export const dynamic = "force-dynamic";

/** The log as it is filtered, all pages of it. For anyone but a platform admin it is not there. */
export async function GET(request: NextRequest): Promise<Response> {
  const organizer = await getOrganizer();
  if (organizer?.role !== "admin") return new Response(null, { status: 404 });
  const filter = toAuditFilter(readAuditQuery(Object.fromEntries(request.nextUrl.searchParams)));
  await actAs({ actorId: organizer.id, from: originOf(request.headers) }, () => noteExport("Audit log"));
  return csvDownload(exportAudit(filter), "audit.csv");
}
