import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, expect, inject, it } from "vitest";
import { listMigrations, migrate } from "@/lib/database/migrate";
import { draftMigration } from "@/tests/support/schema-engine";

const made: string[] = [];

async function statement(sql: string, url = inject("databaseServerUrl")): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(sql);
  } finally {
    await client.end();
  }
}

async function emptyDatabase(): Promise<string> {
  const name = `empty_${randomBytes(6).toString("hex")}`;
  await statement(`CREATE DATABASE ${name}`);
  made.push(name);
  return new URL(name, inject("databaseServerUrl")).href;
}

afterAll(async () => {
  for (const name of made) await statement(`DROP DATABASE ${name} WITH (FORCE)`);
});

it("makes, step by step, exactly what the schema describes", async () => {
  const url = await emptyDatabase();
  await migrate(url);
  expect(await draftMigration(url, await emptyDatabase())).toBe("");
});

it("applies each step once, though several processes start together", async () => {
  const url = await emptyDatabase();
  const applied = await Promise.all([migrate(url), migrate(url), migrate(url)]);
  const names = (await listMigrations()).map((migration) => migration.name);
  expect(applied.flat().sort()).toEqual(names);
  expect(await migrate(url)).toEqual([]);
});

it("refuses a database that a newer version has changed", async () => {
  const url = await emptyDatabase();
  await migrate(url);
  await statement(
    `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at) VALUES ('x', 'y', '99991231000000_later', now())`,
    url,
  );
  await expect(migrate(url)).rejects.toThrow("newer Bellhop");
});

it("refuses a step that was changed after it had been applied", async () => {
  const url = await emptyDatabase();
  await migrate(url);
  await statement(`UPDATE "_prisma_migrations" SET checksum = 'other'`, url);
  await expect(migrate(url)).rejects.toThrow("differs from the one");
});
