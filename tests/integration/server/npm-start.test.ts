import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { eventually } from "@/tests/support/eventually";
import { freePort } from "@/tests/support/server";

let database: TestDatabase;
let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), "bellhop-npm-"));
  database = await createTestDatabase({ LOG_LEVEL: "silent", WORKER: "off", DATA_DIR: dataDir });
});
afterAll(async () => {
  await database.cleanup();
  await rm(dataDir, { recursive: true, force: true });
});

const isUp = (url: string) =>
  fetch(`${url}/api/health`).then(
    ({ ok }) => ok,
    () => false,
  );

const ended = (child: ChildProcess) => new Promise((resolve) => child.once("exit", resolve));

it.each(["SIGTERM", "SIGINT", "SIGKILL"] as const)(
  "npm start that gets %s leaves no server behind",
  async (signal) => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const npm = spawn("npm", ["start"], { env: { ...process.env, PORT: String(port) }, stdio: "ignore" });
    await eventually(() => isUp(url), Boolean, 60);
    const end = ended(npm);
    npm.kill(signal);
    await end;
    await eventually(
      () => isUp(url),
      (up) => !up,
      15,
    );
  },
  90_000,
);
