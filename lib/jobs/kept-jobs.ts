/** The work that waits, as a backup keeps it: apart from the queue's own tables, which are made anew by whichever version restores. */
import { z } from "zod";
import { log } from "@/lib/config/log";
import { db } from "@/lib/database/client";
import { run, transact } from "@/lib/database/direct";
import { jsonColumn } from "@/lib/database/json-column";
import { queue, throughDriver } from "@/lib/jobs/queue";

/** Where jobs out of a backup wait for the queue. */
export const restoredJobs = {
  table: "RestoredJob",
  columns: ["id", "queue", "payload", "priority", "startAt"],
} as const;

const restored = `SELECT id, queue, payload, priority, "startAt" FROM "RestoredJob"`;

/** What was in hand is to be done again, as after a crash. What is done, given up or failed is history. */
const waiting = `SELECT id, name, coalesce(data, '{}'), priority, start_after FROM jobs.job
  WHERE state IN ('created', 'retry', 'active')`;

/** The statement that reads all jobs which are still to be done. Either place may not be there yet. */
export function keptJobs(has: { queue: boolean; restored: boolean }): string | null {
  const parts = [has.restored ? restored : null, has.queue ? waiting : null].filter((part) => part !== null);
  return parts.length > 0 ? parts.join(" UNION ALL ") : null;
}

const readPayload = jsonColumn("RestoredJob.payload", z.record(z.string(), z.unknown()));

const batchSize = 500;

/** Puts the jobs of a restored backup into the queue; every start does this, so that a restore that ended early is made up for. */
export async function takeUpRestoredJobs(): Promise<number> {
  let all = 0;
  for (;;) {
    const count = await takeUp();
    all += count;
    if (count < batchSize) return all;
  }
}

interface Row {
  id: string;
  queue: string;
  payload: unknown;
  priority: number;
  startAt: Date;
}

async function takeUp(): Promise<number> {
  const names = await run<{ queue: string }>(`SELECT DISTINCT queue FROM "RestoredJob"`, []);
  if (names.length === 0) return 0;
  const boss = await queue();
  const known = new Set((await boss.getQueues()).map(({ name }) => name));
  const lost = names.map(({ queue }) => queue).filter((name) => !known.has(name));
  if (lost.length > 0) {
    log().warn({ queues: lost }, "Jobs of the backup were left out: this version has no such work");
    await db().restoredJob.deleteMany({ where: { queue: { in: lost } } });
  }
  return transact(null, async (inTransaction) => {
    const rows = await inTransaction<Row>(
      `DELETE FROM "RestoredJob" WHERE id IN (SELECT id FROM "RestoredJob" ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED)
       RETURNING id, queue, payload, priority, "startAt"`,
      [batchSize],
    );
    for (const name of new Set(rows.map((row) => row.queue))) {
      const jobs = rows
        .filter((row) => row.queue === name)
        .map(({ id, payload, priority, startAt }) => ({
          id,
          data: readPayload(payload, id),
          priority,
          startAfter: startAt.toISOString(),
        }));
      await boss.insert(name, jobs, { db: throughDriver(inTransaction) });
    }
    return rows.length;
  });
}
