import { PrismaPg } from "@prisma/adapter-pg";
import { env } from "@/lib/config/env";
import { type Prisma, PrismaClient } from "@/lib/database/generated/client";

/** A transaction: what use cases pass on so that a row and its job commit or vanish together. */
export type Tx = Prisma.TransactionClient;

const place = globalThis as { bellhopDatabase?: PrismaClient };

/** The process's database client. Instants go in and out as UTC: the adapter stores wrong ones under another session zone. */
export function db(): PrismaClient {
  place.bellhopDatabase ??= connect(requireUrl());
  return place.bellhopDatabase;
}

/** Opens a client of its own to another database, for tests and tools. */
export function connect(url: string, connections = 10): PrismaClient {
  const adapter = new PrismaPg({
    connectionString: url,
    options: "-c TimeZone=UTC",
    application_name: "bellhop",
    max: connections,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
  });
  return new PrismaClient({ adapter, transactionOptions: { maxWait: 10_000, timeout: 15_000 } });
}

/** Closes the process's client; the next `db()` opens a new one. */
export async function closeDatabase(): Promise<void> {
  await place.bellhopDatabase?.$disconnect();
  delete place.bellhopDatabase;
}

function requireUrl(): string {
  const url = env().DATABASE_URL;
  if (!url) throw new Error("The database was used before it was opened.");
  return url;
}
