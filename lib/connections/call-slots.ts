/**
 * At most four calls at a time for one account at a provider, over all processes that share the database. A slot is a
 * PostgreSQL advisory lock of this process's own session: when a process dies, its slots are free at once.
 */
import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { env } from "@/lib/config/env";

/** The last slot is kept for what a visitor waits for. */
const slotsFor = { visitor: [0, 1, 2, 3], sync: [0, 1, 2] };
const pollMs = { visitor: 8, sync: 30 };

/** Second half of the lock's name, so that no other lock of the application is meant. */
const lockSpace = 1_112_034_304;

interface Desk {
  session: Promise<pg.Client> | null;
  /** Slots of this process: a session may take its own lock twice, so the process has to keep its calls apart first. */
  held: Set<string>;
  lastQuestion: Promise<unknown>;
}

/** One per process, however many times a bundler has copied this module into it. */
const place = globalThis as { bellhopCallSlots?: Desk };

function desk(): Desk {
  place.bellhopCallSlots ??= { session: null, held: new Set(), lastQuestion: Promise.resolve() };
  return place.bellhopCallSlots;
}

/** No slot became free in time. */
export class CallSlotTimeout extends Error {
  readonly code = "no_call_slot";
  override name = "CallSlotTimeout";
}

/** Runs a call in one of the account's slots. Throws `CallSlotTimeout` when none is free before `deadline` (epoch milliseconds). */
export async function withCallSlot<Value>(
  account: string,
  priority: "visitor" | "sync",
  deadline: number,
  run: () => Promise<Value>,
): Promise<Value> {
  const release = await takeSlot(account, priority, deadline);
  try {
    return await run();
  } finally {
    release();
  }
}

async function takeSlot(
  account: string,
  priority: "visitor" | "sync",
  deadline: number,
): Promise<() => void> {
  const lock = createHash("sha256").update(account).digest().readInt32BE(0);
  const { held } = desk();
  for (;;) {
    for (const slot of slotsFor[priority]) {
      const key = `${lock}:${slot}`;
      if (held.has(key)) continue;
      held.add(key);
      const isFree = await tryLock(lock, slot).catch((error) => {
        held.delete(key);
        throw error;
      });
      if (isFree) return () => unlock(lock, slot, key);
      held.delete(key);
    }
    if (Date.now() >= deadline) throw new CallSlotTimeout("All call slots of the account are taken.");
    await pause(pollMs[priority] * (0.5 + Math.random()));
  }
}

async function tryLock(lock: number, slot: number): Promise<boolean> {
  const rows = await ask(
    "take-call-slot",
    "SELECT pg_try_advisory_lock($1::int, $2::int) AS free",
    lock,
    slot,
  );
  return rows[0]?.free === true;
}

/** Not waited for: questions are asked in order, so a later attempt comes after this. */
function unlock(lock: number, slot: number, key: string): void {
  void ask("free-call-slot", "SELECT pg_advisory_unlock($1::int, $2::int) AS free", lock, slot)
    // The session ended, and its locks with it.
    .catch(() => undefined)
    .finally(() => desk().held.delete(key));
}

/** One after the other: a session answers one question at a time. */
function ask(name: string, text: string, lock: number, slot: number): Promise<{ free: boolean }[]> {
  const question = desk().lastQuestion.then(async () => {
    const client = await session();
    const { rows } = await client.query<{ free: boolean }>({ name, text, values: [lock, lockSpace + slot] });
    return rows;
  });
  desk().lastQuestion = question.catch(() => undefined);
  return question;
}

function session(): Promise<pg.Client> {
  const open =
    desk().session ??
    connect().catch((error) => {
      desk().session = null;
      throw error;
    });
  desk().session = open;
  return open;
}

async function connect(): Promise<pg.Client> {
  const url = env().DATABASE_URL;
  if (!url) throw new Error("The call slots were used before the database was opened.");
  const client = new pg.Client({
    connectionString: url,
    application_name: "bellhop call slots",
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  });
  const forget = () => {
    desk().session = null;
  };
  client.on("error", forget);
  client.on("end", forget);
  await client.connect();
  // Missing from pg's types: an idle session keeps no process alive.
  (client as pg.Client & { unref(): void }).unref();
  return client;
}

/** Ends this process's session; its slots are free. */
export async function closeCallSlots(): Promise<void> {
  const open = desk().session;
  desk().session = null;
  await (await open?.catch(() => null))?.end();
}
