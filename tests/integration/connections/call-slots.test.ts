import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { withCallSlot } from "@/lib/grants/call-slots";
import { calendarPort } from "@/lib/meetings/registry-calendar";
import { openStage, type Stage } from "@/tests/integration/teams/stage";

const run = promisify(execFile);

let stage: Stage;
let userId: string;
let email: string;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());
beforeEach(async () => {
  ({ userId, email } = await stage.addConnected());
  // Slow answers, so that calls meet however busy this machine is.
  await stage.control.changeSettings({ latencyMs: 250 });
  await stage.control.resetCounters();
});

const ask = (priority: "visitor" | "sync") =>
  calendarPort("teams").listBusy({ userId, priority, timeoutMs: 60_000 }, new Date(0), new Date(3600_000));
const askElsewhere = (priority: "visitor" | "sync", count: number) =>
  run(process.execPath, [
    "node_modules/tsx/dist/cli.mjs",
    "tests/integration/connections/slots-process.ts",
    userId,
    priority,
    String(count),
  ]);

/** The emulator turns a fifth call away, as Microsoft does; how many really met is the machine's business. */
async function expectNoneTurnedAway(atMost: number) {
  const { throttled, maxConcurrent } = await stage.control.mailbox(email);
  expect(throttled).toBe(0);
  expect(maxConcurrent).toBeGreaterThan(1);
  expect(maxConcurrent).toBeLessThanOrEqual(atMost);
}

it("lets at most four calls of a mailbox through at a time, in one process", async () => {
  await Promise.all(Array.from({ length: 24 }, (_, i) => ask(i % 3 ? "sync" : "visitor")));
  await expectNoneTurnedAway(4);
});

it("lets at most four calls of a mailbox through at a time, over three processes", async () => {
  await Promise.all([
    askElsewhere("visitor", 20),
    askElsewhere("sync", 20),
    ...Array.from({ length: 20 }, () => ask("visitor")),
  ]);
  await expectNoneTurnedAway(4);
});

it("leaves a slot to visitors while everything else keeps the mailbox busy", async () => {
  await Promise.all(Array.from({ length: 20 }, () => ask("sync")));
  await expectNoneTurnedAway(3);
});

function newGate() {
  let open = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, passed };
}

it("keeps accounts apart", async () => {
  const running: string[] = [];
  const gate = newGate();
  const hold = (account: string) =>
    withCallSlot(account, "visitor", Date.now() + 5_000, async () => {
      running.push(account);
      await gate.passed;
    });
  const held = [...Array(4).fill("one"), "two"].map(hold);
  await expect.poll(() => running.toSorted()).toEqual(["one", "one", "one", "one", "two"]);
  gate.open();
  await Promise.all(held);
});

it("runs three of our own calls at a time, and a visitor's beside them", async () => {
  const running: string[] = [];
  const gate = newGate();
  const hold = (priority: "visitor" | "sync") =>
    withCallSlot("three", priority, Date.now() + 5_000, async () => {
      running.push(priority);
      await gate.passed;
    });
  const three = [hold("sync"), hold("sync"), hold("sync")];
  await expect.poll(() => running).toHaveLength(3);
  await expect(withCallSlot("three", "sync", Date.now() + 50, async () => 1)).rejects.toMatchObject({
    code: "no_call_slot",
  });
  const visitor = hold("visitor");
  await expect.poll(() => running).toEqual(["sync", "sync", "sync", "visitor"]);
  gate.open();
  await Promise.all([...three, visitor]);
});

it("gives up when no slot becomes free in time, and gives back what was taken", async () => {
  const gate = newGate();
  const soon = () => Date.now() + 5_000;
  const held = Array.from({ length: 4 }, () => withCallSlot("busy", "visitor", soon(), () => gate.passed));
  await expect(withCallSlot("busy", "visitor", Date.now() + 50, async () => 1)).rejects.toMatchObject({
    code: "no_call_slot",
  });
  gate.open();
  await Promise.all(held);
  expect(await withCallSlot("busy", "visitor", soon(), async () => 1)).toBe(1);
  await expect(
    withCallSlot("busy", "visitor", soon(), () => Promise.reject(new Error("the call failed"))),
  ).rejects.toThrow("the call failed");
  expect(await withCallSlot("busy", "visitor", soon(), async () => 2)).toBe(2);
});
