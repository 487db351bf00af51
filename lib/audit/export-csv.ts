/** The audit log as a table for spreadsheets (RFC 4180), read and written page by page. */
import { stringify } from "csv-stringify/sync";
import { type AuditEntry, type AuditFilter, type AuditPlace, listAudit } from "@/lib/audit/queries";

const pageSize = 500;

const columns: { header: string; value: (entry: AuditEntry) => string }[] = [
  { header: "id", value: ({ id }) => id },
  { header: "at", value: ({ at }) => at.toISOString() },
  { header: "actor_id", value: ({ actor }) => actor?.id ?? "" },
  { header: "actor_name", value: ({ actor }) => actor?.name ?? "" },
  { header: "action", value: ({ action }) => action },
  { header: "subject", value: ({ subject }) => subject },
  { header: "from", value: ({ from }) => from },
  { header: "details", value: ({ details }) => JSON.stringify(details) },
];

/**
 * The table, newest first, one piece at a time: the head first, then some rows each. Texts that a spreadsheet would take for a formula get
 * an apostrophe in front (OWASP, CSV injection).
 */
export async function* exportAudit(filter: AuditFilter): AsyncGenerator<string> {
  yield stringify([columns.map(({ header }) => header)], format);
  let before: AuditPlace | undefined;
  for (;;) {
    const entries = await listAudit(filter, { take: pageSize, before });
    const rows = entries.map((entry) => columns.map(({ value }) => value(entry)));
    if (rows.length > 0) yield stringify(rows, format);
    before = entries.at(-1);
    if (!before || entries.length < pageSize) return;
  }
}

const format = { escape_formulas: true, record_delimiter: "windows" } as const;
