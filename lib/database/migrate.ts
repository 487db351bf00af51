/**
 * Applies the SQL migrations of prisma/migrations at start, one transaction each, under a lock that all processes share.
 * The bookkeeping is Prisma's own, so that `prisma migrate deploy` elsewhere agrees.
 */
import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";

/** Any number, the same in every process: the lock's name. */
const migrationLock = 7_201_954_411;

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

/** The database and this version of Bellhop don't fit; `message` is one line that says how to mend it. */
export class MigrationError extends Error {
  readonly code = "migration_failed";
  override name = "MigrationError";
}

export interface Migration {
  name: string;
  sql: string;
  /** SHA-256 of the file, hex, as Prisma computes it. */
  checksum: string;
}

/** The migrations that this version ships, oldest first. */
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

/**
 * Brings the database to this version. Safe to run in several processes at once and any number of times.
 * Returns the names applied now. Throws `MigrationError` when a step fails or the database is of a newer version.
 */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const migrations = await listMigrations();
  const client = new pg.Client({ connectionString: databaseUrl, options: "-c TimeZone=UTC" });
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [migrationLock]);
    await client.query(bookkeeping);
    const done = await client.query<{ migration_name: string; checksum: string }>(
      `SELECT migration_name, checksum FROM "_prisma_migrations" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
    );
    requireKnown(done.rows, migrations);
    const applied = new Set(done.rows.map((row) => row.migration_name));
    const open = migrations.filter((migration) => !applied.has(migration.name));
    for (const migration of open) await apply(client, migration);
    return open.map((migration) => migration.name);
  } finally {
    await client.end();
  }
}

function requireKnown(rows: { migration_name: string; checksum: string }[], migrations: Migration[]): void {
  for (const row of rows) {
    const known = migrations.find((migration) => migration.name === row.migration_name);
    if (!known) {
      throw new MigrationError(
        `The database is of a newer Bellhop: it has had the step ${row.migration_name}. Start that version, or restore a backup of this one.`,
      );
    }
    if (known.checksum !== row.checksum) {
      throw new MigrationError(
        `The step ${row.migration_name} differs from the one this database has had. Put the released files of prisma/migrations back.`,
      );
    }
  }
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
    const reason = cause instanceof Error ? cause.message : "unknown";
    throw new MigrationError(
      `The database step ${migration.name} failed and was taken back: ${reason}. Mend that and start again.`,
      { cause },
    );
  }
}

/** Names of the migrations of this version that the database has not had yet. */
export async function listMissingMigrations(
  query: (sql: string) => Promise<{ migration_name: string }[]>,
): Promise<string[]> {
  const migrations = await listMigrations();
  const rows = await query(
    `SELECT migration_name FROM "_prisma_migrations" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
  );
  const applied = new Set(rows.map((row) => row.migration_name));
  return migrations.map((migration) => migration.name).filter((name) => !applied.has(name));
}
