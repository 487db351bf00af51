/**
 * The database that comes with Bellhop: a real PostgreSQL server in the data folder, shared by every process that uses
 * the folder. The first to come starts it, the last to leave stops it; one orphaned by a crash is adopted.
 */
import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import { log } from "@/lib/config/log";
import {
  type Cluster,
  choosePort,
  openCluster,
  runningPort,
  start,
  stop,
  unavailable,
} from "@/lib/database/embedded-cluster";
import { EmbeddedDatabaseError, wordsOf } from "@/lib/database/embedded-programs";
import { noteAnswer, noteOutage } from "@/lib/database/outage";
import { openSession } from "@/lib/database/session";

export { EmbeddedDatabaseError };

const presenceName = "bellhop presence";

/** How long a server that died is tried to be brought back. */
const rescueMs = 30_000;

export interface EmbeddedDatabase {
  url: string;
  /** Takes this process's presence back and stops the server when no other process is present. */
  release(): Promise<void>;
}

/**
 * Starts the database server of this data folder, or joins the one that runs already. A server that dies later is brought
 * back at the same address; `onLost` is called once when that fails. Throws `EmbeddedDatabaseError` when the folder is
 * read-only or the server does not start.
 */
export async function openEmbeddedDatabase(
  dataDir: string,
  onLost: (error: EmbeddedDatabaseError) => void = () => undefined,
): Promise<EmbeddedDatabase> {
  const cluster = await openCluster(dataDir);
  for (let attempt = 1; ; attempt += 1) {
    const port = (await runningPort(cluster)) ?? (await start(cluster, await choosePort(cluster)));
    try {
      return await new Attendance(cluster, port, onLost).begin();
    } catch (error) {
      if (isFinal(error) || attempt >= 20) throw refused(cluster, error);
      await pause(250);
    }
  }
}

/** The server answered and will answer the same again: it does not know this password. */
const isFinal = (error: unknown) => (error as { code?: string }).code === "28P01";

function refused(cluster: Cluster, error: unknown): EmbeddedDatabaseError {
  const cure = isFinal(error)
    ? "DATA_DIR/postgres-password has to be the one that the folder postgres beside it was made with: put it back from a backup."
    : undefined;
  return unavailable("did not accept a connection", cluster, wordsOf(error), error, cure);
}

/** This process's place at the server: one open connection, by which others know that it is still needed. */
class Attendance {
  private readonly url: string;
  private presence: pg.Client | undefined;
  private rescue: Promise<void> = Promise.resolve();
  private isOver = false;

  constructor(
    private readonly cluster: Cluster,
    private readonly port: number,
    private readonly onLost: (error: EmbeddedDatabaseError) => void,
  ) {
    this.url = `postgresql://bellhop:${cluster.password}@127.0.0.1:${port}/bellhop`;
  }

  async begin(): Promise<EmbeddedDatabase> {
    await this.enter();
    return { url: this.url, release: () => this.release() };
  }

  private async enter(): Promise<void> {
    const presence = await enter(this.url);
    presence.once("end", () => {
      if (!this.isOver) this.rescue = this.bringBack();
    });
    this.presence = presence;
  }

  /** Several processes may do this at once: PostgreSQL lets one of them start the server, the others join it. */
  private async bringBack(): Promise<void> {
    const deadline = Date.now() + rescueMs;
    noteOutage();
    for (let pauseMs = 100; !this.isOver; pauseMs = Math.min(pauseMs * 2, 2_000)) {
      try {
        const port = (await runningPort(this.cluster)) ?? (await start(this.cluster, this.port));
        // Everything in this process knows the old address: only a new process can follow.
        if (port !== this.port)
          return this.giveUp(new Error(`it listens on port ${port} instead of ${this.port}`));
        await this.enter();
        return noteAnswer();
      } catch (error) {
        if (Date.now() > deadline) return this.giveUp(error);
      }
      await pause(pauseMs);
    }
  }

  private giveUp(error: unknown): void {
    const isOwn = error instanceof EmbeddedDatabaseError;
    const lost = isOwn
      ? error
      : unavailable("could not be brought back", this.cluster, wordsOf(error), error);
    log().fatal({ error: lost }, "The embedded database could not be brought back");
    this.onLost(lost);
  }

  private async release(): Promise<void> {
    this.isOver = true;
    await this.rescue;
    const others = await this.presence
      ?.query(
        "SELECT 1 FROM pg_stat_activity WHERE application_name = $1 AND pid <> pg_backend_pid() LIMIT 1",
        [presenceName],
      )
      .catch(() => null);
    await this.presence?.end().catch(() => undefined);
    if (others?.rowCount === 0) await stop(this.cluster);
  }
}

/** Connects as a present process; creates the database on first use. */
async function enter(url: string): Promise<pg.Client> {
  const admin = await openSession(url.replace(/\/bellhop$/, "/postgres"));
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
  return openSession(url, { application_name: presenceName, keepAlive: true });
}
