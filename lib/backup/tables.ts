/** Bellhop's tables as the database itself describes them. Those of the job queue are in a schema of their own. */
import type pg from "pg";

/** Left out of a backup: what ends by itself within hours, and must not come back to life, such as sessions that have been signed out. */
const passing: ReadonlySet<string> = new Set([
  "_prisma_migrations",
  "Session",
  "PasswordReset",
  "SignInLink",
  "PasskeyChallenge",
  "OAuthHandshake",
  "PageFile",
  "ImportUpload",
  "SlotHold",
  "CallTicket",
  "RateLimit",
  "RestoredJob",
  "WorkerBeat",
]);

export interface Table {
  name: string;
  /** In their order, without those that PostgreSQL calculates. */
  columns: string[];
}

const tableList = `
  SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
  WHERE c.relnamespace = $1::regnamespace AND c.relkind = 'r'
    AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
  GROUP BY c.relname ORDER BY c.relname`;

/** All tables of a schema, by name. */
export async function listTables(client: pg.ClientBase, schema = "public"): Promise<Table[]> {
  const { rows } = await client.query<Table>(tableList, [schema]);
  return rows;
}

/** Those among them whose rows belong in a backup. PURE. */
export const keptTables = (tables: readonly Table[]): Table[] =>
  tables.filter(({ name }) => !passing.has(name));

/** The last number of each sequence; null: none was taken yet. */
export async function readSequences(client: pg.ClientBase): Promise<Record<string, string>> {
  const { rows } = await client.query<{ name: string; last: string | null }>(
    `SELECT sequencename AS name, last_value::text AS last FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1`,
  );
  return Object.fromEntries(rows.flatMap(({ name, last }) => (last === null ? [] : [[name, last]])));
}

/** Whether the session's database has this table; it may name a schema. */
export async function hasTable(client: pg.ClientBase, name: string): Promise<boolean> {
  const { rows } = await client.query<{ there: boolean }>("SELECT to_regclass($1) IS NOT NULL AS there", [
    name,
  ]);
  return rows[0]?.there ?? false;
}
