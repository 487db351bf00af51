import { z } from "zod";
import { auditActions } from "@/lib/audit/actions";
import type { AuditFilter, AuditPlace } from "@/lib/audit/queries";
import { searchText } from "@/lib/input/text";

/** Where the log is. Its filters are in the address, so that each view can be bookmarked and shared. */
export const auditPath = "/admin/audit";

const day = z.iso.date().or(z.literal("")).catch("").default("");

const schema = z.object({
  who: z
    .string()
    .transform((typed) => searchText(typed, 100))
    .catch("")
    .default(""),
  action: z.enum(auditActions).or(z.literal("")).catch("").default(""),
  from: day,
  to: day,
  /** The end of the page before: an instant and an id. */
  before: z.string().catch("").default(""),
});

export type AuditQuery = z.output<typeof schema>;

const place = z.tuple([z.iso.datetime(), z.uuid()]);

/** What the address asks for; what is no filter is left out. */
export function readAuditQuery(parameters: Readonly<Record<string, string>>): AuditQuery {
  return schema.parse(parameters);
}

/** Days are UTC's, both included. */
export function toAuditFilter({ who, action, from, to }: AuditQuery): AuditFilter {
  return {
    ...(who && { who }),
    ...(action && { action }),
    ...(from && { from: new Date(`${from}T00:00:00Z`) }),
    ...(to && { to: new Date(Date.parse(`${to}T00:00:00Z`) + 24 * 3600_000) }),
  };
}

export function toPlace({ before }: AuditQuery): AuditPlace | undefined {
  const read = place.safeParse(before.split("_"));
  return read.success ? { at: new Date(read.data[0]), id: read.data[1] } : undefined;
}

/** The address of a view; `last` is the entry that its page comes after. */
export function auditHref(path: string, query: AuditQuery, last?: AuditPlace): string {
  const { before: _, ...filter } = query;
  const fields = { ...filter, before: last ? `${last.at.toISOString()}_${last.id}` : "" };
  const given = Object.entries(fields).filter(([, value]) => value !== "");
  return given.length > 0 ? `${path}?${new URLSearchParams(given)}` : path;
}
