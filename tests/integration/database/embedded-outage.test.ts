/** The embedded server dies under a running Bellhop: it comes back by itself, or the process ends. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { GET as ready } from "@/app/api/health/ready/route";
import { book } from "@/lib/booking/book";
import { boot, type Running } from "@/lib/boot";
import { env } from "@/lib/config/env";
import { db } from "@/lib/database/client";
import { transact } from "@/lib/database/direct";
import { openEmbeddedDatabase } from "@/lib/database/embedded";
import { setTestEnvironment } from "@/tests/support/env";
import { eventually } from "@/tests/support/eventually";
import { hourAhead, makeOrganizer, requestFor } from "@/tests/support/organizer";

const patience = 120_000;

let folder: string;
let running: Running;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "bellhop-outage-"));
  setTestEnvironment({ DATA_DIR: folder, DATABASE_URL: "" });
  running = await boot({ worker: true });
}, patience);
afterAll(async () => {
  await running.stop();
  await rm(folder, { recursive: true, force: true });
}, patience);

const postmaster = async () =>
  Number((await readFile(path.join(folder, "postgres", "postmaster.pid"), "utf8")).split("\n")[0]);

/** Kills the server, or all of its processes together, as the kernel does when memory runs out. */
async function killServer(whole = false): Promise<number> {
  const pid = await postmaster();
  process.kill(whole ? -pid : pid, "SIGKILL");
  return pid;
}

const status = async () => (await ready()).status;

async function untilReady(): Promise<void> {
  await eventually(status, (answer) => answer === 200, 60);
}

async function bookOnce(day: number): Promise<string> {
  const booked = await book(requestFor(await makeOrganizer(), hourAhead(day)));
  if (!booked.ok) throw new Error(booked.error.code);
  return booked.value.id;
}

it.each([
  ["the server alone", false],
  ["all of its processes", true],
])(
  "comes back at the same address after %s was killed; meanwhile the process is not ready",
  async (_, whole) => {
    await untilReady();
    const address = env().DATABASE_URL;
    const before = await bookOnce(3);
    const killed = await killServer(whole);
    await eventually(status, (answer) => answer === 503, 5);
    await untilReady();
    expect(await db().booking.count({ where: { id: before } })).toBe(1);
    await bookOnce(4);
    expect(env().DATABASE_URL).toBe(address);
    expect(await postmaster()).not.toBe(killed);
  },
  patience,
);

it(
  "fails a transaction that was under way, and nothing else",
  async () => {
    await untilReady();
    const underWay = transact(null, async (run) => void (await run("SELECT pg_sleep(20)", [])));
    const refused = expect(underWay).rejects.toThrow();
    await pause(300);
    await killServer(true);
    await refused;
    await untilReady();
    await bookOnce(5);
  },
  patience,
);

it(
  "is brought back for all processes that share it, and still stops with the last of them",
  async () => {
    const shared = await mkdtemp(path.join(tmpdir(), "bellhop-shared-"));
    const [one, two] = await Promise.all([openEmbeddedDatabase(shared), openEmbeddedDatabase(shared)]);
    const file = path.join(shared, "postgres", "postmaster.pid");
    process.kill(Number((await readFile(file, "utf8")).split("\n")[0]), "SIGKILL");
    const present = async (url: string) => {
      const client = new pg.Client({ connectionString: url });
      client.on("error", () => undefined);
      try {
        await client.connect();
        const { rows } = await client.query(
          "SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'bellhop presence'",
        );
        return Number(rows[0]?.n);
      } catch {
        return 0;
      } finally {
        await client.end().catch(() => undefined);
      }
    };
    await eventually(
      () => present(one.url),
      (count) => count === 2,
      60,
    );
    await one.release();
    expect(await present(two.url)).toBe(1);
    await two.release();
    expect(await present(two.url)).toBe(0);
    await rm(shared, { recursive: true, force: true });
  },
  patience,
);

/** The worker as a process of its own beside this one, with what it has printed. */
function startWorker(): { child: ChildProcess; said: () => string } {
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/worker.ts"], {
    env: { ...process.env, DATABASE_URL: "", LOG_LEVEL: "warn" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (more: Buffer) => {
      text += more;
    });
  }
  return { child, said: () => text };
}

it(
  "says it once when the server goes and once when it is back, then works on",
  async () => {
    const { child, said } = startWorker();
    await eventually(
      async () => said(),
      (text) => text.includes("The worker is ready"),
      60,
    );
    const before = said();
    await killServer();
    await eventually(
      async () => said(),
      (text) => text.includes("is back"),
      60,
    );
    await pause(3_000);
    const messages = said()
      .slice(before.length)
      .split("\n")
      .filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line).msg);
    expect(messages.filter((message) => message.startsWith("The database"))).toEqual([
      "The database has gone away",
      "The database is back",
    ]);
    // Each of its lanes and tasks has failed several times meanwhile.
    expect(messages.length, said()).toBeLessThan(6);
    expect(child.exitCode).toBeNull();
    const since = new Date();
    await eventually(
      () =>
        db()
          .workerBeat.count({ where: { beatAt: { gt: since } } })
          .catch(() => 0),
      (count) => count === 2,
      30,
    );
    child.kill("SIGTERM");
    await new Promise((resolve) => child.once("close", resolve));
  },
  patience,
);

it(
  "ends with PostgreSQL's own words when the server can't be brought back",
  async () => {
    await running.stop();
    const { child, said } = startWorker();
    await eventually(
      async () => said(),
      (text) => text.includes("The worker is ready"),
      60,
    );
    await writeFile(path.join(folder, "postgres", "postgresql.auto.conf"), "shared_buffers = 'plenty'\n");
    await killServer();
    // Its last lines may be read after it has ended.
    const code = await new Promise((resolve) => child.once("close", resolve));
    expect(code).toBe(1);
    const last = JSON.parse(said().trim().split("\n").at(-1) ?? "{}");
    expect(last.msg, said()).toMatch(/^Bellhop stops: The embedded database did not start: .*plenty/);
  },
  patience,
);
