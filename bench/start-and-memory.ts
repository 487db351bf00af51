import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import autocannon from "autocannon";
import { type Figure, median, rounded } from "@/bench/figures";
import type { Server, Stage } from "@/bench/stage";

const starts = 3;

/** From the start of the process until it is ready. */
export async function measureStart(stage: Stage, say: (line: string) => void): Promise<Figure[]> {
  const url = await stage.createDatabase("bench_start");
  say("Start");
  const seconds: number[] = [];
  for (let start = 0; start < starts; start += 1) {
    const server = await stage.startServer(url);
    seconds.push(server.readyAfterMs / 1000);
    await server.stop();
  }
  return [
    {
      name: "Start to ready",
      against: `on a migrated database, median of ${starts}`,
      value: median(seconds),
      unit: "s",
      goal: { atMost: 2 },
      details: { slowest: rounded(Math.max(...seconds)) },
    },
  ];
}

const restMs = 15_000;
const loadSeconds = 25;

/** What a server takes with its worker and its own database, as who installs it starts it: when nothing happens, and when much does. */
export async function measureMemory(stage: Stage, say: (line: string) => void): Promise<Figure[]> {
  if (process.platform !== "linux") return [];
  const folder = mkdtempSync(path.join(tmpdir(), "bellhop-memory-"));
  say("Memory");
  try {
    // The first start makes the database.
    const first = await stage.startServer("", { DATA_DIR: folder });
    await first.stop();
    const server = await stage.startServer("", { DATA_DIR: folder });
    await new Promise((resolve) => setTimeout(resolve, restMs));
    const idle = memoryOf(server, folder);
    const busy = await mostUnderLoad(server, folder);
    await server.stop();
    const against = "proportional set size of all processes, worker and embedded database among them";
    return [
      { name: "Memory, idle", against, unit: "MB", goal: { atMost: 250 }, ...idle },
      {
        name: "Memory, 100 requests a second",
        against: `the same, at its highest in ${loadSeconds} s of the front page`,
        unit: "MB",
        goal: { atMost: 350 },
        ...busy,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Memory = Pick<Figure, "value" | "details">;

async function mostUnderLoad(server: Server, folder: string): Promise<Memory> {
  let most = memoryOf(server, folder);
  const looking = setInterval(() => {
    const now = memoryOf(server, folder);
    if (now.value > most.value) most = now;
  }, 1_000);
  try {
    const { errors, non2xx } = await autocannon({
      url: server.url,
      connections: 10,
      overallRate: 100,
      duration: loadSeconds,
    });
    if (errors + non2xx > 0) throw new Error(`${errors + non2xx} requests of the front page failed`);
    return most;
  } finally {
    clearInterval(looking);
  }
}

/** In MB. The database's processes work in its folder. */
function memoryOf({ pid }: Server, folder: string): Memory {
  const database = processesIn(folder).reduce((sum, one) => sum + proportionalMegabytes(one), 0);
  const server = proportionalMegabytes(pid);
  return { value: server + database, details: { server: rounded(server), database: rounded(database) } };
}

function processesIn(folder: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => unlessGone(() => readlinkSync(`/proc/${name}/cwd`), "").startsWith(folder))
    .map(Number);
}

function proportionalMegabytes(pid: number): number {
  const rollup = unlessGone(() => readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"), "");
  return Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0) / 1024;
}

/** A process may end while it's looked at, and other people's can't be looked into. */
function unlessGone<Value>(look: () => Value, otherwise: Value): Value {
  try {
    return look();
  } catch {
    return otherwise;
  }
}
