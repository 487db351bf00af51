import { fork } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { toConnectionAnswer } from "@/lib/api/endpoints/account";
import { createApiKey } from "@/lib/auth/api-keys";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { openSession } from "@/lib/auth/session";
import { listConnections } from "@/lib/connections/queries";
import { db } from "@/lib/database/client";
import { SEEDED_APP } from "@/tests/emulator/seed";
import { openStage, type Stage } from "@/tests/integration/teams/stage";
import { request } from "@/tests/support/next-request";
import { startServer } from "@/tests/support/server";

vi.mock("next/headers", () => import("@/tests/support/next-request"));

const reportSchema = z.object({ userId: z.uuid(), secrets: z.array(z.string().min(20)) });

let stage: Stage;
let email: string;
let userId: string;
let logged: string;
/** Everything that only Microsoft and the sealed columns may know. */
let secrets: string[];

beforeAll(async () => {
  stage = await openStage();
  email = await stage.addPerson();
  ({ userId, logged, secrets } = await wholeRun());
}, 120_000);
afterAll(() => stage.close());

async function wholeRun() {
  const file = "tests/integration/teams/whole-run-process.ts";
  const child = fork(file, [email, stage.controlUrl], {
    execArgv: ["--import", "tsx"],
    env: { ...process.env, LOG_LEVEL: "trace" },
    silent: true,
  });
  const written: Buffer[] = [];
  child.stdout?.on("data", (chunk) => written.push(chunk));
  child.stderr?.on("data", (chunk) => written.push(chunk));
  const report = new Promise<unknown>((resolve) => child.once("message", resolve));
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const code = await ended;
  const text = Buffer.concat(written).toString("utf8");
  if (code !== 0) throw new Error(`The run ended with ${code}: ${text}`);
  return { ...reportSchema.parse(await report), logged: text };
}

/** Pages and files of a server of its own, as this organizer and as the platform admin sees them. */
async function produce(): Promise<{ path: string; text: string }[]> {
  await db().user.update({ where: { id: userId }, data: { role: "admin" } });
  await openSession({ userId, sessionEpoch: 0 });
  const cookie = [...request.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const { apiKey } = await createApiKey(scopeWithoutRequest(userId), "leaks");
  const server = await startServer({ LOG_LEVEL: "silent" });
  const paths = [
    "/account/integrations",
    "/account/integrations/approval",
    "/account/bookings",
    "/account/event-types",
    "/account/developer",
    "/admin",
    "/admin/connections",
    `/admin/connections/${userId}`,
    "/admin/connections/export",
    "/admin/outbox",
    "/api/metrics",
    "/api/v1/me/connections",
    "/api/health/ready",
  ];
  try {
    const pages: { path: string; text: string }[] = [];
    for (const path of paths) {
      const headers = path.startsWith("/api") ? { authorization: `Bearer ${apiKey}` } : { cookie };
      const answer = await fetch(`${server.url}${path}`, { headers, redirect: "manual" });
      pages.push({ path: `${path} ${answer.status}`, text: await answer.text() });
    }
    return pages;
  } finally {
    await server.stop();
  }
}

const found = (text: string) => secrets.filter((secret) => text.includes(secret));

describe("after a whole run", () => {
  it("after a whole run, there were secrets to look for, and lines to look in", () => {
    expect(secrets).toContain(SEEDED_APP.clientSecret);
    expect(secrets.length).toBeGreaterThan(8);
    expect(logged).toContain("A Microsoft account was not connected");
    expect(logged).toContain("A connection could not be looked after");
    expect(logged).toContain("Microsoft refused this server's own credentials");
  });

  it("no log has one", () => {
    expect(found(logged)).toEqual([]);
  });

  it("no page, file or answer of the server has one, nor a sealed one", async () => {
    const pages = await produce();
    for (const { path: asked, text } of pages) {
      expect(asked).toMatch(/ 200$/);
      expect([asked, found(text)]).toEqual([asked, []]);
      expect([asked, text.includes("v1.t1.")]).toEqual([asked, false]);
    }
    const shown = pages.filter(({ text }) => text.includes(email)).map(({ path: asked }) => asked);
    expect(shown).toContain("/account/integrations 200");
    expect(shown).toContain("/admin/connections/export 200");
    expect(shown).toContain("/api/v1/me/connections 200");
  }, 120_000);

  it("no answer of the API has one, nor a sealed one", async () => {
    const answer = JSON.stringify(
      (await listConnections(scopeWithoutRequest(userId))).map(toConnectionAnswer),
    );
    expect(answer).toContain(email);
    expect(found(answer)).toEqual([]);
    expect(answer).not.toContain("v1.t1.");
  });

  it("no row of any table has one in the clear, the queue's included", async () => {
    const tables = await db().$queryRaw<{ schema: string; name: string }[]>`
      SELECT table_schema AS schema, table_name AS name FROM information_schema.tables
      WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`;
    let all = "";
    for (const { schema, name } of tables) {
      const rows = await db().$queryRawUnsafe<{ row: string }[]>(
        `SELECT t::text AS row FROM "${schema}"."${name}" t`,
      );
      all += rows.map(({ row }) => row).join("\n");
    }
    expect(all).toContain(email);
    expect(found(all)).toEqual([]);
  });

  it("no file of the database has one in the clear", async () => {
    await db().$executeRaw`CHECKPOINT`;
    const [place] = await db().$queryRaw<{ folder: string; oid: string }[]>`
      SELECT current_setting('data_directory') AS folder, oid::text FROM pg_database
      WHERE datname = current_database()`;
    const { folder = "", oid = "" } = place ?? {};
    let sawEmail = false;
    for (const part of [path.join("base", oid), "pg_wal"]) {
      const inside = path.join(folder, part);
      for (const entry of await readdir(inside, { withFileTypes: true })) {
        if (!entry.isFile()) continue;
        const bytes = await readFile(path.join(inside, entry.name), "latin1");
        sawEmail ||= bytes.includes(email);
        expect([entry.name, found(bytes)]).toEqual([entry.name, []]);
      }
    }
    expect(sawEmail).toBe(true);
  });
});
