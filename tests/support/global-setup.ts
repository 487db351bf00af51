/** One database server for the whole run of integration tests, with a migrated template that each test file copies. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { openEmbeddedDatabase } from "@/lib/database/embedded";
import { makeTemplate, runStatement } from "@/tests/support/template";

declare module "vitest" {
  export interface ProvidedContext {
    /** Address of the server's own `bellhop` database; test files make theirs beside it. */
    databaseServerUrl: string;
  }
}

/** Nothing of it outlives the run, so no write has to reach the disk. */
async function forgoDisk(serverUrl: string): Promise<void> {
  await runStatement(serverUrl, "ALTER SYSTEM SET fsync = off");
  await runStatement(serverUrl, "ALTER SYSTEM SET full_page_writes = off");
  await runStatement(serverUrl, "SELECT pg_reload_conf()");
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), "bellhop-tests-"));
  const server = await openEmbeddedDatabase(folder);
  await forgoDisk(server.url);
  await makeTemplate(server.url);
  project.provide("databaseServerUrl", server.url);
  return async () => {
    await server.release();
    await rm(folder, { recursive: true, force: true });
  };
}
