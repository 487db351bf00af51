/** A database that does not fit this version: a start, a running server and the doctor say the same. */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { GET as ready } from "@/app/api/health/ready/route";
import { db } from "@/lib/database/client";
import { migrate } from "@/lib/database/migrate";
import { examine } from "@/lib/doctor";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { runStatement } from "@/tests/support/template";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await db().workerBeat.create({ data: { id: "one", startedAt: new Date(), beatAt: new Date() } });
  await change(`CREATE TABLE kept AS TABLE "_prisma_migrations"`);
});
afterAll(() => database.cleanup());
afterEach(async () => {
  await change(`TRUNCATE "_prisma_migrations"; INSERT INTO "_prisma_migrations" SELECT * FROM kept`);
});

const change = (sql: string) => runStatement(database.url, sql);
const start = () =>
  migrate(database.url).then(
    () => null,
    (error) => error.message as string,
  );
const doctor = async () => (await examine()).checks.find(({ name }) => name === "migrations");

async function readyProblem() {
  const response = await ready();
  const { checks } = await response.json();
  return { status: response.status, migrations: checks.migrations };
}

const later = `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at)
  VALUES ('x', 'y', '99991231000000_later', now())`;
const first = `(SELECT min(migration_name) FROM "_prisma_migrations")`;
const reworded = `UPDATE "_prisma_migrations" SET checksum = 'other' WHERE migration_name = ${first}`;

it.each([
  [
    "a step that a newer version has taken",
    later,
    "newer",
    "belongs to a newer Bellhop: it has the migration 99991231000000_later",
  ],
  ["a step in another wording", reworded, "changed", "differs from the one applied to this database"],
  ["both", `${later}; ${reworded}`, "newer", "belongs to a newer Bellhop"],
])(
  "%s: start refuses, the server is not ready, the doctor says why in the words of the start",
  async (_, sql, problem, words) => {
    await change(sql);
    const refusal = await start();
    expect(refusal).toContain(words);
    expect(await readyProblem()).toEqual({ status: 503, migrations: { ok: false, problem } });
    expect(await doctor()).toEqual({ name: "migrations", ok: false, message: refusal });
  },
);

it("a step that was taken back: start makes up for it, until then server and doctor say that it is missing", async () => {
  const last = `UPDATE "_prisma_migrations" SET rolled_back_at = now()
    WHERE migration_name = (SELECT max(migration_name) FROM "_prisma_migrations")`;
  await change(last);
  expect(await readyProblem()).toEqual({ status: 503, migrations: { ok: false, problem: "missing" } });
  expect(await doctor()).toMatchObject({ ok: false, message: expect.stringContaining("Start Bellhop once") });
});

it("the database of this very version is in order for all of them", async () => {
  expect(await start()).toBeNull();
  expect(await readyProblem()).toEqual({ status: 200, migrations: { ok: true } });
  expect(await doctor()).toMatchObject({ ok: true });
});

it("a running server goes by the version that it started with, not by files that were put in its place", async () => {
  expect((await readyProblem()).status).toBe(200);
  const elsewhere = await mkdtemp(path.join(tmpdir(), "bellhop-upgrade-"));
  await mkdir(path.join(elsewhere, "prisma", "migrations"), { recursive: true });
  const cwd = vi.spyOn(process, "cwd").mockReturnValue(elsewhere);
  const answer = await readyProblem();
  cwd.mockRestore();
  await rm(elsewhere, { recursive: true });
  expect(answer.status).toBe(200);
});
