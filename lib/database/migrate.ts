/**
 * Applies the SQL migrations of prisma/migrations at start, one transaction each, under a lock that all processes share.
 * The bookkeeping is Prisma's own, so that `prisma migrate deploy` elsewhere agrees.
 */
import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type pg from "pg";
import { openSession } from "@/lib/database/session";

/** Any number, the same in every process: the lock's name. */
const migrationLock = 7_201_954_411;

/** Keeps other processes from migrating the session's database until it ends; `shared` goes together with other shared holders. */
export async function holdSchema(client: pg.Client, { shared = false } = {}): Promise<void> {
  await client.query(`SELECT pg_advisory_lock${shared ? "_shared" : ""}($1)`, [migrationLock]);
}

const bookkeeping = `
  CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id" VARCHAR(36) PRIMARY KEY NOT NULL,
    "checksum" VARCHAR(64) NOT NULL,
    "finished_at" TIMESTAMPTZ,
    "migration_name" VARCHAR(255) NOT NULL,
    "logs" TEXT,
    "rolled_back_at" TIMESTAMPTZ,
    "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
    "applied_steps_count" INTEGER NOT NULL DEFAULT 0
  )`;

/** The database and this version of Bellhop don't fit; `message` is one line that says how to fix it. */
class MigrationError extends Error {
  readonly code = "migration_failed";
  override name = "MigrationError";
}

export interface Migration {
  name: string;
  sql: string;
  /** SHA-256 of the file, hex, as Prisma computes it. */
  checksum: string;
}

/** The migrations in a folder, oldest first. */
export async function listMigrations(folder = path.resolve("prisma", "migrations")): Promise<Migration[]> {
  const entries = await readdir(/* turbopackIgnore: true */ folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(
        /* turbopackIgnore: true */ path.join(folder, name, "migration.sql"),
        "utf8",
      );
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

const globals = globalThis as { bellhopMigrations?: Promise<Migration[]> | undefined };

/** The migrations of the version that this process runs: read once, since an upgrade changes the files under it. */
export function listOwnSteps(): Promise<Migration[]> {
  globals.bellhopMigrations ??= listMigrations().catch((error) => {
    globals.bellhopMigrations = undefined;
    throw error;
  });
  return globals.bellhopMigrations;
}

/**
 * Brings the database to this version. Safe to run in several processes at once and any number of times.
 * Returns the names applied now. Throws `MigrationError` when a step fails or the database is of a newer version.
 */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const client = await openSession(databaseUrl);
  try {
    await holdSchema(client);
    return await takeSteps(client);
  } finally {
    await client.end();
  }
}

/**
 * Brings the first schema of the session's search path to this version, or only as far as the step `last`. Returns the names applied
 * now. Hold the schema meanwhile.
 */
export async function takeSteps(client: pg.Client, last?: string): Promise<string[]> {
  await client.query(bookkeeping).catch((cause) => {
    throw new MigrationError(`The database can't be set up: ${describeRefusal(cause)}`, { cause });
  });
  const { rows } = await client.query<AppliedStep>(appliedSteps);
  const { missing, newer, changed } = compare(rows, await listOwnSteps());
  const problem = describeMisfit({ newer, changed });
  if (problem) throw new MigrationError(problem);
  const wanted = missing.filter(({ name }) => last === undefined || name <= last);
  for (const migration of wanted) await apply(client, migration);
  return wanted.map((migration) => migration.name);
}

/** The steps that a database has had, oldest first. */
export const appliedSteps = `SELECT migration_name, checksum FROM "_prisma_migrations"
  WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`;

export interface AppliedStep {
  migration_name: string;
  checksum: string;
}

function compare(applied: AppliedStep[], migrations: Migration[]) {
  const known = new Map(migrations.map(({ name, checksum }) => [name, checksum]));
  const had = new Set(applied.map((step) => step.migration_name));
  const newer = applied.filter((step) => !known.has(step.migration_name));
  const changed = applied.filter(
    (step) => known.has(step.migration_name) && known.get(step.migration_name) !== step.checksum,
  );
  const nameOf = (step: AppliedStep) => step.migration_name;
  return {
    missing: migrations.filter(({ name }) => !had.has(name)),
    newer: newer.map(nameOf),
    changed: changed.map(nameOf),
  };
}

/** How the database's steps differ from this version's, by name. */
export interface MigrationState {
  /** Of this version, not had by the database yet: a start makes up for them. */
  missing: string[];
  /** Had by the database, unknown to this version. A start refuses. */
  newer: string[];
  /** Had in another wording than this version's. A start refuses. */
  changed: string[];
}

/** Compares the database with the version that this process runs, as a start would. */
export async function readMigrationState(
  query: (sql: string) => Promise<AppliedStep[]>,
): Promise<MigrationState> {
  const { missing, newer, changed } = compare(await query(appliedSteps), await listOwnSteps());
  return { missing: missing.map(({ name }) => name), newer, changed };
}

/** One line on why a start refuses this database; null: it does not. */
export function describeMisfit({ newer, changed }: Pick<MigrationState, "newer" | "changed">): string | null {
  if (newer.length > 0) {
    return `The database belongs to a newer Bellhop: it has the migration ${newer.join(", ")}. Start that version, or restore a backup from this one.`;
  }
  if (changed.length > 0) {
    return `The migration ${changed.join(", ")} differs from the one applied to this database. Restore the released files in prisma/migrations.`;
  }
  return null;
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await client.query("BEGIN");
    await client.query(migration.sql);
    await client.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at, applied_steps_count) VALUES ($1, $2, $3, now(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    );
    await client.query("COMMIT");
  } catch (cause) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw new MigrationError(
      `The database migration ${migration.name} failed and was rolled back: ${describeRefusal(cause)}`,
      { cause },
    );
  }
}

/** What PostgreSQL said, and what to do. 42501: this user may not. */
function describeRefusal(cause: unknown): string {
  const reason = cause instanceof Error ? cause.message : "unknown";
  const isForbidden = cause instanceof Error && "code" in cause && cause.code === "42501";
  const cure = isForbidden ? "Make the user in DATABASE_URL the owner of the database" : "Fix that";
  return `${reason}. ${cure} and start again.`;
}
