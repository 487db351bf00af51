/**
 * Bellhop to look at, on a fresh clone: installs, builds, starts the Microsoft emulator and the application with sample
 * data. Everything it keeps is in DATA_DIR; Ctrl-C stops all of it. `--dev`: on the development server, with hot reload.
 */
import { fork, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { build } from "./build.mjs";
import { followParent } from "./follow-parent.mjs";
import { prepare } from "./prepare.mjs";

const dev = process.argv.includes("--dev");
const port = Number(process.env.PORT || 3000);
const dataDir = path.resolve(process.env.DATA_DIR || "./data");
const lockFile = path.join(dataDir, "demo.pid");
const address = `http://localhost:${port}`;
const tsx = ["--import", "tsx"];
const children = [];
let stopping = false;

const say = (line) => process.stdout.write(`${line}\n`);

function fail(reason) {
  process.stderr.write(`The demo can't start: ${reason}\n`);
  process.exitCode = 1;
  return stop();
}

process.on("SIGINT", stop);
process.on("SIGTERM", stop);
process.on("SIGHUP", stop);

try {
  await main();
} catch (error) {
  await fail(error.message);
}

async function main() {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Error("PORT isn't a whole number. Use one from 1 to 65535.");
  }
  makeDataDir();
  requireAlone();
  await requireFree(port);
  prepare(say);
  if (!dev) build(say);
  if (stopping) return;
  writeOwnSecrets();

  const microsoft = await startEmulator();
  const environment = await startApp(microsoft);
  if (stopping) return;
  makeSampleData(environment);
  say(`
Bellhop is ready at ${address}

  An organizer   ines@bellhop.example   demo-password-1   ${address}/sign-in
  The admin      admin@bellhop.example  demo-password-1   ${address}/admin
  A public page  ${address}/ines
  A team's page  ${address}/moreau-partners   (also theo@ and noor@bellhop.example)

To connect Microsoft Teams as Ines: Integrations, Connect Microsoft Teams, then sign in at the emulator as
ines.moreau@contoso.example with Password1!. Her Outlook calendar is at ${microsoft}/outlook

Ctrl-C stops everything; what you did is kept in ${dataDir}.`);
  for (const child of children) {
    child.once("exit", (code) => {
      if (!stopping) fail(`a part of it ended unexpectedly (code ${code}). See its messages above.`);
    });
  }
}

/** Starts the Microsoft emulator; returns its origin. */
async function startEmulator() {
  say("Starting the Microsoft emulator");
  const emulatorPort = await readPort("emulator-port");
  const emulator = start(
    "tests/emulator/main.ts",
    ["--port", String(emulatorPort), "--state", path.join(dataDir, "emulator.json")],
    tsx,
    {},
  );
  await untilReady(`http://127.0.0.1:${emulatorPort}/__control/settings`, emulator, "The Microsoft emulator");
  return `http://127.0.0.1:${emulatorPort}`;
}

/** Starts the app and its database; returns the environment that they run in. */
async function startApp(microsoft) {
  say("Starting Bellhop and its database");
  const environment = {
    PORT: String(port),
    DATA_DIR: dataDir,
    APP_URL: address,
    // A demo is there to be tried by anyone who reaches it.
    SIGN_UP: process.env.SIGN_UP ?? "open",
    LOG_LEVEL: process.env.LOG_LEVEL ?? "warn",
    TEAMS_CLIENT_ID: "11111111-1111-4111-8111-111111111111",
    TEAMS_CLIENT_SECRET: "emulator-secret-value~1",
    TEAMS_LOGIN_URL: microsoft,
    TEAMS_GRAPH_URL: microsoft,
  };
  const app = start("scripts/start.mjs", dev ? ["--dev"] : [], [], environment);
  await untilReady(`${address}/api/health/ready`, app, "Bellhop");
  return environment;
}

function makeSampleData(environment) {
  const seeded = spawnSync(process.execPath, [...tsx, "prisma/seed.ts"], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
  });
  if (seeded.status !== 0) throw new Error(`the sample data couldn't be created.\n${seeded.stderr}`);
}

function makeDataDir() {
  try {
    const missing = [];
    for (let folder = dataDir; !existsSync(folder); folder = path.dirname(folder)) missing.unshift(folder);
    for (const folder of missing) mkdirSync(folder);
    writeFileSync(path.join(dataDir, ".probe"), "");
    rmSync(path.join(dataDir, ".probe"));
  } catch {
    throw new Error(
      "DATA_DIR names a folder that can't be written to. Give this user write access, or set DATA_DIR to another folder.",
    );
  }
}

/** One demo a data folder: a second start says where the first one is. A lock left by a crash is taken over. */
function requireAlone() {
  const other = existsSync(lockFile) ? JSON.parse(readFileSync(lockFile, "utf8") || "{}") : {};
  if (other.pid && other.pid !== process.pid && isRunning(other.pid)) {
    throw new Error(
      `it's already running at ${other.address} (process ${other.pid}). Stop it with Ctrl-C, or set PORT and DATA_DIR to different values.`,
    );
  }
  writeFileSync(lockFile, JSON.stringify({ pid: process.pid, address }));
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** Waits a little for a server whose supervisor was killed: it notices and ends by itself. */
async function requireFree(wanted) {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    if (await isFree(wanted)) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(
    `port ${wanted} is used by another program. Stop that program, or set PORT to a free port.`,
  );
}

function isFree(wanted) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(wanted, () => probe.close(() => resolve(true)));
  });
}

/** The emulator keeps its port, so that what it wrote into its mailbox stays true. */
async function readPort(name) {
  const file = path.join(dataDir, name);
  const known = existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
  if (known && (await isFree(known))) return known;
  const free = await new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, "127.0.0.1", () => {
      const { port: found } = probe.address();
      probe.close(() => resolve(found));
    });
  });
  writeFileSync(file, String(free));
  return free;
}

/** Secrets of this data folder, made once; the application finds them there by itself. */
function writeOwnSecrets() {
  const file = path.join(dataDir, "secrets.env");
  if (existsSync(file)) return;
  const lines = [
    `SESSION_SECRET=${randomBytes(32).toString("base64url")}`,
    `TOKEN_ENCRYPTION_KEYS=k1:${randomBytes(32).toString("base64")}`,
  ];
  writeFileSync(file, `${lines.join("\n")}\n`, { mode: 0o600 });
}

/** A child that ends with us, however we end: it watches the channel between us. */
function start(script, args, execArgv, environment) {
  const child = fork(script, args, {
    execArgv,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    detached: process.platform !== "win32",
  });
  children.push(child);
  return child;
}

async function untilReady(url, child, name) {
  const deadline = Date.now() + 120_000;
  while (Date.now() < deadline) {
    if (stopping) return;
    if (child.exitCode !== null) throw new Error(`${name} ended while starting. See its messages above.`);
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  throw new Error(`${name} wasn't ready within two minutes.`);
}

async function stop() {
  if (stopping) return;
  stopping = true;
  if (children.length > 0) say("\nStopping");
  await Promise.all(
    children.reverse().map(
      (child) =>
        new Promise((resolve) => {
          if (child.exitCode !== null || child.signalCode !== null) return resolve();
          child.once("exit", resolve);
          child.kill("SIGTERM");
          setTimeout(() => child.kill("SIGKILL"), 35_000).unref();
        }),
    ),
  );
  const mine = existsSync(lockFile) && JSON.parse(readFileSync(lockFile, "utf8") || "{}").pid === process.pid;
  if (mine) rmSync(lockFile);
  process.exit();
}

followParent(stop);
