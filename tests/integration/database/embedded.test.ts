import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, expect, it } from "vitest";
import { openEmbeddedDatabase } from "@/lib/database/embedded";

const folders: string[] = [];

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "bellhop-embedded-"));
  folders.push(folder);
  return folder;
}

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return Object.values((await client.query(sql)).rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}

async function isRunning(folder: string): Promise<boolean> {
  return (await stat(path.join(folder, "postgres", "postmaster.pid")).catch(() => null)) !== null;
}

it("keeps what was written over a stop and a start", async () => {
  const folder = path.join(await newFolder(), "deep", "down");
  const first = await openEmbeddedDatabase(folder);
  await ask(first.url, "CREATE TABLE kept (n int)");
  await first.release();
  expect(await isRunning(folder)).toBe(false);
  const second = await openEmbeddedDatabase(folder);
  expect(await ask(second.url, "SELECT count(*)::int FROM kept")).toBe(0);
  await second.release();
});

it("is shared by all who use the folder, and stops with the last of them", async () => {
  const folder = await newFolder();
  const [one, two] = await Promise.all([openEmbeddedDatabase(folder), openEmbeddedDatabase(folder)]);
  expect(new URL(one.url).port).toBe(new URL(two.url).port);
  await one.release();
  expect(await ask(two.url, "SELECT 1")).toBe(1);
  await two.release();
  expect(await isRunning(folder)).toBe(false);
});

it("adopts the server of a process that was killed", async () => {
  const folder = await newFolder();
  const script = `import { openEmbeddedDatabase } from "@/lib/database/embedded";
    await openEmbeddedDatabase(${JSON.stringify(folder)});
    process.stdout.write("open");
    setInterval(() => undefined, 1000);`;
  const file = path.join(process.cwd(), `.embedded-probe-${process.pid}.ts`);
  await writeFile(file, script);
  const child = spawn(process.execPath, ["--import", "tsx", file], { stdio: ["ignore", "pipe", "inherit"] });
  await new Promise((resolve) => child.stdout.once("data", resolve));
  child.kill("SIGKILL");
  await new Promise((resolve) => child.once("exit", resolve));
  await rm(file);
  const pid = (await readFile(path.join(folder, "postgres", "postmaster.pid"), "utf8")).split("\n")[0];
  const adopted = await openEmbeddedDatabase(folder);
  expect((await readFile(path.join(folder, "postgres", "postmaster.pid"), "utf8")).split("\n")[0]).toBe(pid);
  expect(await ask(adopted.url, "SELECT 1")).toBe(1);
  await adopted.release();
  expect(await isRunning(folder)).toBe(false);
});

it("answers to loopback and to its own password alone", async () => {
  const database = await openEmbeddedDatabase(await newFolder());
  expect(await ask(database.url, "SHOW listen_addresses")).toBe("127.0.0.1");
  const wrong = database.url.replace(/:[^:@/]+@/, ":guess@");
  await expect(ask(wrong, "SELECT 1")).rejects.toThrow("password authentication failed");
  await database.release();
});

it("says in one line what is wrong with a folder that can't be written", async () => {
  const folder = await newFolder();
  await writeFile(path.join(folder, "file"), "");
  await expect(openEmbeddedDatabase(path.join(folder, "file", "data"))).rejects.toThrow(
    /can't be written to\. Give this user write access/,
  );
});
