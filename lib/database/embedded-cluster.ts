/** One data folder's PostgreSQL cluster: making it, starting it, stopping it. */
import { randomBytes, randomUUID } from "node:crypto";
import {
  access,
  chown,
  constants,
  mkdir,
  open,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { log } from "@/lib/config/log";
import {
  EmbeddedDatabaseError,
  findPrograms,
  oneLine,
  type Programs,
  wordsOf,
} from "@/lib/database/embedded-programs";

export interface Cluster {
  folder: string;
  programs: Programs;
  password: string;
}

/** The cluster of a data folder, made when there is none. Throws `EmbeddedDatabaseError`. */
export async function openCluster(dataDir: string): Promise<Cluster> {
  await requireWritable(dataDir);
  const cluster = {
    folder: path.join(dataDir, "postgres"),
    programs: await findPrograms(dataDir),
    password: await readOrMakePassword(dataDir),
  };
  await initialise(cluster, dataDir);
  await requireOwnVersion(cluster, dataDir);
  return cluster;
}

/** PostgreSQL does not read the files of another major version. */
async function requireOwnVersion({ folder, programs }: Cluster, dataDir: string): Promise<void> {
  const theirs = (await readFile(path.join(folder, "PG_VERSION"), "utf8").catch(() => "")).trim();
  const ours = /\(PostgreSQL\) (\d+)/.exec(await programs.run("initdb", ["--version"]))?.[1];
  if (!theirs || !ours || theirs === ours) return;
  throw new EmbeddedDatabaseError(
    `${folder} was made by PostgreSQL ${theirs}, and this version of Bellhop brings ${ours}. With the version that ran before: npm run admin -- backup --to bellhop.backup. Then move the folder ${path.join(dataDir, "postgres")} away, and with this version: npm run admin -- restore --from bellhop.backup.`,
  );
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
      "DATA_DIR names a folder that can't be written to. Give this user write access to it, or set DATA_DIR to a folder that this user can write to.",
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

async function readOrMakePassword(dataDir: string): Promise<string> {
  const file = path.join(dataDir, "postgres-password");
  const read = async () => (await readFile(file, "utf8").catch(() => "")).trim();
  const known = await read();
  if (known) return known;
  try {
    await writeFile(file, `${randomBytes(24).toString("base64url")}\n`, { mode: 0o600, flag: "wx" });
  } catch (cause) {
    // Another process is writing it at this moment, or it is there and this user may not read it.
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const theirs = await read();
      if (theirs) return theirs;
      await pause(50);
    }
    throw new EmbeddedDatabaseError(
      `The embedded database's password could not be read: ${wordsOf(cause)}. Give this user access to that file; if it is empty, put it back from a backup.`,
      { cause },
    );
  }
  return read();
}

/** Makes the cluster beside its final place and moves it there whole, so that a crash leaves no half of one. */
async function initialise(cluster: Cluster, dataDir: string): Promise<void> {
  const exists = await stat(path.join(cluster.folder, "PG_VERSION")).catch((error) => {
    if (error.code === "ENOENT") return null;
    throw unavailable("could not be read", cluster, wordsOf(error), error);
  });
  if (exists) return;
  const draft = path.join(dataDir, `postgres-new-${randomBytes(4).toString("hex")}`);
  const passwordFile = path.join(draft, "password");
  const inner = path.join(draft, "cluster");
  try {
    await mkdir(inner, { recursive: true, mode: 0o700 });
    await writeFile(passwordFile, `${cluster.password}\n`, { mode: 0o600 });
    const { account } = cluster.programs;
    if (account) {
      for (const entry of [draft, inner, passwordFile]) await chown(entry, account.uid, account.gid);
    }
    await cluster.programs.run("initdb", [
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
    throw unavailable("could not be created", cluster, wordsOf(cause), cause);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** The port of the running server, from the file that PostgreSQL keeps; null when none runs. */
export async function runningPort({ folder, programs }: Cluster): Promise<number | null> {
  const status = await programs.run("pg_ctl", ["status", "-D", folder]).catch(() => null);
  if (!status) return null;
  const lines = await readFile(path.join(folder, "postmaster.pid"), "utf8").catch(() => "");
  return toPort(lines.split("\n")[3]);
}

/**
 * The port for the next start: the one of the last, while it is free, so that processes which knew the server find it
 * again after a crash.
 */
export async function choosePort({ folder }: Cluster): Promise<number> {
  const last = await readFile(path.join(folder, "postmaster.opts"), "utf8").catch(() => "");
  const known = toPort(/\bport=(\d+)/.exec(last)?.[1]);
  return (known && (await listenBriefly(known))) || (await listenBriefly(0)) || 0;
}

const toPort = (text: string | undefined) => (Number(text) > 0 ? Number(text) : null);

/** The port that a listener got, 0 asking for any free one; null when it is taken. */
function listenBriefly(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(null));
    probe.listen(port, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(address && typeof address === "object" ? address.port : null));
    });
  });
}

/** Starts the server and returns its port: another one when another process has started it in the same moment. */
export async function start(cluster: Cluster, port: number): Promise<number> {
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
  const before = await sizeOf(logOf(cluster));
  try {
    await cluster.programs.run("pg_ctl", [
      "start",
      "--wait",
      "--silent",
      "--timeout=60",
      `--pgdata=${cluster.folder}`,
      `--log=${logOf(cluster)}`,
      `--options=${options}`,
    ]);
    return port;
  } catch (cause) {
    const other = await runningPort(cluster);
    if (other) return other;
    const words = [wordsOf(cause).replace(/\s*Examine the log output/, "."), await readLog(cluster, before)];
    throw unavailable("did not start", cluster, words.filter(Boolean).join(" "), cause);
  }
}

/** Stops the server; one that does not stop is left to the next process that opens the folder. */
export async function stop({ folder, programs }: Cluster): Promise<void> {
  await programs
    .run("pg_ctl", ["stop", "--mode=fast", "--wait", "--silent", `--pgdata=${folder}`])
    .catch((error) => log().warn({ words: wordsOf(error) }, "The embedded database did not stop"));
}

const logOf = ({ folder }: Cluster) => path.join(folder, "server.log");

const sizeOf = (file: string) =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  );

/** The last lines that the server wrote behind `from` (bytes), without their times, on one line. */
async function readLog(cluster: Cluster, from: number): Promise<string> {
  const file = await open(logOf(cluster)).catch(() => null);
  if (!file) return "";
  try {
    const { size } = await file.stat();
    const start = Math.max(from, size - 2_000);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2_000), 0, 2_000, start);
    const lines = buffer.toString("utf8", 0, bytesRead).trim().split("\n").slice(-4);
    return oneLine(lines.map((line) => line.replace(/^\S+ \S+ UTC \[\d+\] /, "")).join("\n"));
  } finally {
    await file.close();
  }
}

/** The fault as the operator reads it, on one line. `words` are PostgreSQL's or the system's own. */
export function unavailable(
  what: string,
  cluster: Cluster,
  words: string,
  cause: unknown,
  ownCure = `If another program uses ${cluster.folder}, stop it, or choose another DATA_DIR.`,
): EmbeddedDatabaseError {
  const cure = cluster.programs.obstacle || ownCure;
  return new EmbeddedDatabaseError(`The embedded database ${what}: ${words.slice(0, 900)}. ${cure}`, {
    cause,
  });
}
