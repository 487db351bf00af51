/** Everything the figures are taken of: a database server in a temporary folder, the emulator, production servers. */
import { type ChildProcess, fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { treeFolder } from "@/bench/tree";
import { openEmbeddedDatabase } from "@/lib/database/embedded";
import { SEEDED_APP } from "@/tests/emulator/seed";
import { freePort } from "@/tests/support/server";
import { makeTemplate, runStatement, templateName } from "@/tests/support/template";

export interface Server {
  url: string;
  /** Of the process. */
  pid: number;
  readyAfterMs: number;
  stop(): Promise<void>;
}

export interface Stage {
  /** Makes an empty, migrated database. Answers with its address. */
  createDatabase(name: string): Promise<string>;
  /** Starts a production server on a database and waits until it is ready. */
  startServer(databaseUrl: string, variables?: Record<string, string>): Promise<Server>;
  /** Where the emulator answers; it runs in a process of its own. */
  microsoftUrl: string;
  /** What servers run with, besides their database and port. */
  variables: Record<string, string>;
  /** Stops all of it and removes the folder. Safe to call twice. */
  close(): Promise<void>;
}

/** Sets the stage. What was begun is taken down again when a part of it fails. */
export async function openStage(): Promise<Stage> {
  const folder = mkdtempSync(path.join(tmpdir(), "bellhop-bench-"));
  const closers: (() => Promise<void>)[] = [async () => rmSync(folder, { recursive: true, force: true })];
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= (async () => {
      for (const closer of closers.reverse()) await closer().catch(() => undefined);
    })();
    return closing;
  };
  try {
    const database = await openEmbeddedDatabase(folder);
    closers.push(() => database.release());
    await makeTemplate(database.url);
    const microsoftUrl = await startMicrosoft(closers);
    const variables = serverVariables(folder, microsoftUrl);
    return {
      microsoftUrl,
      variables,
      close,
      async createDatabase(name) {
        await runStatement(database.url, `CREATE DATABASE ${name} TEMPLATE ${templateName}`);
        return new URL(name, database.url).href;
      },
      async startServer(databaseUrl, more = {}) {
        return startServer({ ...variables, ...more, DATABASE_URL: databaseUrl }, closers);
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function serverVariables(folder: string, microsoftUrl: string): Record<string, string> {
  return {
    NODE_ENV: "production",
    APP_URL: "http://localhost:3000",
    DATA_DIR: folder,
    SESSION_SECRET: randomBytes(32).toString("base64url"),
    TOKEN_ENCRYPTION_KEYS: `k1:${randomBytes(32).toString("base64")}`,
    RATE_LIMITS: "off",
    DNS_SERVERS: "off",
    LOG_LEVEL: "error",
    TEAMS_CLIENT_ID: SEEDED_APP.clientId,
    TEAMS_CLIENT_SECRET: SEEDED_APP.clientSecret,
    TEAMS_LOGIN_URL: microsoftUrl,
    TEAMS_GRAPH_URL: microsoftUrl,
  };
}

async function startMicrosoft(closers: (() => Promise<void>)[]): Promise<string> {
  const port = await freePort();
  const child = fork("tests/emulator/main.ts", ["--port", String(port)], {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  closers.push(() => end(child));
  const url = `http://127.0.0.1:${port}`;
  await untilOk(`${url}/__control/settings`, child);
  return url;
}

async function startServer(
  environment: Record<string, string>,
  closers: (() => Promise<void>)[],
): Promise<Server> {
  const port = await freePort();
  const begun = performance.now();
  const child = fork("scripts/start.mjs", [], {
    cwd: treeFolder,
    execArgv: startOptions(),
    env: { ...process.env, ...environment, PORT: String(port) },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  closers.push(() => end(child));
  const url = `http://127.0.0.1:${port}`;
  await untilOk(`${url}/api/health/ready`, child);
  return { url, pid: child.pid ?? 0, readyAfterMs: performance.now() - begun, stop: () => end(child) };
}

/** What `npm start` gives Node, and not the TypeScript loader that this process runs with. */
export function startOptions(): string[] {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
  return scripts.start
    .split("||")[0]
    .split(" ")
    .filter((word: string) => word.startsWith("--"));
}

async function untilOk(url: string, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error("a server ended while starting; its own output is above");
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`${url} did not answer within a minute`);
}

/** Asks a process to stop, and ends it when it does not. */
function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill("SIGKILL"), 15_000);
    child.once("exit", () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill("SIGTERM");
  });
}
