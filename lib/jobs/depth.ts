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
