/**
 * Writes the whole database into one file: all tables as they are at one instant, beside a server that goes on. Nothing but the database's
 * own connection is needed.
 */
import { createHash, randomBytes } from "node:crypto";
import { type FileHandle, open, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import {
  type BackupEnd,
  type BackupHead,
  backupFormat,
  copyStatement,
  countRows,
  endLine,
  headLine,
  sha256,
} from "@/lib/backup/file";
import { describeKeys } from "@/lib/backup/keys";
import { hasTable, keptTables, listTables, readSequences } from "@/lib/backup/tables";
import { ownVersion } from "@/lib/backup/version";
import {
  type AppliedStep,
  appliedSteps,
  describeMisfit,
  holdSchema,
  readMigrationState,
} from "@/lib/database/migrate";
import { openSession } from "@/lib/database/session";
import type { SealedColumn } from "@/lib/encryption/reseal";
import { keptJobs, restoredJobs } from "@/lib/jobs/kept-jobs";
import { err, ok, type Result } from "@/lib/result";

export interface BackupMade {
  file: string;
  bytes: number;
  version: string;
  /** The newest step of the database. */
  migration: string;
  /** ISO 8601, UTC: the instant that the file shows. */
  createdAt: string;
  /** IDs of the keys that a server needs to restore it. */
  keys: string[];
  tables: number;
  rows: number;
}

export type BackupRefusal =
  | { code: "exists" }
  | { code: "unwritable" }
  | { code: "empty" }
  | { code: "misfit"; message: string };

/**
 * Makes a backup at `file`, which must not be there yet and is only its owner's to read; it appears when it is whole. `sealed` are the
 * columns with sealed values. Throws the driver's error when the database goes away.
 */
export async function backUp(
  databaseUrl: string,
  file: string,
  sealed: readonly SealedColumn[],
): Promise<Result<BackupMade, BackupRefusal>> {
  const target = path.resolve(file);
  if (await stat(target).catch(() => null)) return err("exists");
  const client = await openSession(databaseUrl);
  try {
    await holdSchema(client, { shared: true });
    if (!(await hasTable(client, '"_prisma_migrations"'))) return err("empty");
    const state = await readMigrationState(async (sql) => (await client.query(sql)).rows);
    const message = describeMisfit(state);
    if (message) return err("misfit", { message });
    const draft = `${target}.${randomBytes(4).toString("hex")}.part`;
    const handle = await open(draft, "wx", 0o600).catch(() => null);
    if (!handle) return err("unwritable");
    try {
      const { head, end } = await write(client, handle, sealed);
      const { size } = await handle.stat();
      await handle.close();
      await rename(draft, target);
      const made = describe(target, size, head, end);
      await note(client, made);
      return ok(made);
    } finally {
      await handle.close().catch(() => undefined);
      await rm(draft, { force: true });
    }
  } finally {
    await client.end();
  }
}

async function write(client: pg.Client, handle: FileHandle, sealed: readonly SealedColumn[]) {
  // Everything is read as it was at the first statement; a backup may take as long as it takes.
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  await client.query(
    "SELECT set_config('statement_timeout', '0', true), set_config('idle_in_transaction_session_timeout', '0', true)",
  );
  const head = await readHead(client, sealed);
  const end: BackupEnd = { tables: {}, sequences: await readSequences(client), head: sha256(headLine(head)) };
  const gzip = createGzip();
  await pipeline(
    Readable.from(contents(client, head, end), { objectMode: false }),
    gzip,
    async (pieces: AsyncIterable<Buffer>) => {
      for await (const piece of pieces) await handle.writeFile(piece);
    },
  );
  await handle.sync();
  await client.query("COMMIT");
  return { head, end };
}

async function readHead(client: pg.Client, sealed: readonly SealedColumn[]): Promise<BackupHead> {
  const steps = await client.query<AppliedStep>(appliedSteps);
  const tables = await listTables(client);
  const { rows } = await client.query<{ at: Date; postgres: string }>(
    "SELECT now() AS at, current_setting('server_version') AS postgres",
  );
  return {
    format: backupFormat,
    version: await ownVersion(),
    createdAt: (rows[0]?.at ?? new Date()).toISOString(),
    postgres: rows[0]?.postgres ?? "",
    migrations: steps.rows.map(({ migration_name, checksum }) => ({ name: migration_name, checksum })),
    keys: await describeKeys(client, new Set(tables.map(({ name }) => name)), sealed),
  };
}

/** The text of the file. Fills in `end` as the tables pass. */
async function* contents(client: pg.Client, head: BackupHead, end: BackupEnd): AsyncGenerator<Buffer> {
  yield Buffer.from(headLine(head));
  const tables = await listTables(client);
  for (const { name, columns } of keptTables(tables)) {
    const list = columns.map((column) => `"${column}"`).join(", ");
    yield* section(client, end, { name, columns }, `COPY public."${name}" (${list}) TO STDOUT`);
  }
  const jobs = keptJobs({
    queue: await hasTable(client, "jobs.job"),
    restored: tables.some(({ name }) => name === restoredJobs.table),
  });
  if (jobs) {
    const place = { name: restoredJobs.table, columns: [...restoredJobs.columns] };
    yield* section(client, end, place, `COPY (${jobs}) TO STDOUT`);
  }
  yield Buffer.from(endLine(end));
}

async function* section(
  client: pg.Client,
  end: BackupEnd,
  { name, columns }: { name: string; columns: string[] },
  copy: string,
): AsyncGenerator<Buffer> {
  yield Buffer.from(`${copyStatement(name, columns)}\n`);
  const hash = createHash("sha256");
  let rows = 0;
  for await (const piece of client.query(copyTo(copy)) as AsyncIterable<Buffer>) {
    hash.update(piece);
    rows += countRows(piece);
    yield piece;
  }
  end.tables[name] = { rows, sha256: hash.digest("hex") };
  yield Buffer.from("\\.\n");
}

function describe(file: string, bytes: number, head: BackupHead, end: BackupEnd): BackupMade {
  const tables = Object.values(end.tables);
  return {
    file,
    bytes,
    version: head.version,
    migration: head.migrations.at(-1)?.name ?? "",
    createdAt: head.createdAt,
    keys: head.keys.map(({ id }) => id),
    tables: tables.length,
    rows: tables.reduce((sum, table) => sum + table.rows, 0),
  };
}

/** Written down where admins and metrics look for it; an older step of the database has no place for that. */
async function note(client: pg.Client, made: BackupMade): Promise<void> {
  if (!(await hasTable(client, '"BackupRun"'))) return;
  await client.query(
    `INSERT INTO "BackupRun" (id, "takenAt", version, rows, bytes) VALUES (gen_random_uuid(), $1, $2, $3, $4)`,
    [made.createdAt, made.version, made.rows, made.bytes],
  );
}
