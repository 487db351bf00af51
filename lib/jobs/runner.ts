import { randomUUID } from "node:crypto";
import type { PgBoss } from "pg-boss";
import { log } from "@/lib/config/log";
import { db } from "@/lib/database/client";
import { closeQueue, type JobDefinition, prepareQueues, queue } from "@/lib/jobs/queue";
import { letVisitorsGoFirst } from "@/lib/jobs/visitors-first";

export interface JobHandler {
  definition: JobDefinition<object>;
  run(data: object): Promise<void>;
}

/** Joins a kind of job with the function that does it. A thrown fault is retried later, with growing pauses. */
export function handle<Data extends object>(
  definition: JobDefinition<Data>,
  run: (data: Data) => Promise<void>,
): JobHandler {
  return { definition, run: run as (data: object) => Promise<void> };
}

export interface RepeatedTask {
  name: string;
  everySeconds: number;
  /** A run that goes on as long as there is work ends soon once the worker stops. */
  run(stopping: AbortSignal): Promise<void>;
}

export interface Worker {
  /** Takes no new jobs, finishes those in hand, signs off. */
  stop(): Promise<void>;
}

const beatSeconds = 5;

/** Starts working on all jobs, runs the repeated tasks and keeps a sign of life in the database. */
export async function startWorker(handlers: JobHandler[], tasks: RepeatedTask[]): Promise<Worker> {
  await prepareQueues(handlers.map((handler) => handler.definition));
  const boss = await queue();
  for (const handler of handlers) {
    for (let lane = 0; lane < handler.definition.concurrency; lane += 1) await openLane(boss, handler);
  }
  const stopTasks = tasks.map(repeat);
  const stopBeat = await beat();
  return {
    async stop() {
      await Promise.all(stopTasks.map((stop) => stop()));
      await closeQueue();
      await stopBeat();
    },
  };
}

/** Works on one job after the other; only a lane that has found nothing waits for the next one. */
async function openLane(boss: PgBoss, { definition, run }: JobHandler): Promise<void> {
  // A new job wakes the worker by itself; one that was put off to later is found by polling.
  const options = { batchSize: 1, pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 1 } as const;
  const id = await boss.work<object>(definition.name, options, async ([job]) => {
    if (!job) return;
    await letVisitorsGoFirst();
    try {
      await run(job.data);
    } catch (error) {
      log().error({ error, job: definition.name }, "A job failed and will be tried again");
      throw error;
    } finally {
      boss.notifyWorker(id);
    }
  });
}

/** Runs a task now and again after each pause; a fault is logged and the next run comes anyway. */
function repeat(task: RepeatedTask): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const stopping = new AbortController();
  let current: Promise<void> = Promise.resolve();
  const run = () => {
    current = task
      .run(stopping.signal)
      .catch((error) => log().error({ error, task: task.name }, "A repeated task failed"))
      .then(() => {
        if (!stopping.signal.aborted) timer = setTimeout(run, task.everySeconds * 1000);
      });
  };
  run();
  return () => {
    stopping.abort();
    clearTimeout(timer);
    return current;
  };
}

async function beat(): Promise<() => Promise<void>> {
  const id = randomUUID();
  const startedAt = new Date();
  const sign = () =>
    db().workerBeat.upsert({
      where: { id },
      create: { id, startedAt, beatAt: new Date() },
      update: { beatAt: new Date() },
    });
  await sign();
  await db().workerBeat.deleteMany({ where: { beatAt: { lt: new Date(Date.now() - 24 * 3600 * 1000) } } });
  const timer = setInterval(
    () => sign().catch((error) => log().warn({ error }, "The worker's sign of life was not written")),
    beatSeconds * 1000,
  );
  return async () => {
    clearInterval(timer);
    await db().workerBeat.deleteMany({ where: { id } });
  };
}

/** True while at least one worker has given a sign of life in the last `withinSeconds`. */
export async function isWorkerAlive(withinSeconds = 20): Promise<boolean> {
  const since = new Date(Date.now() - withinSeconds * 1000);
  return (await db().workerBeat.count({ where: { beatAt: { gte: since } } })) > 0;
}
