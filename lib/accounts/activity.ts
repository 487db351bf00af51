import { type AuditEntry, listAuditOf } from "@/lib/audit/queries";
import type { OwnerScope } from "@/lib/auth/owner-scope";

/** The newest of what an organizer did, and of what was done to their account. */
export function listActivity(scope: OwnerScope, take = 20): Promise<AuditEntry[]> {
  return listAuditOf(scope.ownerId, take);
}
