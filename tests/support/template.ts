import { PgBoss } from "pg-boss";
import { migrate } from "@/lib/database/migrate";
import { openSession } from "@/lib/database/session";

/** The migrated database that each test file copies. */
export const templateName = "bellhop_template";

/** Makes the template, the queue's own tables included. No one may stay connected to it, or it can't be copied. */
export async function makeTemplate(serverUrl: string): Promise<void> {
  await runStatement(serverUrl, `CREATE DATABASE ${templateName}`);
  const url = new URL(templateName, serverUrl).href;
  await migrate(url);
  const boss = new PgBoss({ connectionString: url, schema: "jobs", supervise: false, schedule: false });
  await boss.start();
  await boss.stop({ graceful: false, close: true });
}

/** Runs one statement on a connection of its own, outside any transaction. */
export async function runStatement(databaseUrl: string, statement: string): Promise<void> {
  const client = await openSession(databaseUrl);
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
