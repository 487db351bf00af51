/**
 * What every session with PostgreSQL must have, whatever database, role, address and pooler say. It is set after connecting,
 * since a pooler may drop or refuse start-up options, and read back.
 */
import pg from "pg";

const required = {
  // The ORM's driver writes and reads instants as the session's wall clock.
  TimeZone: "UTC",
  // Drivers read no other notation of dates.
  DateStyle: "ISO, MDY",
  // The ORM names this schema in its statements, our own statements name none.
  search_path: "public",
  // What is read under a lock has to be what was committed before the lock was given.
  default_transaction_isolation: "read committed",
};

type Settings = Record<string, string>;

/** A session that does not keep its settings; `message` is one line that says which and what to do. */
export class SessionError extends Error {
  readonly code = "session_settings_lost";
  override name = "SessionError";
}

const setStatement = (settings: Settings) =>
  `SELECT ${Object.entries(settings).map(([name, value]) => `set_config('${name}', '${value}', false)`)}`;

const readStatement = (settings: Settings) =>
  `SELECT ${Object.keys(settings).map((name) => `current_setting('${name}') AS "${name}"`)}`;

const listLost = (settings: Settings, found: Settings | undefined) =>
  Object.keys(settings).filter((name) => found?.[name] !== settings[name]);

/**
 * Sets what a new session must have, and `more`, and makes sure that it holds. Throws `SessionError` when it does not.
 */
export async function prepareSession(client: pg.ClientBase, more: Settings = {}): Promise<void> {
  const settings = { ...required, ...more };
  await client.query(setStatement(settings));
  const { rows } = await client.query<Settings>(readStatement(settings));
  const lost = listLost(settings, rows[0]);
  if (lost.length > 0) throw new SessionError(describeLost(lost));
}

/** One line on settings that did not hold. */
export const describeLost = (names: string[]) =>
  `The database's sessions don't keep Bellhop's setting for ${names.join(", ")}. Connect directly to PostgreSQL, or through a pooler in session mode.`;

/** Names of the settings that the session which runs the statement has lost; empty: all hold. */
export async function listLostSettings(query: (sql: string) => Promise<Settings[]>): Promise<string[]> {
  const [found] = await query(readStatement(required));
  return listLost(required, found);
}

/** Opens a connection of its own, with what every session must have. The caller ends it. */
export async function openSession(url: string, config: pg.ClientConfig = {}): Promise<pg.Client> {
  const client = await dial(url, config);
  try {
    await prepareSession(client);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

async function dial(url: string, config: pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client({ ...config, connectionString: url });
  // A connection that breaks fails the statements on it; one that is idle has none to fail.
  client.on("error", () => undefined);
  await client.connect().catch((error) => {
    void client.end().catch(() => undefined);
    throw error;
  });
  return client;
}

/** Rounds of asking which backend answers; a pooler hands an idle one to the next client. */
const rounds = 3;

/**
 * True when one session is served by several backends in turn, or several by one: a pooler in transaction or statement mode.
 * Session locks and settings would be another's there.
 */
export async function isPooledByTransaction(url: string, config: pg.ClientConfig): Promise<boolean> {
  const open: pg.Client[] = [];
  try {
    const one = await dial(url, config);
    open.push(one);
    const two = await dial(url, config);
    open.push(two);
    for (let round = 0; round < rounds; round += 1) {
      const before = await backendOf(one);
      const begun = await two.query("BEGIN").catch(() => null);
      if (!begun || (await backendOf(two)) === before) return true;
      if ((await backendOf(one)) !== before) return true;
      await two.query("COMMIT");
    }
    return false;
  } finally {
    await Promise.all(open.map((client) => client.end().catch(() => undefined)));
  }
}

async function backendOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  return rows[0]?.pid ?? 0;
}
