/**
 * Makes the tree ready to work with: packages as the lock file has them, the database client generated. Quick when
 * nothing has changed. Uses nothing but Node and npm.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const stampFile = "node_modules/.bellhop-prepared";
const inputs = ["package-lock.json", "prisma/schema.prisma", "prisma.config.ts"];

/** Installs and generates what is missing; `say` gets one plain line for each step that takes time. */
export function prepare(say = () => undefined) {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Error(`Node ${process.versions.node} is too old. Install Node 20.19 or newer.`);
  }
  const stamp = createHash("sha256");
  for (const file of inputs) stamp.update(readFileSync(file));
  const wanted = stamp.digest("hex");
  const had = existsSync(stampFile) ? readFileSync(stampFile, "utf8") : "";
  if (had === wanted && existsSync("lib/database/generated/client.ts")) return;
  if (!isInstalled()) {
    say("Installing packages");
    run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
  }
  say("Generating the database client");
  // Prisma would fetch an engine that generating does not need; a path that exists keeps it from trying.
  run(process.execPath, ["node_modules/prisma/build/index.js", "generate"], {
    PRISMA_SCHEMA_ENGINE_BINARY: "/bin/false",
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
    CHECKPOINT_DISABLE: "1",
  });
  writeFileSync(stampFile, wanted);
}

/** True when node_modules is what the lock file says, as npm noted at its last install. */
function isInstalled() {
  const noted = "node_modules/.package-lock.json";
  if (!existsSync(noted)) return false;
  const versions = (file) => {
    const packages = Object.entries(JSON.parse(readFileSync(file, "utf8")).packages ?? {});
    return new Map(packages.filter(([name]) => name).map(([name, entry]) => [name, entry]));
  };
  const have = versions(noted);
  for (const [name, entry] of versions("package-lock.json")) {
    if (have.get(name)?.version !== entry.version && !entry.optional) return false;
  }
  return true;
}

function run(command, args, extra = {}) {
  const done = spawnSync(command, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...extra },
    shell: process.platform === "win32",
    encoding: "utf8",
  });
  if (done.status !== 0) {
    process.stderr.write(`${done.stdout ?? ""}${done.stderr ?? ""}`);
    throw new Error(`${command} ${args.slice(0, 2).join(" ")} failed. Its output is above.`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    prepare((line) => process.stdout.write(`${line}\n`));
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
