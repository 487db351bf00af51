/** One database server for the whole run of integration tests, with a migrated template that each test file copies. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { openEmbeddedDatabase } from "@/lib/database/embedded";
import { makeTemplate } from "@/tests/support/template";

declare module "vitest" {
  export interface ProvidedContext {
    /** Address of the server's own `bellhop` database; test files make theirs beside it. */
    databaseServerUrl: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), "bellhop-tests-"));
  const server = await openEmbeddedDatabase(folder);
  await makeTemplate(server.url);
  project.provide("databaseServerUrl", server.url);
  return async () => {
    await server.release();
    await rm(folder, { recursive: true, force: true });
  };
}
