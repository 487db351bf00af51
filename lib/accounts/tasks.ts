import { db } from "@/lib/database/client";
import type { RepeatedTask } from "@/lib/jobs/runner";

/** Links and sessions that ran out open nothing any more. */
async function sweepExpired(): Promise<void> {
  const before = { lt: new Date() };
  await db().passwordReset.deleteMany({ where: { expiresAt: before } });
  await db().invitation.deleteMany({ where: { expiresAt: before } });
  await db().teamInvitation.deleteMany({ where: { expiresAt: before } });
  await db().pendingSignUp.deleteMany({ where: { expiresAt: before } });
  await db().emailChange.deleteMany({ where: { expiresAt: before } });
  await db().signInLink.deleteMany({ where: { expiresAt: before } });
  await db().session.deleteMany({ where: { expiresAt: before } });
}

export const accountTasks: RepeatedTask[] = [
  { name: "accounts.sweep", everySeconds: 3600, run: sweepExpired },
];
