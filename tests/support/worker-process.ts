import { type ChildProcess, spawn } from "node:child_process";
import { collectLog, type LogLine } from "@/tests/support/log-lines";

export interface WorkerProcess {
  /** What it has logged so far. */
  log(): LogLine[];
  /** Ends it in the middle of whatever it does (SIGKILL). */
  kill(): Promise<void>;
}

/**
 * The worker as `npm run worker` runs it, in a process of its own, with this test's environment and database. One that can't
 * start is started again, as anyone who supervises it would.
 */
export async function startWorkerProcess(tries = 3): Promise<WorkerProcess> {
  try {
    return await start();
  } catch (error) {
    if (tries <= 1) throw error;
    return startWorkerProcess(tries - 1);
  }
}

async function start(): Promise<WorkerProcess> {
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/worker.ts"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const log = collectLog(child.stdout);
  await new Promise<void>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`the worker ended with code ${code} while starting`)));
    child.stdout.on("data", (text: string) => {
      if (text.includes("The worker is ready")) resolve();
    });
  });
  return { log, kill: () => kill(child) };
}

function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    // Its last lines may be read after it has ended.
    child.once("close", () => resolve());
    child.kill("SIGKILL");
  });
}
