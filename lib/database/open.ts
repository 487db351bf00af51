import pg from "pg";
import { env, setDatabaseUrl } from "@/lib/config/env";
import { closeDatabase } from "@/lib/database/client";
import { openEmbeddedDatabase } from "@/lib/database/embedded";
import { migrate } from "@/lib/database/migrate";

/** The database at DATABASE_URL can't be used; `message` is one line that says what to do. */
export class DatabaseUnavailableError extends Error {
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
 * Throws `EmbeddedDatabaseError`, `DatabaseUnavailableError` or `MigrationError`.
 */
export async function openDatabase(): Promise<OpenDatabase> {
  const given = env().DATABASE_URL;
  const embedded = given ? null : await openEmbeddedDatabase(env().DATA_DIR);
  const url = given ?? embedded?.url ?? "";
  setDatabaseUrl(url);
  try {
    if (given) await requireReachable(given);
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

/** Waits up to half a minute for a database that starts beside us. */
async function requireReachable(url: string): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000 });
    client.on("error", () => undefined);
    try {
      await client.connect();
      await client.end();
      return;
    } catch (cause) {
      await client.end().catch(() => undefined);
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

/** Waiting does not help when the server answered: wrong password (28xxx), no such database (3D000). */
const isFinal = (code: string) => code.startsWith("28") || code === "3D000" || code === "ENOTFOUND";

function cureFor(code: string): string {
  if (code.startsWith("28")) return "Check user and password.";
  if (code === "3D000") return "Create the database first.";
  if (code === "ENOTFOUND") return "Check the host name.";
  return "Check that PostgreSQL runs there and accepts connections from here.";
}
