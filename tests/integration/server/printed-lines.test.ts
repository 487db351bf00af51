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
