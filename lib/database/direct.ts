/**
 * Statements that go straight to the driver: for the few paths that every visitor waits for, where each round trip and each
 * layer counts. Elsewhere the ORM's transactions are the rule.
 */
import type pg from "pg";
import { pool, statementName, type Tx } from "@/lib/database/client";
import type { PrismaClient } from "@/lib/database/generated/client";

/** Runs one statement, parsed and planned once for each connection. */
export type Run = <Row extends object = object>(text: string, values: readonly unknown[]) => Promise<Row[]>;

/** On any of the process's connections, outside a transaction. */
export const run: Run = (text, values) => runOn(pool())(text, values);

/** Reads through whatever the caller works with. */
export function select<Row extends object>(
  client: PrismaClient | Tx | Run,
  text: string,
  values: readonly unknown[],
): Promise<Row[]> {
  return typeof client === "function"
    ? client<Row>(text, values)
    : client.$queryRawUnsafe<Row[]>(text, ...values);
}

/** One statement to be, with its values. */
export interface Statement {
  text: string;
  values: readonly unknown[];
}

/** Takes statements that no one waits for: they travel together with the commit. */
export type Write = (...statements: Statement[]) => void;

/**
 * Statements are planned once for each connection, whatever their values are: PostgreSQL would plan the long ones again and again where
 * it takes the values for a good sign, which costs more than they do. They are planned to read by index, row by row: where PostgreSQL
 * expects few rows, it would rather read all there are and sort them, also when a statement asks for the newest hundred of thousands.
 */
const begin = [
  "BEGIN",
  "SET LOCAL plan_cache_mode = force_generic_plan",
  "SET LOCAL enable_bitmapscan = off",
  "SET LOCAL random_page_cost = 1.1",
].join("; ");

/**
 * A transaction. It begins with `first`, a lock mostly, which travels together with the first statement that `work` runs; work
 * that reads once and then only writes takes two round trips. Throws, with nothing written, when any statement fails; errors
 * carry PostgreSQL's state in `code`.
 */
export async function transact<Value>(
  first: Statement | null,
  work: (run: Run, write: Write) => Promise<Value>,
): Promise<Value> {
  const client = await pool().connect();
  const writes: Statement[] = [];
  const [worked, ...begun] = inOnePacket(client, () => {
    const begun = [client.query(begin), ...(first ? [send(client, first)] : [])];
    return [work(runOn(client), (...statements) => void writes.push(...statements)), ...begun] as const;
  });
  try {
    await allOrFirstFault([...begun, worked]);
    // After a statement that failed, PostgreSQL refuses the following ones and makes the commit take everything back.
    const ended = inOnePacket(client, () => [
      ...writes.map((write) => send(client, write)),
      client.query("COMMIT"),
    ]);
    await allOrFirstFault(ended);
    client.release();
    return await worked;
  } catch (error) {
    // A connection that can't even take back is not used again.
    await client.query("ROLLBACK").then(
      () => client.release(),
      (broken) => client.release(broken),
    );
    throw error;
  }
}

/** What these statements send before anything is awaited goes out with one write: each would wake PostgreSQL by itself. */
function inOnePacket<Value>({ connection: { stream } }: pg.PoolClient, ask: () => Value): Value {
  stream.cork();
  try {
    return ask();
  } finally {
    stream.uncork();
  }
}

/** Waits for all, so that none is under way any more, and throws the fault of the first that has one. */
async function allOrFirstFault(steps: readonly Promise<unknown>[]): Promise<void> {
  const ends = await Promise.allSettled(steps);
  const fault = ends.find((end) => end.status === "rejected");
  if (fault) throw fault.reason;
}

function runOn(client: pg.Pool | pg.PoolClient): Run {
  return async <Row extends object>(text: string, values: readonly unknown[]) => {
    const { rows } = await send<Row>(client, { text, values });
    return rows;
  };
}

function send<Row extends object>(client: pg.Pool | pg.PoolClient, { text, values }: Statement) {
  return client.query<Row>({ name: statementName(text), text, values: values.map(toText) });
}

/** The driver would write an instant in this process's zone, piece by piece. */
const toText = (value: unknown) => (value instanceof Date ? value.toISOString() : value);

/** One row to be: the table and its columns. Objects go in as JSON. */
export type NewRow = readonly [table: string, columns: Record<string, unknown>];

/** Inserts rows of several tables with one statement; references between them are checked at its end. */
export function insertTogether(rows: readonly NewRow[]): Statement {
  const values: unknown[] = [];
  const inserts = rows.map(([table, columns]) => {
    const given = Object.entries(columns).filter(([, value]) => value !== undefined);
    const places = given.map(([, value]) => `$${values.push(toParameter(value))}`);
    const names = given.map(([name]) => `"${name}"`);
    return `INSERT INTO "${table}" (${names.join(", ")}) VALUES (${places.join(", ")})`;
  });
  const earlier = inserts.slice(0, -1).map((insert, index) => `i${index} AS (${insert})`);
  const last = inserts.at(-1) ?? "SELECT 1";
  return { text: earlier.length > 0 ? `WITH ${earlier.join(", ")} ${last}` : last, values };
}

function toParameter(value: unknown): unknown {
  const isPlain =
    value === null || typeof value !== "object" || value instanceof Date || ArrayBuffer.isView(value);
  return isPlain ? value : JSON.stringify(value);
}
