import { db } from "@/lib/database/client";
import type { RepeatedTask } from "@/lib/jobs/runner";

/** Links that ran out say nothing any more. */
async function sweepLinks(): Promise<void> {
  const before = { lt: new Date() };
  await db().passwordReset.deleteMany({ where: { expiresAt: before } });
  await db().invitation.deleteMany({ where: { expiresAt: before } });
}

export const accountTasks: RepeatedTask[] = [{ name: "accounts.sweep", everySeconds: 3600, run: sweepLinks }];
