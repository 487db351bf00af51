/**
 * At most four calls at a time for one account at a provider, over all processes that share the database. A slot is a
 * PostgreSQL advisory lock of this process's own session: when a process dies, its slots are free immediately.
 */
import { createHash } from "node:crypto";
import type pg from "pg";
import { env } from "@/lib/config/env";
import { openSession } from "@/lib/database/session";
import {
  leaveQuestion,
  lockSpace,
  type Place,
  type Priority,
  slotsFor,
  standQuestion,
  takeQuestion,
  Waiters,
} from "@/lib/grants/call-line";

/** How often the first one waiting in a process asks again, and how often the others, in milliseconds. A slot freed in the same process wakes the first immediately. */
const pollMs = { visitor: 10, sync: 30 };
const pollBehindMs = 250;

/** How often a place in line is kept. */
const standMs = 500;

interface SlotPool {
  session: Promise<pg.Client> | null;
  /** Slots of this process: a session may take its own lock twice, so the process has to keep its calls apart first. */
  held: Set<string>;
  lastQuestion: Promise<unknown>;
  waiters: Map<number, Waiters>;
}

/** One per process, even if a bundler copied this module into it several times. */
const globals = globalThis as { bellhopCallSlots?: SlotPool };

function slotPool(): SlotPool {
  globals.bellhopCallSlots ??= {
    session: null,
    held: new Set(),
    lastQuestion: Promise.resolve(),
    waiters: new Map(),
  };
  return globals.bellhopCallSlots;
}

/** No slot became free in time. */
export class CallSlotTimeout extends Error {
  readonly code = "no_call_slot";
  override name = "CallSlotTimeout";
}

/**
 * Runs a call in one of the account's slots, when its turn has come. Throws `CallSlotTimeout` when that is not before
 * `deadline` (epoch milliseconds). A call that is made again keeps its `place`.
 */
export async function withCallSlot<Value>(
  account: string,
  priority: Priority,
  deadline: number,
  run: () => Promise<Value>,
  place: Place = { number: null },
): Promise<Value> {
  const release = await takeSlot(account, priority, deadline, place);
  try {
    return await run();
  } finally {
    release();
  }
}

async function takeSlot(
  account: string,
  priority: Priority,
  deadline: number,
  mine: Place,
): Promise<() => void> {
  const lock = createHash("sha256").update(account).digest().readInt32BE(0);
  const first = await tryToTake(lock, priority, mine);
  if (first) return first;
  const waiters = waitersFor(lock);
  let wake = () => {};
  const stepOut = waiters.add(priority, mine, () => wake());
  let stoodAt = -Infinity;
  try {
    for (;;) {
      if (Date.now() - stoodAt > standMs) {
        await ask(standQuestion(lock, priority, mine));
        stoodAt = Date.now();
      }
      const taken = await tryToTake(lock, priority, mine);
      if (taken) return taken;
      const leftMs = deadline - Date.now();
      if (leftMs <= 0) throw new CallSlotTimeout("All call slots of the account are taken.");
      const isFirst = waiters.isFirst(priority, mine);
      const ms = isFirst ? pollMs[priority] * (0.5 + Math.random()) : pollBehindMs;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(ms, leftMs));
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  } finally {
    stepOut();
    void ask(leaveQuestion(mine)).catch(() => undefined);
    if (waiters.isEmpty) slotPool().waiters.delete(lock);
    else waiters.wakeFirst();
  }
}

function waitersFor(lock: number): Waiters {
  const waiters = slotPool().waiters.get(lock) ?? new Waiters();
  slotPool().waiters.set(lock, waiters);
  return waiters;
}

/** Returns the function that frees the slot; null if it's not this call's turn or no slot is free. */
async function tryToTake(lock: number, priority: Priority, mine: Place): Promise<(() => void) | null> {
  const { held } = slotPool();
  return inTurn(async (client) => {
    const free = slotsFor[priority].filter((slot) => !held.has(`${lock}:${slot}`));
    const { rows } = await client.query<{ number: string; slot: number | null }>(
      takeQuestion(lock, priority, free, mine),
    );
    mine.number = rows[0]?.number ?? null;
    const slot = rows[0]?.slot ?? null;
    if (slot === null) return null;
    const key = `${lock}:${slot}`;
    held.add(key);
    return () => unlock(lock, slot, key);
  });
}

/** Not waited for: questions are asked in order, so a later attempt comes after this. */
function unlock(lock: number, slot: number, key: string): void {
  const text = "SELECT pg_advisory_unlock($1::int, $2::int)";
  void ask({ name: "free-call-slot", text, values: [lock, lockSpace + slot] })
    // The session ended, and its locks with it.
    .catch(() => undefined)
    .finally(() => {
      slotPool().held.delete(key);
      slotPool().waiters.get(lock)?.wakeFirst();
    });
}

const ask = (question: { name: string; text: string; values: unknown[] }) =>
  inTurn((client) => client.query(question));

/** One after the other: a session handles one query at a time. */
function inTurn<Value>(work: (client: pg.Client) => Promise<Value>): Promise<Value> {
  const done = slotPool().lastQuestion.then(async () => work(await session()));
  slotPool().lastQuestion = done.catch(() => undefined);
  return done;
}

function session(): Promise<pg.Client> {
  const open =
    slotPool().session ??
    connect().catch((error) => {
      slotPool().session = null;
      throw error;
    });
  slotPool().session = open;
  return open;
}

async function connect(): Promise<pg.Client> {
  const url = env().DATABASE_URL;
  if (!url) throw new Error("The call slots were used before the database was opened.");
  const client = await openSession(url, {
    application_name: "bellhop call slots",
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  });
  client.once("end", () => {
    slotPool().session = null;
  });
  // Missing from pg's types: an idle session keeps no process alive.
  (client as pg.Client & { unref(): void }).unref();
  return client;
}

/** Ends this process's session; its slots are free. */
export async function closeCallSlots(): Promise<void> {
  const open = slotPool().session;
  slotPool().session = null;
  await (await open?.catch(() => null))?.end();
}
