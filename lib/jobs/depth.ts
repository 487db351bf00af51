import { run } from "@/lib/database/direct";
import { queue } from "@/lib/jobs/queue";

/** How much work of one kind there is. */
export interface QueueDepth {
  name: string;
  /** Could be done now. */
  ready: number;
  /** Waits for its time. */
  deferred: number;
  active: number;
  /** Given up lately; the rows go after a day. */
  failed: number;
}

/** How long the longest-waiting job of each queue that could be done now has waited, in seconds. Queues without one are left out. */
export async function listOldestJobs(): Promise<{ name: string; seconds: number }[]> {
  await queue();
  return run(
    `SELECT name, extract(epoch FROM now() - min(greatest(created_on, start_after)))::float AS seconds
     FROM jobs.job WHERE state IN ('created', 'retry') AND start_after <= now() GROUP BY name ORDER BY name`,
    [],
  );
}

/** The depth of every queue, as the queue itself counted it a few seconds ago. */
export async function listQueueDepths(): Promise<QueueDepth[]> {
  const boss = await queue();
  const queues = await boss.getQueues();
  return queues
    .map(({ name, readyCount, deferredCount, activeCount, failedCount }) => ({
      name,
      ready: readyCount,
      deferred: deferredCount,
      active: activeCount,
      failed: failedCount,
    }))
    .sort((a, b) => a.name.localeCompare(b.name));
}
