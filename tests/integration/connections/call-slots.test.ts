import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { withCallSlot } from "@/lib/connections/call-slots";
import { providerFor } from "@/lib/meetings/registry";
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
  await stage.control.changeSettings({ latencyMs: 60 });
  await stage.control.resetCounters();
});

const ask = (priority: "visitor" | "sync") =>
  providerFor("teams").listBusy({ userId, priority, timeoutMs: 60_000 }, new Date(0), new Date(3600_000));
const askElsewhere = (priority: "visitor" | "sync", count: number) =>
  run(process.execPath, [
    "node_modules/tsx/dist/cli.mjs",
    "tests/integration/connections/slots-process.ts",
    userId,
    priority,
    String(count),
  ]);

it("lets four calls of a mailbox through at a time, in one process", async () => {
  await Promise.all(Array.from({ length: 24 }, (_, i) => ask(i % 3 ? "sync" : "visitor")));
  expect(await stage.control.mailbox(email)).toMatchObject({ throttled: 0, maxConcurrent: 4 });
});

it("lets four calls of a mailbox through at a time, over three processes", async () => {
  await Promise.all([
    askElsewhere("visitor", 20),
    askElsewhere("sync", 20),
    ...Array.from({ length: 20 }, () => ask("visitor")),
  ]);
  expect(await stage.control.mailbox(email)).toMatchObject({ throttled: 0, maxConcurrent: 4 });
});

it("leaves a slot to visitors while everything else keeps the mailbox busy", async () => {
  await Promise.all(Array.from({ length: 20 }, () => ask("sync")));
  expect((await stage.control.mailbox(email)).maxConcurrent).toBe(3);
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
