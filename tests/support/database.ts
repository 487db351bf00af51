import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import { setDatabaseUrl } from "@/lib/config/env";
import { closeDatabase } from "@/lib/database/client";
import { closeQueue } from "@/lib/jobs/queue";
import { setTestEnvironment } from "@/tests/support/env";
import { runStatement, templateName } from "@/tests/support/template";

export interface TestDatabase {
  url: string;
  /** Closes the process's client and queue and drops the database. */
  cleanup(): Promise<void>;
}

/**
 * A migrated database of this test file's own; `db()` and the queue of this process use it from now on.
 * `variables` are added to the test environment. Call it once, in `beforeAll`.
 */
export async function createTestDatabase(variables: Record<string, string> = {}): Promise<TestDatabase> {
  const serverUrl = inject("databaseServerUrl");
  const name = `test_${randomBytes(6).toString("hex")}`;
  const url = new URL(name, serverUrl).href;
  await runStatement(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${templateName}`);
  setTestEnvironment({ ...variables, DATABASE_URL: url });
  setDatabaseUrl(url);
  return {
    url,
    async cleanup() {
      await closeQueue(1);
      await closeDatabase();
      await runStatement(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}
