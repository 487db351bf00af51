import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { GET as ready } from "@/app/api/health/ready/route";
import { GET as health } from "@/app/api/health/route";
import { env, setDatabaseUrl } from "@/lib/config/env";
import { closeDatabase, db } from "@/lib/database/client";
import { type Check, examine } from "@/lib/doctor";
import { startWorker } from "@/lib/jobs/runner";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.cleanup());

async function ask() {
  const response = await ready();
  const body: unknown = await response.json();
  return { status: response.status, body };
}

async function beatAt(at: Date): Promise<void> {
  await db().workerBeat.deleteMany();
  await db().workerBeat.create({ data: { id: "the-worker", startedAt: at, beatAt: at } });
}

const good = {
  database: { ok: true },
  migrations: { ok: true },
  overlapConstraint: { ok: true },
  worker: { ok: true },
};

describe("readiness", () => {
  beforeEach(() => beatAt(new Date()));

  it("readiness is given while database, migrations, constraint and worker are in order", async () => {
    expect(await ask()).toEqual({ status: 200, body: { status: "ready", checks: good } });
  });

  it("readiness is refused when no worker has given a sign of life for twenty seconds", async () => {
    await beatAt(new Date(Date.now() - 21_000));
    expect(await ask()).toEqual({
      status: 503,
      body: { status: "not_ready", checks: { ...good, worker: { ok: false, problem: "silent" } } },
    });
  });

  it("readiness is refused when the database has not had a step of this version", async () => {
    const [row] = await db().$queryRaw<{ id: string; migration_name: string }[]>`
      SELECT id, migration_name FROM "_prisma_migrations" ORDER BY migration_name LIMIT 1`;
    await db().$executeRaw`UPDATE "_prisma_migrations" SET rolled_back_at = now() WHERE id = ${row?.id}`;
    const answer = await ask();
    await db().$executeRaw`UPDATE "_prisma_migrations" SET rolled_back_at = NULL WHERE id = ${row?.id}`;
    expect(answer).toMatchObject({
      status: 503,
      body: { checks: { migrations: { ok: false, problem: "missing" } } },
    });
  });

  it("readiness is judged by this process's own worker while it runs one, whatever other workers do", async () => {
    const worker = await startWorker([], []);
    expect((await ask()).status).toBe(200);
    await db().workerBeat.updateMany({
      where: { id: { not: "the-worker" } },
      data: { beatAt: new Date(Date.now() - 21_000) },
    });
    expect(await ask()).toMatchObject({
      status: 503,
      body: { checks: { ...good, worker: { ok: false, problem: "silent" } } },
    });
    await worker.stop();
    expect((await ask()).status).toBe(200);
  });

  it("readiness is refused when the constraint that keeps bookings apart is gone, and given again with it", async () => {
    await db().$executeRaw`ALTER TABLE "TimeClaim" RENAME CONSTRAINT "TimeClaim_no_overlap" TO "elsewhere"`;
    const without = await ask();
    await db().$executeRaw`ALTER TABLE "TimeClaim" RENAME CONSTRAINT "elsewhere" TO "TimeClaim_no_overlap"`;
    expect(without).toEqual({
      status: 503,
      body: {
        status: "not_ready",
        checks: { ...good, overlapConstraint: { ok: false, problem: "missing" } },
      },
    });
    expect((await ask()).status).toBe(200);
  });

  it("readiness is refused when PostgreSQL does not use the constraint's index", async () => {
    const setValid = (valid: boolean) =>
      db().$executeRaw`
        UPDATE pg_index SET indisvalid = ${valid}
        WHERE indexrelid = (SELECT conindid FROM pg_constraint WHERE conname = 'TimeClaim_no_overlap')`;
    await setValid(false);
    const answer = await ask();
    await setValid(true);
    expect(answer).toMatchObject({
      status: 503,
      body: { checks: { overlapConstraint: { ok: false, problem: "not_valid" } } },
    });
  });

  it.runIf(process.platform === "linux")(
    "readiness is refused when the disk of the embedded database is full",
    async () => {
      // A file system without any room.
      const globals = globalThis as { bellhopDataFolder?: string | undefined };
      globals.bellhopDataFolder = "/proc";
      const answer = await ask();
      globals.bellhopDataFolder = process.cwd();
      const roomy = await ask();
      delete globals.bellhopDataFolder;
      expect(answer).toMatchObject({
        status: 503,
        body: { checks: { ...good, database: { ok: false, problem: "disk" } } },
      });
      expect(roomy.status).toBe(200);
    },
  );

  it("readiness names every check and gives nothing away while the database is out of reach", async () => {
    const address = env().DATABASE_URL ?? "";
    await closeDatabase();
    setDatabaseUrl("postgresql://somebody:hush-hush@127.0.0.1:1/nowhere");
    const answer = await ask();
    await closeDatabase();
    setDatabaseUrl(address);
    const unreachable = { ok: false, problem: "unreachable" };
    expect(answer).toEqual({
      status: 503,
      body: {
        status: "not_ready",
        checks: {
          database: unreachable,
          migrations: unreachable,
          overlapConstraint: unreachable,
          worker: unreachable,
        },
      },
    });
    expect(JSON.stringify(answer)).not.toMatch(/hush|somebody|127\.0/);
  });
});

describe("health of the process", () => {
  it("health of the process is answered without asking anything of the database", async () => {
    const response = health();
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toBe("no-store");
    const { version } = JSON.parse(await readFile("package.json", "utf8"));
    expect(await response.json()).toEqual({ status: "ok", version });
  });
});

describe("doctor", () => {
  const found = async (name: Check["name"]) =>
    (await examine()).checks.find((check) => check.name === name) ?? null;

  /** What is found under another environment. */
  async function foundWith(variables: Partial<ReturnType<typeof env>>, name: Check["name"]) {
    const kept = { ...env() };
    Object.assign(env(), variables);
    try {
      return await found(name);
    } finally {
      Object.assign(env(), { DATABASE_URL: undefined, SMTP_URL: undefined }, kept);
    }
  }

  it("doctor agrees with a clock that is seconds off, and not with one that is a minute off, either way", async () => {
    const now = Date.now.bind(Date);
    for (const [seconds, ok] of [
      [-3, true],
      [3, true],
      [-60, false],
      [60, false],
    ] as const) {
      vi.spyOn(Date, "now").mockImplementation(() => now() + seconds * 1000);
      const clock = await found("clock");
      vi.restoreAllMocks();
      expect([seconds, clock?.ok]).toEqual([seconds, ok]);
      if (!ok) expect(clock?.message).toMatch(/differ by (?:5\d|60|61) seconds\. Set both by a time server/);
    }
  });

  it.runIf(process.platform === "linux")(
    "doctor says that the disk of the embedded database is nearly full, and doesn't judge another's",
    async () => {
      expect(await found("disk")).toBeNull();
      // A file system without any room.
      const disk = await foundWith({ DATABASE_URL: undefined, DATA_DIR: "/proc" }, "disk");
      expect(disk).toEqual({
        name: "disk",
        ok: false,
        message: expect.stringContaining("nearly full (0 MB left)"),
      });
    },
  );

  it.each([
    "Bellhop <bellhop@localhost>",
    "Bellhop <bookings@book.example.com>",
    "bookings@contoso.example",
    "a@b.test",
    "a@b.invalid",
  ])("doctor takes %s for a sample that mail servers refuse", async (MAIL_FROM) => {
    const mail = await foundWith({ SMTP_URL: "smtp://127.0.0.1:1", MAIL_FROM }, "mail");
    expect(mail).toMatchObject({ ok: false, message: expect.stringContaining("still a sample") });
  });

  it("doctor asks the mail server where the sender is no sample", async () => {
    const sender = "Bellhop <bookings@examples.contoso.com>";
    const mail = await foundWith({ SMTP_URL: "smtp://127.0.0.1:1", MAIL_FROM: sender }, "mail");
    expect(mail).toMatchObject({ ok: false, message: expect.stringContaining("can't be used (") });
  });
});
