/**
 * Puts a backup in a database's place. Everything is made in a schema beside the old one, by the steps that the backup had, and takes its
 * place in one transaction: until then the old data stay as they are, and a restore that ends early has changed nothing.
 */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import {
  type BackupEnd,
  BackupFileError,
  type BackupHead,
  backupFormat,
  copyStatement,
  readBackup,
} from "@/lib/backup/file";
import { findKeyProblem } from "@/lib/backup/keys";
import { hasTable, listTables } from "@/lib/backup/tables";
import { isNewer, ownVersion } from "@/lib/backup/version";
import { holdSchema, listOwnSteps, takeSteps } from "@/lib/database/migrate";
import { openSession } from "@/lib/database/session";
import { restoredJobs } from "@/lib/jobs/kept-jobs";
import { err, ok, type Result } from "@/lib/result";

/** Where everything is made before it takes its place. */
const workshop = "bellhop_restoring";

export interface Restored {
  file: string;
  /** Of the backup. */
  version: string;
  createdAt: string;
  /** Steps that this version has made after those of the backup. */
  migrated: string[];
  tables: number;
  rows: number;
}

export type RestoreRefusal =
  /** `message` goes on after the file's name. */
  | { code: "file"; message: string }
  | { code: "running" }
  | { code: "not_empty"; accounts: number }
  /** Its tables are another program's. */
  | { code: "foreign" };

/** What a backup says of itself, having read all of it and found it whole and fit for this version and its keys. */
export async function inspectBackup(
  file: string,
): Promise<Result<{ head: BackupHead; end: BackupEnd }, { code: "file"; message: string }>> {
  const found: { head?: BackupHead } = {};
  try {
    const end = await readBackup(file, {
      async head(head) {
        found.head = head;
        const problem = await findMisfit(head);
        if (problem) throw new BackupFileError(problem);
      },
      async table(_, __, rows) {
        for await (const _piece of rows);
      },
    });
    if (!found.head) return err("file", { message: "isn't a backup of Bellhop." });
    return ok({ head: found.head, end });
  } catch (error) {
    const code = String((error as { code?: string }).code);
    if (error instanceof BackupFileError) return err("file", { message: error.message });
    if (/^E[A-Z]+$/.test(code)) return err("file", { message: `can't be read (${code}).` });
    throw error;
  }
}

/** Why this version can't restore it; null: it can. */
async function findMisfit({ format, version, migrations, keys }: BackupHead): Promise<string | null> {
  const own = await ownVersion();
  const steps = await listOwnSteps();
  const checksums = new Map(steps.map(({ name, checksum }) => [name, checksum]));
  const unknown = migrations.filter(({ name }) => !checksums.has(name)).map(({ name }) => name);
  if (format > backupFormat || isNewer(version, own) || unknown.length > 0) {
    const which = unknown.length > 0 ? ` with the migration ${unknown.join(", ")}` : "";
    return `was made by a newer Bellhop (${version}${which}), and this is ${own}. Restore it with that version.`;
  }
  const changed = migrations.filter(({ name, checksum }) => checksums.get(name) !== checksum);
  if (changed.length > 0) {
    return `was made with another wording of the migration ${changed.map(({ name }) => name).join(", ")}. Restore it with the version that made it.`;
  }
  return findKeyProblem(keys);
}

/**
 * Restores a backup into the database. With `replace`, what is there is given up. The jobs in it wait in a table of their own until a
 * start takes them up. Throws the driver's error when the database refuses or goes away; nothing has changed then.
 */
export async function restore(
  databaseUrl: string,
  file: string,
  { replace }: { replace: boolean },
): Promise<Result<Restored, RestoreRefusal>> {
  const inspected = await inspectBackup(file);
  if (!inspected.ok) return inspected;
  const { head, end } = inspected.value;
  const client = await openSession(databaseUrl);
  try {
    await client.query(
      "SELECT set_config('statement_timeout', '0', false), set_config('lock_timeout', '15s', false)",
    );
    await holdSchema(client);
    const refusal = await findObstacle(client, replace);
    if (refusal) return { ok: false, error: refusal };
    const migrated = await build(client, file, head, end);
    await takePlace(client);
    await client.query("ANALYZE");
    const rows = Object.values(end.tables).reduce((sum, table) => sum + table.rows, 0);
    const { version, createdAt } = head;
    return ok({ file, version, createdAt, migrated, tables: Object.keys(end.tables).length, rows });
  } finally {
    await client.query(`RESET search_path; DROP SCHEMA IF EXISTS ${workshop} CASCADE`).catch(() => undefined);
    await client.end();
  }
}

async function findObstacle(client: pg.Client, replace: boolean): Promise<RestoreRefusal | null> {
  const names = new Set((await listTables(client)).map(({ name }) => name));
  if (names.size === 0) return null;
  // The first thing that any version of Bellhop makes.
  const isOurs = names.has("_prisma_migrations") && names.has("TimeClaim") && names.has("WorkerBeat");
  if (!isOurs) return { code: "foreign" };
  if (await isInUse(client)) return { code: "running" };
  if (replace) return null;
  const { rows } = await client.query<{ count: string }>(`SELECT count(*) FROM "User"`);
  const accounts = Number(rows[0]?.count ?? 0);
  return accounts > 0 || (await hasAudit(client)) ? { code: "not_empty", accounts } : null;
}

/** Someone has done something here, even where no account is left. */
async function hasAudit(client: pg.Client): Promise<boolean> {
  if (!(await hasTable(client, '"AuditEntry"'))) return false;
  return (await client.query(`SELECT 1 FROM "AuditEntry" LIMIT 1`)).rows.length > 0;
}

/** A server or worker keeps connections to its queue, and a worker gives signs of life. */
async function isInUse(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query(
    `SELECT 1 FROM pg_stat_activity
     WHERE datname = current_database() AND application_name IN ('bellhop', 'bellhop queue') LIMIT 1`,
  );
  return rows.length > 0;
}

/** Makes the backup's tables and fills them, then takes the steps that it lacks. */
async function build(client: pg.Client, file: string, head: BackupHead, end: BackupEnd): Promise<string[]> {
  await client.query("CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public");
  await client.query(`DROP SCHEMA IF EXISTS ${workshop} CASCADE; CREATE SCHEMA ${workshop}`);
  await client.query(`SET search_path TO ${workshop}`);
  await takeSteps(client, head.migrations.at(-1)?.name);
  const putBack = await takeOffGuards(client);
  const written = await readBackup(file, {
    head: () => undefined,
    table: (table, columns, rows) => fill(client, table, columns, rows, end),
  });
  for (const [name, last] of Object.entries(written.sequences)) {
    await client.query("SELECT setval(quote_ident($1)::regclass, $2::bigint)", [name, last]);
  }
  await putBack();
  const migrated = await takeSteps(client);
  await fillJobs(client, file, end);
  await giveUpTexts(client);
  return migrated;
}

/** Lets tables be filled in any order. What it returns puts references and triggers back, having checked every reference. */
async function takeOffGuards(client: pg.Client): Promise<() => Promise<void>> {
  const { rows: references } = await client.query<{ table: string; name: string; rule: string }>(
    `SELECT conrelid::regclass::text AS table, quote_ident(conname) AS name, pg_get_constraintdef(oid) AS rule
     FROM pg_constraint WHERE contype = 'f' AND connamespace = $1::regnamespace`,
    [workshop],
  );
  for (const { table, name } of references)
    await client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
  const { rows: triggered } = await client.query<{ table: string }>(
    `SELECT DISTINCT tgrelid::regclass::text AS table FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
     WHERE NOT tgisinternal AND c.relnamespace = $1::regnamespace`,
    [workshop],
  );
  for (const { table } of triggered) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  // Steps may have put rows in: those of the backup take their place.
  const filled = (await listTables(client, workshop)).filter(({ name }) => name !== "_prisma_migrations");
  await client.query(`TRUNCATE ${filled.map(({ name }) => `"${name}"`).join(", ")}`);
  return async () => {
    for (const { table, name, rule } of references)
      await client.query(`ALTER TABLE ${table} ADD CONSTRAINT ${name} ${rule}`);
    for (const { table } of triggered) await client.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
  };
}

async function fill(
  client: pg.Client,
  table: string,
  columns: string[],
  rows: AsyncIterable<Buffer>,
  end: BackupEnd,
): Promise<void> {
  // The jobs follow when the table that they wait in is there for certain.
  if (table === restoredJobs.table) {
    for await (const _piece of rows);
    return;
  }
  await copyIn(client, table, columns, rows, end);
}

async function copyIn(
  client: pg.Client,
  table: string,
  columns: string[],
  rows: AsyncIterable<Buffer>,
  end: BackupEnd,
): Promise<void> {
  const target = client.query(copyFrom(copyStatement(table, columns).replace(/;$/, "")));
  await pipeline(Readable.from(rows, { objectMode: false }), target);
  if (target.rowCount !== end.tables[table]?.rows)
    throw new BackupFileError("changed while it was being read.");
}

async function fillJobs(client: pg.Client, file: string, end: BackupEnd): Promise<void> {
  if (!end.tables[restoredJobs.table]?.rows) return;
  await readBackup(file, {
    head: () => undefined,
    async table(table, columns, rows) {
      if (table === restoredJobs.table) await copyIn(client, table, columns, rows, end);
      else for await (const _piece of rows);
    },
  });
}

/** A text goes out at most once, and the server of the backup may have sent it since. */
async function giveUpTexts(client: pg.Client): Promise<void> {
  await client.query(
    `UPDATE "TextMessage" SET status = 'unknown', "lastError" = 'restored', "textSealed" = NULL
     WHERE status IN ('queued', 'sending')`,
  );
}

const oldObjects = `
  SELECT format('DROP TABLE public.%I CASCADE', relname) AS drop FROM pg_class c
  WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
  UNION ALL
  SELECT format('DROP TYPE public.%I CASCADE', typname) FROM pg_type t
  WHERE typnamespace = 'public'::regnamespace AND typtype = 'e'
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = t.oid AND d.deptype = 'e')
  UNION ALL
  SELECT format('DROP FUNCTION %s CASCADE', p.oid::regprocedure) FROM pg_proc p
  WHERE pronamespace = 'public'::regnamespace
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')`;

const newObjects = `
  SELECT format('ALTER TABLE %I.%I SET SCHEMA public', $1::text, relname) AS move FROM pg_class
  WHERE relnamespace = $1::regnamespace AND relkind = 'r'
  UNION ALL
  SELECT format('ALTER TYPE %I.%I SET SCHEMA public', $1::text, typname) FROM pg_type
  WHERE typnamespace = $1::regnamespace AND typtype = 'e'
  UNION ALL
  SELECT format('ALTER FUNCTION %s SET SCHEMA public', p.oid::regprocedure) FROM pg_proc p
  WHERE pronamespace = $1::regnamespace`;

/** The one moment in which the old data go and the restored ones are there. The queue's tables are made anew by the next start. */
async function takePlace(client: pg.Client): Promise<void> {
  // Every object is named with its schema from here on.
  await client.query("SET search_path TO pg_catalog");
  await client.query("BEGIN");
  try {
    for (const { drop } of (await client.query<{ drop: string }>(oldObjects)).rows) await client.query(drop);
    await client.query("DROP SCHEMA IF EXISTS jobs CASCADE");
    for (const { move } of (await client.query<{ move: string }>(newObjects, [workshop])).rows)
      await client.query(move);
    await client.query(`DROP SCHEMA ${workshop}`);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}
