/** Whether this process can do its work: what a load balancer asks before it sends visitors here. */
import { log } from "@/lib/config/log";
import { db } from "@/lib/database/client";
import { listMissingMigrations } from "@/lib/database/migrate";
import { isWorkerAlive } from "@/lib/jobs/runner";

export const checkNames = ["database", "migrations", "overlapConstraint", "worker"] as const;
export type CheckName = (typeof checkNames)[number];

export type CheckProblem =
  /** No answer, or an error instead of one. */
  | "unreachable"
  /** Steps of this version that the database has not had, or a constraint that is not there. */
  | "missing"
  /** The constraint is there, but PostgreSQL does not use it. */
  | "not_valid"
  /** No worker has given a sign of life. */
  | "silent";

export type Check = { ok: true } | { ok: false; problem: CheckProblem };

export interface Readiness {
  ready: boolean;
  checks: Record<CheckName, Check>;
}

const answerWithinMs = 3_000;

const place = globalThis as { bellhopReadiness?: Promise<Readiness> | undefined };

/**
 * Checks the database, its migrations, the constraint that keeps bookings apart, and the worker. Never throws; callers at
 * the same moment share one look.
 */
export function checkReadiness(): Promise<Readiness> {
  place.bellhopReadiness ??= look().finally(() => {
    place.bellhopReadiness = undefined;
  });
  return place.bellhopReadiness;
}

async function look(): Promise<Readiness> {
  const [database, migrations, overlapConstraint, worker] = await Promise.all([
    judge("database", checkDatabase),
    judge("migrations", checkMigrations),
    judge("overlapConstraint", findConstraintProblem),
    judge("worker", checkWorker),
  ]);
  const checks = { database, migrations, overlapConstraint, worker };
  return { ready: Object.values(checks).every((check) => check.ok), checks };
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
    log().warn({ error, check: name }, "A readiness check failed");
    return { ok: false, problem: "unreachable" };
  } finally {
    clearTimeout(timer);
  }
}

async function checkDatabase(): Promise<null> {
  await db().$queryRaw`SELECT 1`;
  return null;
}

async function checkMigrations(): Promise<"missing" | null> {
  const missing = await listMissingMigrations((sql) => db().$queryRawUnsafe(sql));
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

async function checkWorker(): Promise<"silent" | null> {
  return (await isWorkerAlive()) ? null : "silent";
}
