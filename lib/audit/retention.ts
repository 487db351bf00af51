import { env } from "@/lib/config/env";
import { db } from "@/lib/database/client";
import type { RetentionRule } from "@/lib/database/retention-rule";
import type { RepeatedTask } from "@/lib/jobs/runner";

const dayMs = 24 * 3600 * 1000;

/** What retention lets go: entries from before this instant. */
function auditKeptFrom(now = Date.now()): Date {
  return new Date(now - env().AUDIT_RETENTION_DAYS * dayMs);
}

/** Deletes entries older than `AUDIT_RETENTION_DAYS`, and answers how many. Nothing else can: a trigger refuses it. */
export function sweepAudit(before = auditKeptFrom()): Promise<number> {
  return db().$transaction(async (tx) => {
    await tx.$executeRaw`SELECT set_config('bellhop.audit_before', ${before.toISOString()}, true)`;
    const { count } = await tx.auditEntry.deleteMany({ where: { at: { lt: before } } });
    return count;
  });
}

export const auditRetention = (): RetentionRule => ({
  kind: "audit_log",
  days: env().AUDIT_RETENTION_DAYS,
  count: (now) => db().auditEntry.count({ where: { at: { lt: auditKeptFrom(now.getTime()) } } }),
  remove: (now) => sweepAudit(auditKeptFrom(now.getTime())),
});

export const auditTasks: RepeatedTask[] = [
  {
    name: "audit.sweep",
    everySeconds: 3600,
    async run() {
      await sweepAudit();
    },
  },
];
