/** Whether this process can do its work: what a load balancer asks before it sends visitors here. */
import { env } from "@/lib/config/env";
import { db } from "@/lib/database/client";
import { readMigrationState } from "@/lib/database/migrate";
import { dataFolder } from "@/lib/database/open";
import { logFault, noteAnswer } from "@/lib/database/outage";
import { listLostSettings, SessionError } from "@/lib/database/session";
import { fullBytes, readFreeBytes } from "@/lib/health/disk";
import { isOwnWorkerAlive, isWorkerAlive } from "@/lib/jobs/runner";

export const checkNames = ["database", "migrations", "overlapConstraint", "worker"] as const;
export type CheckName = (typeof checkNames)[number];

export type CheckProblem =
  /** No answer, or an error instead of one. */
  | "unreachable"
  /** Its sessions do not keep UTC and the other settings that Bellhop relies on. */
  | "session"
  /** There is no room left to write to. */
  | "disk"
  /** Steps of this version that the database has not had, or a constraint that is not there. */
  | "missing"
  /** The database has had steps that this version does not know. */
  | "newer"
  /** A step of this version is not the one that the database has had. */
  | "changed"
  /** The constraint is there, but PostgreSQL does not use it. */
  | "not_valid"
  /** The worker of this process, or where it runs none, all of them, have given no sign of life. */
  | "silent";

export type Check = { ok: true } | { ok: false; problem: CheckProblem };

export interface Readiness {
  /** This process can serve, and is not about to stop. Where it runs no worker of its own, a fleet without one is no reason that it can't. */
  ready: boolean;
  checks: Record<CheckName, Check>;
}

const answerWithinMs = 3_000;

/** `bellhopVisits` is kept by our HTTP server. */
const globals = globalThis as {
  bellhopReadiness?: Promise<Readiness> | undefined;
  bellhopVisits?: { areEnding: boolean };
};

/**
 * Checks the database and its sessions, its migrations, the constraint that keeps bookings apart, and the worker. Never
 * throws; callers at the same moment share one look.
 */
export function checkReadiness(): Promise<Readiness> {
  globals.bellhopReadiness ??= look().finally(() => {
    globals.bellhopReadiness = undefined;
  });
  return globals.bellhopReadiness;
}

async function look(): Promise<Readiness> {
  const [database, migrations, overlapConstraint, worker] = await Promise.all([
    judge("database", checkDatabase),
    judge("migrations", checkMigrations),
    judge("overlapConstraint", findConstraintProblem),
    judge("worker", checkWorker),
  ]);
  const isEnding = globals.bellhopVisits?.areEnding ?? false;
  const isServing = database.ok && migrations.ok && overlapConstraint.ok && !isEnding;
  return {
    ready: isServing && (worker.ok || !env().WORKER),
    checks: { database, migrations, overlapConstraint, worker },
  };
}

async function judge(name: CheckName, check: () => Promise<CheckProblem | null>): Promise<Check> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<CheckProblem>((resolve) => {
    timer = setTimeout(() => resolve("unreachable"), answerWithinMs);
  });
  try {
    const problem = await Promise.race([check(), late]);
    return problem ? { ok: false, problem } : { ok: true };
  } catch (error) {
    if (error instanceof SessionError) return { ok: false, problem: "session" };
    logFault(error, "A readiness check failed", { check: name });
    return { ok: false, problem: "unreachable" };
  } finally {
    clearTimeout(timer);
  }
}

async function checkDatabase(): Promise<"session" | "disk" | null> {
  const lost = await listLostSettings((sql) => db().$queryRawUnsafe(sql));
  noteAnswer();
  if (lost.length > 0) return "session";
  return (await isDiskFull()) ? "disk" : null;
}

async function isDiskFull(): Promise<boolean> {
  const folder = dataFolder();
  const free = folder === undefined ? null : await readFreeBytes(folder);
  return free !== null && free < fullBytes;
}

async function checkMigrations(): Promise<"missing" | "newer" | "changed" | null> {
  const { missing, newer, changed } = await readMigrationState((sql) => db().$queryRawUnsafe(sql));
  if (newer.length > 0) return "newer";
  if (changed.length > 0) return "changed";
  return missing.length > 0 ? "missing" : null;
}

/** Without this constraint everything seems to work, and people are booked twice. Null: it is there, and in use. */
export async function findConstraintProblem(): Promise<"missing" | "not_valid" | null> {
  const [found] = await db().$queryRaw<{ valid: boolean }[]>`
    SELECT c.convalidated AND i.indisvalid AND i.indisready AS valid
    FROM pg_constraint c JOIN pg_index i ON i.indexrelid = c.conindid
    WHERE c.conrelid = to_regclass('"TimeClaim"') AND c.conname = 'TimeClaim_no_overlap' AND c.contype = 'x'`;
  if (!found) return "missing";
  return found.valid ? null : "not_valid";
}

/** A process with a worker of its own answers for that one: others don't help what it has promised to do. */
async function checkWorker(): Promise<"silent" | null> {
  const isAlive = (await isOwnWorkerAlive()) ?? (await isWorkerAlive());
  return isAlive ? null : "silent";
}
