import { randomUUID } from "node:crypto";
import type { PgBoss } from "pg-boss";
import { logWith } from "@/lib/config/log";
import { inSpan } from "@/lib/config/tracing";
import { db } from "@/lib/database/client";
import { logFault, noteAnswer } from "@/lib/database/outage";
import { closeQueue, type JobDefinition, prepareQueues, queue } from "@/lib/jobs/queue";
import { letVisitorsGoFirst } from "@/lib/jobs/visitors-first";

export interface JobHandler {
  definition: JobDefinition<object>;
  run(data: object): Promise<void>;
}

/** Connects a kind of job with its handler. A thrown error is retried later, with growing pauses. */
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
  /** Takes no new jobs, finishes running ones, signs off. */
  stop(): Promise<void>;
}

const beatSeconds = 5;

/** Starts working on all jobs, runs the recurring tasks and keeps a heartbeat in the database. */
export async function startWorker(handlers: JobHandler[], tasks: RepeatedTask[]): Promise<Worker> {
  await prepareQueues(handlers.map((handler) => handler.definition));
  const boss = await queue();
  for (const handler of handlers) {
    for (let lane = 0; lane < handler.definition.concurrency; lane += 1) await openLane(boss, handler);
  }
  const stopBeat = await beat();
  const repeated = tasks.map(repeat);
  void beginInTurn(repeated);
  return {
    async stop() {
      await Promise.all(repeated.map(({ stop }) => stop()));
      await closeQueue();
      await stopBeat();
    },
  };
}

/** Works on one job after the other; a lane waits only if it found nothing. */
async function openLane(boss: PgBoss, { definition, run }: JobHandler): Promise<void> {
  // A new job wakes the worker by itself; one that was put off to later is found by polling.
  const options = { batchSize: 1, pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 1 } as const;
  const id = await boss.work<object>(definition.name, options, async ([job]) => {
    if (!job) return;
    await letVisitorsGoFirst();
    try {
      await logWith({ job: definition.name, jobId: job.id, ...idsIn(job.data) }, () =>
        inSpan(`job ${definition.name}`, { "bellhop.job": definition.name }, () => run(job.data)).catch(
          (error: unknown) => {
            logFault(error, "A job failed and will be tried again");
            throw error;
          },
        ),
      );
    } finally {
      boss.notifyWorker(id);
    }
  });
}

/** What a job is about. Anything else that it carries is of no use in the log. */
function idsIn(data: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(data).filter(([name, value]) => name.endsWith("Id") && typeof value === "string"),
  );
}

/** What part of its pause the task in this place waits the first time: no two wait as long, however many there are (golden ratio). */
const firstPart = (place: number) => ((place + 1) * 0.618034) % 1;

interface RepeatedRun {
  /** The first run; it never throws, and after `stop` it does nothing. */
  begin(): Promise<void>;
  /** Takes no further run, and waits for the one in hand. */
  stop(): Promise<void>;
}

/** Runs a task again after each pause; an error is logged and doesn't stop the next run. */
function repeat(task: RepeatedTask, place: number): RepeatedRun {
  let timer: NodeJS.Timeout | undefined;
  let part = firstPart(place);
  const stopping = new AbortController();
  let current: Promise<void> = Promise.resolve();
  const run = () => {
    current = logWith({ task: task.name }, () =>
      task.run(stopping.signal).catch((error) => logFault(error, "A repeated task failed")),
    ).then(() => {
      if (!stopping.signal.aborted) timer = setTimeout(run, part * task.everySeconds * 1000);
      part = 1;
    });
  };
  return {
    begin() {
      if (!stopping.signal.aborted) run();
      return current;
    },
    stop() {
      stopping.abort();
      clearTimeout(timer);
      return current;
    },
  };
}

/** `bellhopVisits` is kept by our HTTP server. */
const globals = globalThis as {
  bellhopVisits?: { whenSettled?: Promise<void> };
  /** The ID of this process's own worker, while there is one. */
  bellhopOwnWorker?: string;
};

/** How long a task has its turn for itself, in milliseconds. */
const longestTurnMs = 200;

/**
 * Once a server has answered those who waited for it, all tasks begin, one after the other: a first run compiles its queries, and together they'd delay
 * the start, and keep each connection to the database busy at the same moment. One that takes long doesn't hold up the others.
 */
async function beginInTurn(tasks: RepeatedRun[]): Promise<void> {
  await globals.bellhopVisits?.whenSettled;
  for (const task of tasks) {
    await letVisitorsGoFirst();
    let timer: NodeJS.Timeout | undefined;
    const turn = new Promise((resolve) => {
      timer = setTimeout(resolve, longestTurnMs);
    });
    await Promise.race([task.begin(), turn]);
    clearTimeout(timer);
  }
}

async function beat(): Promise<() => Promise<void>> {
  const id = randomUUID();
  const startedAt = new Date();
  const sign = async () => {
    await db().workerBeat.upsert({
      where: { id },
      create: { id, startedAt, beatAt: new Date() },
      update: { beatAt: new Date() },
    });
    noteAnswer();
  };
  await sign();
  await db().workerBeat.deleteMany({ where: { beatAt: { lt: new Date(Date.now() - 24 * 3600 * 1000) } } });
  const timer = setInterval(
    () => sign().catch((error) => logFault(error, "The worker's sign of life was not written")),
    beatSeconds * 1000,
  );
  globals.bellhopOwnWorker = id;
  return async () => {
    clearInterval(timer);
    delete globals.bellhopOwnWorker;
    await db().workerBeat.deleteMany({ where: { id } });
  };
}

const livingSeconds = 20;

/** True while any worker on this database has given a sign of life in the last 20 seconds. */
export function isWorkerAlive(): Promise<boolean> {
  return hasSigned({});
}

/** The same of this process's own worker; null: none runs here. */
export async function isOwnWorkerAlive(): Promise<boolean | null> {
  const id = globals.bellhopOwnWorker;
  return id === undefined ? null : hasSigned({ id });
}

async function hasSigned(worker: { id?: string }): Promise<boolean> {
  const since = new Date(Date.now() - livingSeconds * 1000);
  return (await db().workerBeat.count({ where: { ...worker, beatAt: { gte: since } } })) > 0;
}
