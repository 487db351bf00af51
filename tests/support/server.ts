import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { collectLog, type LogLine } from "@/tests/support/log-lines";

export interface TestServer {
  url: string;
  /** Of the process. */
  pid: number;
  /** What it has logged so far, one object a line. */
  log(): LogLine[];
  /** Asks it to stop and waits until it has. */
  stop(): Promise<void>;
  /** Halts it where it is (SIGSTOP) until `resume`; meanwhile the system takes its connections for it. */
  pause(): void;
  resume(): void;
  /** Ends it in the middle of whatever it does (SIGKILL). */
  kill(): Promise<void>;
}

/** The production server in a process of its own, with this test's environment. Needs the production build. */
export async function startServer(
  variables: Record<string, string> = {},
  port?: number,
): Promise<TestServer> {
  const chosen = port ?? (await freePort());
  const child = spawn(process.execPath, ["scripts/start.mjs"], {
    env: { ...process.env, ...variables, PORT: String(chosen) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const log = collectLog(child.stdout);
  const url = `http://127.0.0.1:${chosen}`;
  await untilReady(url, child);
  return {
    url,
    pid: child.pid ?? 0,
    log,
    stop: () => end(child, "SIGTERM"),
    pause: () => void child.kill("SIGSTOP"),
    resume: () => void child.kill("SIGCONT"),
    kill: () => end(child, "SIGKILL"),
  };
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null)
      throw new Error(`the server ended with code ${child.exitCode} while starting`);
    const answer = await fetch(`${url}/api/health/ready`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("the server did not become ready");
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    // Its last lines may be read after it has ended.
    child.once("close", () => resolve());
    child.kill(signal);
  });
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === "object" ? resolve(address.port) : reject()));
    });
  });
}
