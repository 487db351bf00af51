/** Makes the production build, unless the one there is of the same sources. Uses nothing but Node and npm. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

const stampFile = path.join(".next", "bellhop-sources");
const sources = [
  "app",
  "components",
  "docs",
  "lib",
  "messages",
  "prisma/schema.prisma",
  "public",
  "instrumentation.ts",
  "instrumentation-node.ts",
  "next.config.ts",
  "package.json",
  "package-lock.json",
  "postcss.config.mjs",
  "proxy.ts",
  "tsconfig.json",
];

function* filesUnder(place) {
  if (!existsSync(place)) return;
  if (statSync(place).isFile()) {
    yield place;
    return;
  }
  for (const name of readdirSync(place).sort()) {
    if (name !== "generated") yield* filesUnder(path.join(place, name));
  }
}

function fingerprint() {
  const hash = createHash("sha256");
  for (const source of sources) {
    for (const file of filesUnder(source)) hash.update(file).update(readFileSync(file));
  }
  return hash.digest("hex");
}

/** Builds when needed; `say` gets a plain line before that. Throws when the build fails. */
export function build(say = () => undefined) {
  const wanted = fingerprint();
  const had = existsSync(stampFile) ? readFileSync(stampFile, "utf8") : "";
  if (had === wanted && existsSync(path.join(".next", "BUILD_ID"))) return;
  say("Building the pages");
  const done = spawnSync(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  if (done.status !== 0) {
    process.stderr.write(`${done.stdout ?? ""}${done.stderr ?? ""}`);
    throw new Error("The build failed. Its output is above.");
  }
  writeFileSync(stampFile, wanted);
}
