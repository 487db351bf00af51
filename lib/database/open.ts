import { env, setDatabaseUrl } from "@/lib/config/env";
import { closeDatabase } from "@/lib/database/client";
import { type EmbeddedDatabaseError, openEmbeddedDatabase } from "@/lib/database/embedded";
import { type AppliedStep, describeMisfit, migrate, readMigrationState } from "@/lib/database/migrate";
import { isPooledByTransaction, openSession, SessionError } from "@/lib/database/session";

/** The database at DATABASE_URL can't be used; `message` is one line that says what to do. */
class DatabaseUnavailableError extends Error {
  readonly code = "database_unavailable";
  override name = "DatabaseUnavailableError";
}

const globals = globalThis as { bellhopDataFolder?: string | undefined };

/** The folder that the database writes to, where it is on this machine's disk for certain: the embedded one. */
export const dataFolder = (): string | undefined => globals.bellhopDataFolder;

export interface OpenDatabase {
  /** Its address, with the password. */
  url: string;
  /** Names of the migrations applied now. */
  migrated: string[];
  /** Closes this process's connections; the embedded server stops with its last process. */
  close(): Promise<void>;
}

/**
 * Opens the database this process works with, embedded unless DATABASE_URL names one, and brings it to this version.
 * `onLost` is called when the embedded one has died later and can't be brought back.
 * Throws `EmbeddedDatabaseError`, `DatabaseUnavailableError` or `MigrationError`.
 */
export function openDatabase(onLost?: (error: EmbeddedDatabaseError) => void): Promise<OpenDatabase> {
  return openWith(migrate, onLost);
}

/** Opens the database as it is, of whatever version and empty or not. Throws as `openDatabase` does. */
export function openDatabaseAsIs(): Promise<OpenDatabase> {
  return openWith(async () => []);
}

/**
 * Opens the database for a command: an empty one is set up, one of this version is used, and any other is left alone. Throws
 * `SchemaError` then, and otherwise as `openDatabase` does.
 */
export function openDatabaseOfThisVersion(): Promise<OpenDatabase> {
  return openWith(async (url) => {
    const state = await readState(url);
    if (!state) return migrate(url);
    const problem = describeMisfit(state) ?? describeMissing(state.missing);
    if (problem) throw new SchemaError(problem);
    return [];
  });
}

/** The database is of another version, and only a start may change that; `message` is one line that says what to do. */
class SchemaError extends Error {
  readonly code = "schema_of_another_version";
  override name = "SchemaError";
}

/** One line on steps that a start would take; null: there are none. */
function describeMissing(missing: string[]): string | null {
  if (missing.length === 0) return null;
  return `The database is of an older version (it lacks ${missing.join(", ")}), and only a start changes that. Start this version first, or run the command with the version that runs now.`;
}

async function readState(url: string) {
  const session = await openSession(url);
  try {
    const { rows } = await session.query<{ there: boolean }>(
      `SELECT to_regclass('"_prisma_migrations"') IS NOT NULL AS there`,
    );
    if (!rows[0]?.there) return null;
    return await readMigrationState(async (sql) => (await session.query<AppliedStep>(sql)).rows);
  } finally {
    await session.end();
  }
}

async function openWith(
  prepare: (url: string) => Promise<string[]>,
  onLost?: (error: EmbeddedDatabaseError) => void,
): Promise<OpenDatabase> {
  const given = env().DATABASE_URL;
  const embedded = given ? null : await openEmbeddedDatabase(env().DATA_DIR, onLost);
  const url = given ?? embedded?.url ?? "";
  setDatabaseUrl(url);
  globals.bellhopDataFolder = embedded ? env().DATA_DIR : undefined;
  try {
    if (given) await requireUsable(given);
    const migrated = await prepare(url);
    return {
      url,
      migrated,
      async close() {
        await closeDatabase();
        await embedded?.release();
      },
    };
  } catch (error) {
    await embedded?.release();
    throw error;
  }
}

/**
 * Makes sure that the database at this address can be used as Bellhop needs it. Waits up to half a minute for one that starts
 * beside us, or `patienceMs`. Throws `DatabaseUnavailableError`.
 */
export async function requireUsable(url: string, patienceMs = 30_000): Promise<void> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      if (await isPooledByTransaction(url, { connectionTimeoutMillis: 3_000 }))
        throw new SessionError(byTransaction);
      const session = await openSession(url, { connectionTimeoutMillis: 3_000 });
      return await session.end();
    } catch (cause) {
      if (cause instanceof SessionError) throw new DatabaseUnavailableError(cause.message, { cause });
      const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
      // The driver has no code for it.
      const isWithoutTls = cause instanceof Error && /does not support SSL/i.test(cause.message);
      const reason = isWithoutTls ? "no TLS" : code || "no answer";
      if (isFinal(code) || isWithoutTls || Date.now() > deadline) {
        throw new DatabaseUnavailableError(
          `DATABASE_URL names a database that can't be used (${reason}). ${cureFor(reason)}`,
          { cause },
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  }
}

const byTransaction =
  "DATABASE_URL leads to a pooler in transaction mode, where Bellhop would lose its locks and settings between statements. Set session mode there for this database (PgBouncer: pool_mode=session), or connect directly to PostgreSQL.";

/** What Node.js says of a certificate that it doesn't trust: none of its issuer's, or its own. */
const isDistrust = (code: string) => /^(?:UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_)/.test(code);

/**
 * Waiting does not help when the server answered: wrong password (28xxx), no such database (3D000), start-up refused (08P01), another
 * certificate; nor where a file is missing that the address names.
 */
const isFinal = (code: string) =>
  code.startsWith("28") ||
  isDistrust(code) ||
  ["3D000", "08P01", "ENOTFOUND", "ENOENT", "CERT_HAS_EXPIRED", "ERR_TLS_CERT_ALTNAME_INVALID"].includes(
    code,
  );

const cures: Record<string, string> = {
  "3D000": "Create the database first.",
  "08P01": "A pooler there refuses this address: look for ?options= in it, and into the pooler's log.",
  "53300":
    "It accepts no more connections: raise max_connections there, or the CONNECTION LIMIT of the user or the database. A process of Bellhop needs up to 20.",
  ENOTFOUND: "Check the host name.",
  ENOENT: "A file that it names, such as sslrootcert=, isn't there.",
  CERT_HAS_EXPIRED: "Renew the certificate of the PostgreSQL server.",
  ERR_TLS_CERT_ALTNAME_INVALID: "Its certificate is for another host name. Use that one in the address.",
  "no TLS": "Turn on TLS at the PostgreSQL server, or leave sslmode= out of the address.",
};

function cureFor(reason: string): string {
  if (reason.startsWith("28")) return "Check user and password.";
  if (isDistrust(reason)) {
    return "Its certificate is of an authority that this machine doesn't know. Add ?sslmode=verify-full&sslrootcert= and the path of that authority's certificate.";
  }
  return cures[reason] ?? "Check that PostgreSQL runs there and accepts connections from here.";
}
