import { type ChildProcess, fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { emulatorUrl } from "@/tests/e2e/people";
import { freePort } from "@/tests/support/server";

export interface FreshServer {
  url: string;
  stop(): Promise<void>;
}

/** A server no one has used yet, with an embedded database of its own, that knows no registration at Microsoft. */
export async function startFreshServer(variables: Record<string, string> = {}): Promise<FreshServer> {
  const port = await freePort();
  const dataDir = mkdtempSync(path.join(tmpdir(), "bellhop-e2e-fresh-"));
  const url = `http://localhost:${port}`;
  const child = fork("scripts/start.mjs", [], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: {
      ...process.env,
      PORT: String(port),
      DATA_DIR: dataDir,
      DATABASE_URL: "",
      APP_URL: url,
      SESSION_SECRET: randomBytes(32).toString("base64url"),
      TOKEN_ENCRYPTION_KEYS: `k1:${randomBytes(32).toString("base64")}`,
      LOG_LEVEL: "warn",
      RATE_LIMITS: "off",
      DNS_SERVERS: "off",
      SIGN_UP: "open",
      TEAMS_CLIENT_ID: "",
      TEAMS_CLIENT_SECRET: "",
      TEAMS_LOGIN_URL: emulatorUrl,
      TEAMS_GRAPH_URL: emulatorUrl,
      ...variables,
    },
  });
  const stop = async () => {
    if (child.exitCode === null && child.kill("SIGTERM")) {
      await new Promise((resolve) => child.once("exit", resolve));
    }
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    await untilReady(url, child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 150_000;
  while (Date.now() < deadline && child.exitCode === null) {
    const answer = await fetch(`${url}/api/health/ready`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the fresh server did not become ready");
}
