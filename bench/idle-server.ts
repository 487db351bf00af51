import { readFileSync } from "node:fs";
import { type Figure, median, rounded } from "@/bench/figures";
import type { Stage } from "@/bench/stage";

const starts = 3;

/** From the start of the process until it is ready, and what it then takes of memory when nothing happens. */
export async function measureIdleServer(stage: Stage, say: (line: string) => void): Promise<Figure[]> {
  const url = await stage.createDatabase("bench_idle");
  say("Start and idle memory");
  const seconds: number[] = [];
  let memory: number | null = null;
  for (let start = 0; start < starts; start += 1) {
    const server = await stage.startServer(url);
    seconds.push(server.readyAfterMs / 1000);
    if (start === starts - 1) {
      await new Promise((resolve) => setTimeout(resolve, 5_000));
      memory = residentMegabytes(server.pid);
    }
    await server.stop();
  }
  return [
    {
      name: "Start to ready",
      against: `on a migrated database, median of ${starts}`,
      value: median(seconds),
      unit: "s",
      details: { slowest: rounded(Math.max(...seconds)) },
    },
    ...(memory === null ? [] : [idle(memory)]),
  ];
}

function idle(megabytes: number): Figure {
  return {
    name: "Idle memory",
    against: "resident set of the server process, worker inside",
    value: megabytes,
    unit: "MB",
    details: {},
  };
}

/** Null on systems without /proc. */
function residentMegabytes(pid: number): number | null {
  try {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kilobytes ? Number(kilobytes) / 1024 : null;
  } catch {
    return null;
  }
}
