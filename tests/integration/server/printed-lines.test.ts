import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { freePort } from "@/tests/support/server";

/* Whoever collects what a process prints, reads lines of JSON from its first to its last. */

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase({ LOG_LEVEL: "info" });
});
afterAll(() => database.cleanup());

/** On a signal, Node itself warns of something, and a library prints something. */
const warns = `process.on("SIGUSR2", () => {
  process.emitWarning("Something is deprecated", "DeprecationWarning");
  console.warn("A library", "says something");
})`;
const asModule = `data:text/javascript;base64,${Buffer.from(warns).toString("base64")}`;

/** Everything that a process prints until it is asked to stop, once both are said. */
async function printedBy(program: string[], variables: Record<string, string>): Promise<string> {
  const child = spawn(process.execPath, program, {
    env: { ...process.env, ...variables, NODE_OPTIONS: `--import ${asModule}` },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.on("data", (chunk: Buffer) => {
    if (String(chunk).includes("is ready")) child.kill("SIGUSR2");
    if (String(chunk).includes("A library")) child.kill("SIGTERM");
  });
  return (await Promise.all([text(child.stdout), text(child.stderr)])).join("");
}

it.each([
  ["A server", ["scripts/start.mjs"], /^Bellhop is ready on port \d+$/],
  ["A worker alone", ["--import", "tsx", "scripts/worker.ts"], /^The worker is ready$/],
])(
  "%s prints nothing but lines of JSON, Node's warnings and its libraries' words included",
  async (_name, program, ready) => {
    const printed = await printedBy(program, { PORT: String(await freePort()) });
    const lines = printed
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.every(({ level, time, msg }) => level && Date.parse(time) && msg)).toBe(true);
    const said = lines.map(({ level, msg }) => ({ level, msg }));
    expect(said).toContainEqual({ level: "info", msg: expect.stringMatching(ready) });
    expect(said).toContainEqual({ level: "warn", msg: "DeprecationWarning: Something is deprecated" });
    expect(said).toContainEqual({ level: "warn", msg: "A library says something" });
  },
  60_000,
);

/** All threads that could write something are busy, as under load, when a process says its last words. */
const endsUnderLoad = `
  import { pbkdf2 } from "node:crypto";
  import { log } from "@/lib/config/log";
  for (let thread = 0; thread < 4; thread += 1) pbkdf2("", "", 5e5, 64, "sha512", () => {});
  log().info("It goes wrong");
  log().error("It went wrong");
  log().fatal("Bellhop stops");
  process.exit(1);
`;

it("the last lines of a process are all there, in their order, however busy it is when it ends", async () => {
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", endsUnderLoad], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = (await text(child.stdout)).trim().split("\n");
  expect(lines.map((line) => JSON.parse(line).msg)).toEqual([
    "It goes wrong",
    "It went wrong",
    "Bellhop stops",
  ]);
}, 60_000);
