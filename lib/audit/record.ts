/** The door to the audit log: one entry for one act, in the transaction of the act. */
import { whoActs } from "@/lib/audit/acting";
import type { AuditAction } from "@/lib/audit/actions";
import { log } from "@/lib/config/log";
import { afterCommit } from "@/lib/database/after-commit";
import { db, type Tx } from "@/lib/database/client";

type Detail = string | number | boolean | null | readonly string[];

/** Facts in the terms of the product. Never a password, token or key, and nothing that a visitor has written. */
export type AuditDetails = Readonly<Record<string, Detail | Readonly<Record<string, Detail>>>>;

export interface AuditEvent {
  action: AuditAction;
  /** The account it is about: its holder sees the entry too. Call this before the account is deleted. */
  accountId?: string;
  /** What it is about, where that is no account, or more than one. */
  subject?: string;
  /** True where the account's own holder acts, and the request doesn't know them yet: they are signing in. */
  byHolder?: boolean;
  details?: AuditDetails;
}

/**
 * Writes an entry that commits or vanishes with the act. Who acts, and from where, is what the request or command said when it came in
 * (`actAs`). The log stream has the entry as well, once it is committed.
 */
export async function record(tx: Tx, event: AuditEvent): Promise<void> {
  const { action, accountId = null, byHolder = false, details = {} } = event;
  const { actorId: signedInId, from } = whoActs();
  const actorId = byHolder ? accountId : signedInId;
  const ids = [...new Set([actorId, accountId])].filter((id) => id !== null);
  const people = ids.length
    ? await tx.user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true, email: true } })
    : [];
  const actor = people.find(({ id }) => id === actorId);
  const subject = event.subject ?? people.find(({ id }) => id === accountId)?.email ?? "";
  const entry = {
    action,
    actorId: actor?.id ?? null,
    subjectId: accountId,
    subject,
    origin: from,
    details,
  };
  const { id, at } = await tx.auditEntry.create({
    data: { ...entry, actorName: actor?.name ?? null },
    select: { id: true, at: true },
  });
  afterCommit(tx, () => log().info({ audit: { id, at, ...entry } }, "Audit"));
}

/** Writes down that a list of other people's data left as a file. */
export function noteExport(list: string): Promise<void> {
  return record(db(), { action: "list.exported", subject: list });
}
