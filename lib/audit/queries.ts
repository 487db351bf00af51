import { z } from "zod";
import { db } from "@/lib/database/client";
import type { Prisma } from "@/lib/database/generated/client";
import { jsonColumn } from "@/lib/database/json-column";

export interface AuditEntry {
  id: string;
  at: Date;
  actor: { id: string; name: string } | null;
  /** One of `auditActions`, or one of an earlier or later version. */
  action: string;
  subject: string;
  /** The network, roughly, or what else it came from; empty for Bellhop's own work. */
  from: string;
  details: Record<string, unknown>;
}

export interface AuditFilter {
  /** A part of the actor's name, or of what it is about. */
  who?: string;
  action?: string;
  /** Included. */
  from?: Date;
  /** Not included. */
  to?: Date;
}

/** Where a page ends: the list goes on before it. */
export interface AuditPlace {
  at: Date;
  id: string;
}

const readDetails = jsonColumn("AuditEntry.details", z.record(z.string(), z.unknown()));

/** All entries, newest first, `take` of them. For platform admins. */
export function listAudit(
  filter: AuditFilter,
  { take, before }: { take: number; before?: AuditPlace | undefined },
): Promise<AuditEntry[]> {
  return list({ AND: [toWhere(filter), before ? olderThan(before) : {}] }, take);
}

/** What an account's holder did, and what was done to their account: newest first. The caller knows that it is theirs. */
export function listAuditOf(accountId: string, take: number): Promise<AuditEntry[]> {
  return list({ OR: [{ subjectId: accountId }, { actorId: accountId }] }, take);
}

async function list(where: Prisma.AuditEntryWhereInput, take: number): Promise<AuditEntry[]> {
  const rows = await db().auditEntry.findMany({ where, orderBy: [{ at: "desc" }, { id: "desc" }], take });
  return rows.map(({ id, at, actorId, actorName, action, subject, origin, details }) => ({
    id,
    at,
    actor: actorId ? { id: actorId, name: actorName ?? "" } : null,
    action,
    subject,
    from: origin,
    details: readDetails(details, id),
  }));
}

function toWhere({ who, action, from, to }: AuditFilter): Prisma.AuditEntryWhereInput {
  // `%`, `_` and `\` mean themselves.
  const has = { contains: (who ?? "").replace(/[\\%_]/g, "\\$&"), mode: "insensitive" as const };
  return {
    ...(who ? { OR: [{ actorName: has }, { subject: has }] } : {}),
    ...(action ? { action } : {}),
    at: { ...(from ? { gte: from } : {}), ...(to ? { lt: to } : {}) },
  };
}

const olderThan = ({ at, id }: AuditPlace): Prisma.AuditEntryWhereInput => ({
  OR: [{ at: { lt: at } }, { at, id: { lt: id } }],
});
