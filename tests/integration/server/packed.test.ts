/** What the image is made of: the Dockerfile's last steps, replayed without an engine. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/database/client";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { eventually } from "@/tests/support/eventually";
import { freePort } from "@/tests/support/server";

const dockerfile = readFileSync("Dockerfile", "utf8");
const run = promisify(execFile);

let database: TestDatabase;
let folder: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  database = await createTestDatabase({ LOG_LEVEL: "info" });
  folder = await mkdtemp(path.join(tmpdir(), "bellhop-packed-"));
  // The steps before it are those of the tests themselves: npm ci and npm run build.
  const steps = [...dockerfile.matchAll(/^RUN (.+)$/gm)].map(([, step = ""]) => step);
  expect(steps.slice(0, 2)).toEqual(["npm ci --no-audit --no-fund", "npm run build"]);
  const [node = "", ...words] = (steps[2] ?? "").replace("/packed", folder).split(" ");
  expect(node).toBe("node");
  await run(process.execPath, words);
}, 300_000);
afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await database.cleanup();
  await rm(folder, { recursive: true, force: true });
});

/** Starts a program of the folder, waits until the address of its health answers, and asks the image's own check. */
async function start(words: string[], variables: Record<string, string>, port: number) {
  const child = spawn(process.execPath, words, {
    cwd: folder,
    env: { ...process.env, ...variables, NODE_ENV: "production", DATA_DIR: path.join(folder, "data") },
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  let printed = "";
  child.stdout.on("data", (chunk) => {
    printed += chunk;
  });
  const url = `http://127.0.0.1:${port}`;
  await eventually(
    () =>
      fetch(`${url}/api/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      ),
    Boolean,
    60,
  );
  return { child, url, printed: () => printed };
}

function end(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    child.once("exit", resolve);
    child.kill("SIGTERM");
  });
}

/** Asks at intervals, as a balancer does. */
function watch(address: string) {
  const heard: number[] = [];
  let isOver = false;
  (async () => {
    while (!isOver) {
      await fetch(address).then(
        ({ status }) => heard.push(status),
        () => null,
      );
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  })();
  return {
    heard: (status: number) => heard.filter((other) => other === status).length,
    stop() {
      isOver = true;
    },
  };
}

const checkHealth = (variables: Record<string, string>) =>
  run(process.execPath, ["scripts/healthy.mjs"], { cwd: folder, env: { ...process.env, ...variables } }).then(
    () => 0,
    (error) => error.code,
  );

async function sizeOf(place: string): Promise<number> {
  const names = await readdir(place, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map((file) => stat(path.join(file.parentPath, file.name))));
  return sizes.reduce((sum, { size }) => sum + size, 0);
}

describe("the tree of the image", () => {
  it("has what runs, and neither compilers nor browsers nor development tools", async () => {
    const has = (name: string) => existsSync(path.join(folder, "node_modules", name));
    expect(["next", "pg", "pg-boss", "sharp"].filter((name) => !has(name))).toEqual([]);
    const tools = ["prisma", "@prisma/studio-core", "playwright-core", "@playwright/test", "typescript"];
    const builders = ["@next/swc-linux-x64-gnu", "@biomejs/biome", "esbuild", "tsx", "vitest", "effect"];
    expect([...tools, ...builders].filter(has)).toEqual([]);
    expect(existsSync(path.join(folder, ".next/cache"))).toBe(false);
    // With Node (120 MB) and Debian's slim image (75 MB) that makes less than 400 MB.
    expect(await sizeOf(folder)).toBeLessThan(200_000_000);
  });

  it("serves pages, does the worker's tasks, says its version, opens no address but its HOST, and when asked to stop serves on until a balancer has noticed", async () => {
    const port = await freePort();
    const variables = { PORT: String(port), HOST: "127.0.0.1", WORKER_PORT: "" };
    const left = await db().spentProof.create({
      data: { hash: Buffer.from("left"), expiresAt: new Date(0) },
    });
    const server = await start(["scripts/start.mjs"], variables, port);
    const { version } = JSON.parse(readFileSync("package.json", "utf8"));
    expect(await (await fetch(`${server.url}/api/health`)).json()).toEqual({ status: "ok", version });
    for (const address of ["/sign-in", "/help", "/api/v1/openapi.json"]) {
      expect((await fetch(server.url + address)).status, address).toBe(200);
    }
    // Next.js has a word before.
    const logged = server
      .printed()
      .split("\n")
      .find((line) => line.includes("Bellhop starts"));
    expect(JSON.parse(logged ?? "{}")).toMatchObject({ level: "info", version });
    await expect(fetch(`http://127.0.0.2:${port}/api/health`)).rejects.toThrow();
    expect(await checkHealth(variables)).toBe(0);
    await eventually(
      () => db().spentProof.count({ where: { hash: left.hash } }),
      (count) => count === 0,
      30,
    );

    const balancer = watch(`${server.url}/api/health/ready`);
    await eventually(
      async () => balancer.heard(200),
      (times) => times >= 3,
    );
    const ended = end(server.child);
    await eventually(async () => balancer.heard(503), Boolean);
    const late = await fetch(`${server.url}/sign-in`, { headers: { connection: "close" } });
    expect([late.status, late.headers.get("connection")]).toEqual([200, "close"]);
    expect(await ended).toBe(0);
    balancer.stop();
    expect(await checkHealth(variables)).toBe(1);
  });

  it("has a worker that the same health check fits, and the commands", async () => {
    const port = await freePort();
    const variables = { PORT: String(await freePort()), WORKER_PORT: String(port), WORKER: "off" };
    const worker = await start(["scripts/worker.mjs"], variables, port);
    expect(await checkHealth(variables)).toBe(0);
    expect(await (await fetch(`${worker.url}/api/metrics`)).text()).toContain("bellhop_build_info{version=");
    const words = ["scripts/admin.mjs", "upgrade", "--check"];
    const { stdout } = await run(process.execPath, words, { cwd: folder, env: process.env });
    expect(JSON.parse(stdout)).toBeTypeOf("object");
    expect(await end(worker.child)).toBe(0);
  });
});

describe("the image", () => {
  const last = dockerfile.split(/^FROM /m).at(-1) ?? "";

  it("takes nothing from the build but Node and the packed tree, and runs as an ordinary user", () => {
    const copied = [...last.matchAll(/^COPY (.+)$/gm)].map(([, words]) => words);
    expect(copied).toEqual([
      "--from=build /usr/local/bin/node /usr/local/bin/node",
      "--from=build /packed ./",
    ]);
    expect(last).toMatch(/^USER bellhop$/m);
  });

  it("keeps ./data, whoever sets it, in the volume", () => {
    expect(last).toContain("ln -s /data /app/data");
    expect(last).toMatch(/^VOLUME \/data$/m);
    expect(readFileSync("compose.yaml", "utf8")).toMatch(/^ {6}DATA_DIR: \/data$/m);
  });
});
