/** Prints the SQL that is missing between prisma/migrations and prisma/schema.prisma, as a draft for a new migration. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { openEmbeddedDatabase } from "@/lib/database/embedded";
import { migrate } from "@/lib/database/migrate";
import { draftMigration } from "@/tests/support/schema-engine";

const folder = await mkdtemp(path.join(tmpdir(), "bellhop-draft-"));
const database = await openEmbeddedDatabase(folder);
try {
  await migrate(database.url);
  const shadowUrl = database.url.replace(/bellhop$/, "shadow");
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query("CREATE DATABASE shadow");
  await client.end();
  process.stdout.write(await draftMigration(database.url, shadowUrl));
} finally {
  await database.release();
  await rm(folder, { recursive: true, force: true });
}
