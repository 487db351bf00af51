import { env, setDatabaseUrl } from "@/lib/config/env";
import { closeDatabase } from "@/lib/database/client";
import { type EmbeddedDatabaseError, openEmbeddedDatabase } from "@/lib/database/embedded";
import { migrate } from "@/lib/database/migrate";
import { isPooledByTransaction, openSession, SessionError } from "@/lib/database/session";

/** The database at DATABASE_URL can't be used; `message` is one line that says what to do. */
class DatabaseUnavailableError extends Error {
  readonly code = "database_unavailable";
  override name = "DatabaseUnavailableError";
}

export interface OpenDatabase {
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
export async function openDatabase(onLost?: (error: EmbeddedDatabaseError) => void): Promise<OpenDatabase> {
  const given = env().DATABASE_URL;
  const embedded = given ? null : await openEmbeddedDatabase(env().DATA_DIR, onLost);
  const url = given ?? embedded?.url ?? "";
  setDatabaseUrl(url);
  try {
    if (given) await requireUsable(given);
    const migrated = await migrate(url);
    return {
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
      if (isFinal(code) || Date.now() > deadline) {
        throw new DatabaseUnavailableError(
          `DATABASE_URL names a database that can't be used (${code || "no answer"}). ${cureFor(code)}`,
          { cause },
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  }
}

const byTransaction =
  "DATABASE_URL leads to a pooler in transaction mode, where Bellhop would lose its locks and settings between statements. Set session mode there for this database (PgBouncer: pool_mode=session), or connect directly to PostgreSQL.";

/** Waiting does not help when the server answered: wrong password (28xxx), no such database (3D000), start-up refused (08P01). */
const isFinal = (code: string) => code.startsWith("28") || ["3D000", "08P01", "ENOTFOUND"].includes(code);

function cureFor(code: string): string {
  if (code.startsWith("28")) return "Check user and password.";
  if (code === "3D000") return "Create the database first.";
  if (code === "08P01")
    return "A pooler there refuses this address: look for ?options= in it, and into the pooler's log.";
  if (code === "ENOTFOUND") return "Check the host name.";
  return "Check that PostgreSQL runs there and accepts connections from here.";
}
