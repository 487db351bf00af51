/** The worker alone: does the jobs of any number of web processes on the same database. */
import { existsSync } from "node:fs";
import { boot, describeStartFailure } from "@/lib/boot";
import { env } from "@/lib/config/env";
import { answerForWorker } from "@/lib/health/worker-port";
import { followParent } from "./follow-parent.mjs";
import { growSlowly } from "./heap.mjs";
import { printLine, printLinesOnly } from "./json-lines.mjs";

if (existsSync(".env")) process.loadEnvFile(".env");
printLinesOnly();
growSlowly();

try {
  const running = await boot({ worker: true });
  const { WORKER_PORT: port, HOST: host } = env();
  if (port > 0) await answerForWorker({ port, host });
  printLine("info", "The worker is ready");
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), 30_000).unref();
    await running.stop();
    process.exit(0);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  process.on("disconnect", stop);
  followParent(stop);
} catch (error) {
  process.stderr.write(`${describeStartFailure(error)}\n`);
  process.exit(1);
}
