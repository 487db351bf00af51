/**
 * The application as it is, with four addresses that only measuring needs (an empty page, an empty route, one that does one
 * INSERT, and one that books without the shield), built in a folder of its own. So what is compared runs in the same server, and nothing of it is shipped.
 */
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

export const treeFolder = path.resolve(".bench");

const copied = [
  "app",
  "components",
  "docs",
  "instrumentation-node.ts",
  "instrumentation.ts",
  "lib",
  "messages",
  "package-lock.json",
  "package.json",
  "postcss.config.mjs",
  "prisma",
  "proxy.ts",
  "public",
  "scripts",
  "tsconfig.json",
];

const added = {
  "empty-page.tsx": "app/bench/empty/page.tsx",
  "empty-route.ts": "app/api/bench/empty/route.ts",
  "insert-route.ts": "app/api/bench/insert/route.ts",
  "unshielded-route.ts": "app/api/bench/booking/route.ts",
};

/** Brings the folder up to date and builds it, unless its build is of the same sources. */
export async function buildTree(signal: AbortSignal): Promise<void> {
  mkdirSync(treeFolder, { recursive: true });
  for (const name of copied) {
    rmSync(path.join(treeFolder, name), { recursive: true, force: true });
    if (existsSync(name)) cpSync(name, path.join(treeFolder, name), { recursive: true });
  }
  for (const [name, place] of Object.entries(added)) {
    cpSync(path.join("bench/app", name), path.join(treeFolder, place));
  }
  writeFileSync(path.join(treeFolder, "next.config.ts"), configAboveRoot());
  if (!existsSync(path.join(treeFolder, "node_modules"))) {
    symlinkSync(path.resolve("node_modules"), path.join(treeFolder, "node_modules"), "junction");
  }
  await buildIn(treeFolder, signal);
}

/** The packages lie one folder higher than in the real tree, and must be inside the bundler's root. */
function configAboveRoot(): string {
  const root = "path.dirname(fileURLToPath(import.meta.url))";
  const config = readFileSync("next.config.ts", "utf8");
  if (!config.includes(root)) throw new Error("next.config.ts no longer names its root as the bench expects");
  return config.replace(root, `path.dirname(${root})`);
}

/** Builds what is in a folder, unless its build is of the same sources. */
export function buildIn(cwd: string, signal: AbortSignal): Promise<void> {
  const program = `import("./scripts/build.mjs").then(({ build }) => build())`;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["-e", program], {
      cwd,
      stdio: ["ignore", "inherit", "inherit"],
      signal,
    });
    child.once("error", reject);
    child.once("exit", (code) => (code === 0 ? resolve() : reject(new Error("the build failed"))));
  });
}
