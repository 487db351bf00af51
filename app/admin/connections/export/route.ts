import { Readable } from "node:stream";
import { stringify } from "csv-stringify";
import type { NextRequest } from "next/server";
import { readFleetQuery, toFilter } from "@/app/admin/connections/fleet-query";
import { actAs } from "@/lib/audit/acting";
import { noteExport } from "@/lib/audit/record";
import { originOf } from "@/lib/auth/client-address";
import { getOrganizer } from "@/lib/auth/guards";
import { log } from "@/lib/config/log";
import { type FleetEntry, type FleetFilter, listFleet } from "@/lib/connections/fleet";

export const dynamic = "force-dynamic";

const batchSize = 1000;

const columns = [
  "name",
  "email",
  "state",
  "reason",
  "accountEmail",
  "accountKind",
  "tenantId",
  "missingScopes",
  "lastVerifiedAt",
  "lastError",
  "managed",
  "managedStatus",
] as const;

/** The list as it is filtered, all pages of it. For anyone but a platform admin it is not there. */
export async function GET(request: NextRequest): Promise<Response> {
  const organizer = await getOrganizer();
  if (organizer?.role !== "admin") return new Response(null, { status: 404 });
  const filter = toFilter(readFleetQuery(Object.fromEntries(request.nextUrl.searchParams)));
  await actAs({ actorId: organizer.id, from: originOf(request.headers) }, () => noteExport("Connections"));
  // Names and addresses are other people's words: one that a spreadsheet would take for a formula is marked as text.
  const table = stringify({ header: true, columns: [...columns], escape_formulas: true, bom: true });
  void write(table, filter);
  return new Response(Readable.toWeb(table) as ReadableStream, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="connections.csv"',
      "cache-control": "no-store",
    },
  });
}

/** A fault breaks the download off, so that no one takes half a list for all of it. */
async function write(table: ReturnType<typeof stringify>, filter: FleetFilter): Promise<void> {
  try {
    for (let skip = 0; ; skip += batchSize) {
      const entries = await listFleet({ filter, skip, take: batchSize });
      for (const entry of entries) table.write(toRow(entry));
      if (entries.length < batchSize) break;
    }
    table.end();
  } catch (error) {
    log().error({ error }, "The list of connections could not be written out");
    table.destroy(error instanceof Error ? error : new Error("The list could not be read."));
  }
}

function toRow({
  missingScopes,
  lastVerifiedAt,
  userId: _userId,
  ...rest
}: FleetEntry): Record<string, string> {
  const row = {
    ...rest,
    missingScopes: missingScopes.join(" "),
    lastVerifiedAt: lastVerifiedAt?.toISOString(),
    managed: rest.managed ? "yes" : "no",
  };
  return Object.fromEntries(columns.map((name) => [name, row[name] ?? ""]));
}
