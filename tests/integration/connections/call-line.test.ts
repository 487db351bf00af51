import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { db } from "@/lib/database/client";
import { closeCallSlots, withCallSlot } from "@/lib/grants/call-slots";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await closeCallSlots();
  await database.cleanup();
});

const soon = () => Date.now() + 25_000;
const moment = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
/** However busy this machine is. */
const until = <Value>(ask: () => Value) => expect.poll(ask, { timeout: 15_000 });
const ofAccount = (account: string) => createHash("sha256").update(account).digest().readInt32BE(0);

const countLive = async () => ({
  count: await db().callTicket.count({ where: { seenAt: { gt: new Date(Date.now() - 2_000) } } }),
});

/** A line in front of one account: calls that start in the order of `started` and end when they are let go. */
function openLine(account: string) {
  const started: string[] = [];
  const ends = new Map<string, () => void>();
  const calls: Promise<unknown>[] = [];
  const waiting = () => db().callTicket.count({ where: { account: ofAccount(account) } });
  return {
    started,
    async join(name: string, priority: "visitor" | "sync" = "visitor", deadline = soon()) {
      const call = withCallSlot(account, priority, deadline, () => {
        started.push(name);
        return new Promise<void>((resolve) => ends.set(name, resolve));
      });
      calls.push(call);
      await until(async () => started.length + (await waiting())).toBe(calls.length);
    },
    letGo: (name: string) => ends.get(name)?.(),
    async end() {
      while (started.length < calls.length) {
        for (const end of ends.values()) end();
        await moment(10);
      }
      for (const end of ends.values()) end();
      await Promise.all(calls);
    },
  };
}

it("lets calls through in the order in which they came", async () => {
  const line = openLine("in order");
  for (const name of ["a", "b", "c", "d", "e", "f", "g"]) await line.join(name);
  expect(line.started).toEqual(["a", "b", "c", "d"]);
  line.letGo("c");
  await until(() => line.started.slice(4)).toEqual(["e"]);
  line.letGo("a");
  await until(() => line.started.slice(4)).toEqual(["e", "f"]);
  await line.end();
  expect(line.started.slice(4)).toEqual(["e", "f", "g"]);
});

it("lets a visitor's call pass everything that no one waits for", async () => {
  const line = openLine("visitors first");
  for (const name of ["a", "b", "c"]) await line.join(name, "sync");
  await line.join("d");
  await line.join("sync", "sync");
  await line.join("visitor");
  line.letGo("a");
  await until(() => line.started.slice(4)).toEqual(["visitor"]);
  await line.end();
});

it("puts a newcomer behind those who wait, even when a slot has just become free", async () => {
  const line = openLine("no overtaking");
  for (const name of ["a", "b", "c", "d", "e"]) await line.join(name);
  line.letGo("a");
  await line.join("f");
  await until(() => line.started.slice(4)).toEqual(["e"]);
  await line.end();
  expect(line.started).toEqual(["a", "b", "c", "d", "e", "f"]);
});

it("keeps the order over all processes, and passes over one that has died in line", async () => {
  const account = "elsewhere";
  const startedAt = Date.now();
  // The place of another process that came before, and asks no more.
  await db().$executeRaw`
    INSERT INTO "CallTicket" (account, rank) VALUES (${ofAccount(account)}, 0)`;
  await withCallSlot(account, "visitor", soon(), async () => {
    expect(Date.now() - startedAt).toBeGreaterThan(1_500);
  });
});

it("is not held up by another process's calls of a lower rank, nor by another account's", async () => {
  await db().$executeRaw`
    INSERT INTO "CallTicket" (account, rank) VALUES (${ofAccount("lower")}, 1), (${ofAccount("other")}, 0)`;
  await withCallSlot("lower", "visitor", soon(), async () => {
    // Those in line are not yet given up.
    const { count } = await countLive();
    expect(count).toBe(2);
  });
});

it("keeps its number for a call that is made again", async () => {
  const place = { number: null };
  await withCallSlot("again", "visitor", soon(), async () => undefined, place);
  const first = place.number;
  await withCallSlot("again", "visitor", soon(), async () => undefined, place);
  expect(first).not.toBeNull();
  expect(place.number).toBe(first);
});

it("leaves nothing behind, whether a call had its turn or gave up", async () => {
  const line = openLine("tidy");
  for (const name of ["a", "b", "c", "d", "e"]) await line.join(name);
  await expect(withCallSlot("tidy", "visitor", Date.now() + 60, async () => 1)).rejects.toMatchObject({
    code: "no_call_slot",
  });
  await line.end();
  await expect.poll(() => db().callTicket.count({ where: { account: ofAccount("tidy") } })).toBe(0);
});
