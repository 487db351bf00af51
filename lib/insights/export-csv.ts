/** Figures as a table for spreadsheets (RFC 4180). PURE. */
import { stringify } from "csv-stringify/sync";
import type { Insights, Outcomes } from "@/lib/insights/figures";

/** The tables, by what their rows are. */
export const insightTables = ["weeks", "types", "hosts", "funnel", "connections"] as const;

export type InsightTable = (typeof insightTables)[number];

const format = { header: true, escape_formulas: true, record_delimiter: "windows" } as const;

const outcomeColumns = ({ booked, cancelled, noShows, leadHours }: Outcomes) => ({
  booked,
  cancelled,
  no_shows: noShows,
  lead_hours_median: leadHours === null ? "" : leadHours.toFixed(1),
});

/** One table; texts that a spreadsheet would take for a formula get an apostrophe in front (OWASP, CSV injection). */
export async function* exportInsights(insights: Insights, table: InsightTable): AsyncGenerator<string> {
  const rows = rowsOf(insights, table);
  yield stringify(rows, { ...format, columns: headOf[table].map((key) => ({ key })) });
}

const outcomeHead = ["booked", "cancelled", "no_shows", "lead_hours_median"];

const headOf: Record<InsightTable, string[]> = {
  weeks: ["week", ...outcomeHead],
  types: ["event_type", ...outcomeHead],
  hosts: ["host", ...outcomeHead],
  funnel: ["event_type", "page", "times", "form", "booked"],
  connections: ["name", "state", "outages"],
};

function rowsOf(insights: Insights, table: InsightTable): object[] {
  switch (table) {
    case "weeks":
      return insights.weeks.map((row) => ({ week: row.monday, ...outcomeColumns(row) }));
    case "types":
      return insights.types.map((row) => ({ event_type: row.title, ...outcomeColumns(row) }));
    case "hosts":
      return insights.hosts.map((row) => ({ host: row.name, ...outcomeColumns(row) }));
    case "funnel":
      return insights.funnel.map(({ title, ...steps }) => ({ event_type: title, ...steps }));
    case "connections":
      return insights.connections.map((row) => ({ ...row, state: row.state ?? "not_connected" }));
  }
}
