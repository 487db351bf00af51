import { createHash } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { env } from "@/lib/config/env";
import { noticeCommits } from "@/lib/database/after-commit";
import { type Prisma, PrismaClient } from "@/lib/database/generated/client";
import { doubtDatabase } from "@/lib/database/outage";
import { prepareSession } from "@/lib/database/session";

/** A transaction: what use cases pass on so that a row and its job commit or vanish together. */
export type Tx = Prisma.TransactionClient;

interface Open {
  client: PrismaClient;
  pool: pg.Pool;
}

const globals = globalThis as { bellhopDatabase?: Open };

/** The process's database client. */
export function db(): PrismaClient {
  return opened().client;
}

/** The connections that `db()` works on, for the few statements that run with every visitor's request. */
export function pool(): pg.Pool {
  return opened().pool;
}

/** Closes the process's client; the next `db()` opens a new one. */
export async function closeDatabase(): Promise<void> {
  const last = globals.bellhopDatabase;
  delete globals.bellhopDatabase;
  await last?.client.$disconnect();
  if (last && !last.pool.ended) await last.pool.end();
}

function opened(): Open {
  globals.bellhopDatabase ??= open(requireUrl());
  return globals.bellhopDatabase;
}

type Connected = Parameters<Extract<Parameters<pg.Pool["connect"]>[0], object>>;

/** Doubts the database whenever it lets no one in, before anyone who waits for a connection hears of it. */
class DoubtingPool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>;
  override connect(done: (...connected: Connected) => void): undefined;
  override connect(done?: (...connected: Connected) => void): Promise<pg.PoolClient> | undefined {
    if (!done) {
      return super.connect().catch((error: unknown) => {
        doubtDatabase();
        throw error;
      });
    }
    super.connect((...connected) => {
      if (connected[0]) doubtDatabase();
      done(...connected);
    });
    return undefined;
  }
}

function open(url: string): Open {
  const pool = new DoubtingPool({
    connectionString: url,
    application_name: "bellhop",
    max: env().DATABASE_CONNECTIONS,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 20_000,
    // Statements that don't wait for each other's answers travel together.
    pipeline: true,
    onConnect: (client) => prepareSession(client, { lock_timeout: "15s" }),
  });
  // A connection that breaks, idle or at work, is replaced by the next one asked for; its statements fail by themselves.
  pool.on("error", doubtDatabase);
  pool.on("connect", (client) => client.on("error", doubtDatabase));
  const adapter = new PrismaPg(pool, {
    disposeExternalPool: true,
    statementNameGenerator: ({ sql }) => statementName(sql),
  });
  const client = new PrismaClient({ adapter, transactionOptions: { maxWait: 10_000, timeout: 15_000 } });
  return { client: noticeCommits(client), pool };
}

const statementNames = new Map<string, string>();

/** More than the statements of the whole application: lists of many lengths must not fill PostgreSQL's memory. */
const namedStatementsMax = 500;

/** Under this name a connection keeps a statement parsed and planned; empty: it does both each time. */
export function statementName(sql: string): string {
  const known = statementNames.get(sql);
  if (known !== undefined) return known;
  if (statementNames.size >= namedStatementsMax) return "";
  const name = createHash("sha256").update(sql).digest("base64url").slice(0, 22);
  statementNames.set(sql, name);
  return name;
}

function requireUrl(): string {
  const url = env().DATABASE_URL;
  if (!url) throw new Error("The database was used before it was opened.");
  return url;
}
