/**
 * Durable work. A job is enqueued in the caller's transaction, so that a row and its job commit or vanish together.
 * pg-boss stays behind this folder.
 */
import { isDeepStrictEqual } from "node:util";
import { fromPrisma, PgBoss } from "pg-boss";
import { env } from "@/lib/config/env";
import type { Tx } from "@/lib/database/client";
import type { Run, Statement } from "@/lib/database/direct";
import { logFault } from "@/lib/database/outage";
import { prepareSession } from "@/lib/database/session";

export interface JobDefinition<Data extends object> {
  /** Stable name, domain first: `meeting.sync`. Rows of older versions carry it. */
  name: string;
  /** Jobs of this kind that one process runs concurrently. */
  concurrency: number;
  /** Workers learn of a new job immediately; otherwise within a second. Commits that announce something wait for one another. */
  announced: boolean;
  /** Longest pause before a job is tried again that failed, or whose worker died, in seconds. */
  longestPauseSeconds: number;
  /** Only for the compiler: the shape of the job's data. */
  data?: Data;
}

/** Names a kind of job. The data are plain JSON and never hold a secret: ids, not contents. */
export function defineJob<Data extends object>(
  name: string,
  concurrency = 1,
  { announced = true, longestPauseSeconds = 300 } = {},
): JobDefinition<Data> {
  return { name, concurrency, announced, longestPauseSeconds };
}

export interface EnqueueOptions {
  /** Not before this instant; left out: immediately. */
  startAt?: Date;
  /** Higher goes first; 0 is the default, 10 for what a visitor waits for. */
  priority?: number;
}

const globals = globalThis as { bellhopQueue?: Promise<PgBoss> };

/** Settings of all queues: a job whose worker died is retried within seconds. */
const queueRules = {
  heartbeatSeconds: 10,
  expireInSeconds: 120,
  retryLimit: 50,
  retryDelay: 2,
  retryBackoff: true,
  retentionSeconds: 30 * 24 * 3600,
  deleteAfterSeconds: 24 * 3600,
};

/** The process's connection to the queue, with all its tables made. */
export function queue(): Promise<PgBoss> {
  globals.bellhopQueue ??= open();
  return globals.bellhopQueue;
}

async function open(): Promise<PgBoss> {
  const url = env().DATABASE_URL;
  if (!url) throw new Error("The queue was used before the database was opened.");
  const boss = new PgBoss({
    connectionString: url,
    application_name: "bellhop queue",
    // Missing from its types: pg-boss hands all of this on to its pool.
    ...{ onConnect: prepareSession },
    schema: "jobs",
    max: 4,
    useListenNotify: true,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    cronMonitorIntervalSeconds: 30,
    persistWarnings: false,
  });
  boss.on("error", (error) => logFault(error, "The queue met an error"));
  await boss.start();
  return boss;
}

/** Creates the queues of these kinds of jobs, or updates their settings. If nothing changed, that is one query. */
export async function prepareQueues(definitions: JobDefinition<object>[]): Promise<void> {
  const boss = await queue();
  const known = new Map((await boss.getQueues()).map((one) => [one.name, one]));
  for (const { name, announced, longestPauseSeconds } of definitions) {
    const rules = { ...queueRules, notify: announced, retryDelayMax: longestPauseSeconds };
    const there = known.get(name);
    if (!there) await boss.createQueue(name, rules);
    else if (!isDeepStrictEqual({ ...there, ...rules }, there)) await boss.updateQueue(name, rules);
  }
}

/** Enqueues a job, as part of the caller's transaction. */
export async function enqueue<Data extends object>(
  tx: Tx | Run,
  definition: JobDefinition<Data>,
  data: Data,
  options: EnqueueOptions = {},
): Promise<void> {
  const boss = await queue();
  const through = typeof tx === "function" ? throughDriver(tx) : fromPrisma(tx);
  await boss.send(definition.name, data, { db: through, ...sendOptions(options) });
}

/** The statement that enqueues a job, for a transaction that sends its writes together. */
export async function enqueueStatement<Data extends object>(
  definition: JobDefinition<Data>,
  data: Data,
  options: EnqueueOptions = {},
): Promise<Statement> {
  const boss = await queue();
  const statements: Statement[] = [];
  const recorder = {
    async executeSql(text: string, values: unknown[] = []) {
      statements.push({ text, values });
      return { rows: [{ id: "" }] };
    },
  };
  await boss.send(definition.name, data, { db: recorder, ...sendOptions(options) });
  const [statement, ...more] = statements;
  if (!statement || more.length > 0) throw new Error("The queue no longer puts a job in with one statement.");
  return statement;
}

/** A transaction of the driver, as the queue takes it. */
export function throughDriver(run: Run) {
  return {
    executeSql: async (text: string, values?: unknown[]) => ({ rows: await run(text, values ?? []) }),
  };
}

function sendOptions({ startAt, priority = 0 }: EnqueueOptions) {
  return { priority, ...(startAt ? { startAfter: startAt } : {}) };
}

/** Closes the queue; running jobs finish first, up to `graceSeconds`. */
export async function closeQueue(graceSeconds = 25): Promise<void> {
  const open = globals.bellhopQueue;
  delete globals.bellhopQueue;
  const boss = await open?.catch(() => null);
  await boss?.stop({ graceful: true, close: true, timeout: graceSeconds * 1000 });
}

/** True when a job with these data is waiting to be done, within this many seconds where they are given. */
export async function hasWaitingJob<Data extends object>(
  definition: JobDefinition<Data>,
  data: Data,
  withinSeconds = Infinity,
): Promise<boolean> {
  const boss = await queue();
  const jobs = await boss.findJobs(definition.name, { data, queued: true });
  const end = Date.now() + withinSeconds * 1000;
  return jobs.some(({ startAfter }) => startAfter.getTime() <= end);
}
