import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { signIn } from "@/lib/accounts/sign-in";
import { verifyApiKey } from "@/lib/auth/api-keys";
import { closeDatabase, db } from "@/lib/database/client";
import { givenOrganizer } from "@/tests/support/accounts";
import { admin } from "@/tests/support/admin-command";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";

// Each command is a process that loads the application again.
vi.setConfig({ testTimeout: 120_000 });

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.cleanup());

const account = ["--email", "Ada@Example.test", "--name", "Ada Lovelace", "--handle", "ada"];

describe("create-user", () => {
  test("create-user opens an account with a first key, tells nothing else, and refuses to do it twice", async () => {
    const first = await admin(["create-user", ...account, "--password", "correct horse", "--role", "admin"]);
    expect(first).toMatchObject({ code: 0, stderr: "" });
    expect(first.stdout.trim().split("\n")).toHaveLength(1);
    const created = JSON.parse(first.stdout);
    expect(Object.keys(created)).toEqual(["id", "handle", "email", "apiKey"]);
    expect(created).toMatchObject({ handle: "ada", email: "ada@example.test" });
    expect(await verifyApiKey(created.apiKey)).toMatchObject({ id: created.id, role: "admin" });
    const session = await signIn({ email: "ada@example.test", password: "correct horse" }, "203.0.113.9");
    expect(session).toMatchObject({ ok: true });

    const before = await db().user.findMany();
    const again = await admin(["create-user", ...account]);
    expect(again).toMatchObject({ code: 1, stdout: "" });
    expect(again.stderr).toBe("--email: ada@example.test already has an account. Nothing has changed.\n");
    const sameHandle = await admin(["create-user", ...account, "--email", "b@example.test"]);
    expect(sameHandle.stderr).toMatch(/^--handle: ada is taken\..*\n$/);
    expect(await db().user.findMany()).toEqual(before);
  });

  test("create-user names every flag that is missing or wrong, in one line", async () => {
    const refused = await admin(["create-user", "--email", "nope", "--handle", "admin", "--role", "king"]);
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(refused.stderr).toMatch(/^[^\n]*--email: [^\n]*--name: [^\n]*--handle: [^\n]*--role: [^\n]*\n$/);
  });
});

test("the first account is an admin's, unless it's said otherwise, and set-role changes that, but never the last admin's", async () => {
  await db().user.deleteMany();
  const first = ["create-user", "--email", "first@example.test", "--name", "First", "--handle", "first"];
  const made = JSON.parse((await admin([...first, "--password-stdin"], {}, "from the pipe\n")).stdout);
  expect(await verifyApiKey(made.apiKey)).toMatchObject({ role: "admin" });
  const session = await signIn({ email: "first@example.test", password: "from the pipe" }, "203.0.113.9");
  expect(session).toMatchObject({ ok: true });
  const second = await admin([
    "create-user",
    "--email",
    "s@example.test",
    "--name",
    "S",
    "--handle",
    "second",
  ]);
  expect(await verifyApiKey(JSON.parse(second.stdout).apiKey)).toMatchObject({ role: "organizer" });
  const last = await admin(["set-role", "--email", "first@example.test", "--role", "organizer"]);
  expect(last.stderr).toMatch(/^--email: [^\n]* is the last admin\.[^\n]*\n$/);
  const raised = await admin(["set-role", "--email", "s@example.test", "--role", "admin"]);
  expect(JSON.parse(raised.stdout)).toMatchObject({ email: "s@example.test", role: "admin" });
  const wrong = await admin(["set-role", "--email", "s@example.test", "--role", "king"]);
  expect(wrong.stderr).toMatch(/^--role: [^\n]*\n$/);
});

test("create-api-key makes a further key, and only for an account there is", async () => {
  const bob = await givenOrganizer("bob");
  const made = await admin(["create-api-key", "--email", bob.email]);
  expect(await verifyApiKey(JSON.parse(made.stdout).apiKey)).toMatchObject({ id: bob.id });
  const narrow = await admin(["create-api-key", "--email", bob.email, "--scope", "read", "--days", "30"]);
  expect(await verifyApiKey(JSON.parse(narrow.stdout).apiKey)).toMatchObject({ keyScope: "read" });
  const [{ expiresAt } = {}] = await db().apiKey.findMany({ where: { userId: bob.id, scope: "read" } });
  expect(Number(expiresAt) - Date.now()).toBeGreaterThan(29 * 24 * 3600 * 1000);
  const wrong = await admin(["create-api-key", "--email", bob.email, "--scope", "some", "--days", "0"]);
  expect(wrong.stderr).toMatch(/^--scope: [^\n]*--days: [^\n]*\n$/);
  const refused = await admin(["create-api-key", "--email", "nobody@example.test"]);
  expect(refused).toMatchObject({
    code: 1,
    stdout: "",
    stderr: expect.stringMatching(/^--email: [^\n]*\n$/),
  });
});

test("disable-user shuts an account that there is, and enable-user opens it again", async () => {
  const bob = { email: "disabled@example.test" };
  await admin(["create-user", "--email", bob.email, "--name", "Bob", "--handle", "disabled-bob"]);
  const isShut = async () =>
    (await db().user.findUniqueOrThrow({ where: bob, select: { disabledAt: true } })).disabledAt !== null;
  const shut = await admin(["disable-user", "--email", bob.email]);
  expect(JSON.parse(shut.stdout)).toMatchObject({ email: bob.email, disabled: true });
  expect(await isShut()).toBe(true);
  const opened = await admin(["enable-user", "--email", bob.email]);
  expect(JSON.parse(opened.stdout)).toMatchObject({ email: bob.email, disabled: false });
  expect(await isShut()).toBe(false);
  const refused = await admin(["disable-user", "--email", "nobody@example.test"]);
  expect(refused).toMatchObject({ code: 1, stdout: "" });
  expect(refused.stderr).toContain("nobody@example.test");
});

test.each([[[]], [["do-it"]], [["doctor", "--loud"]], [["create-user", "--email"]]])(
  "%j is refused with one line",
  async (args) => {
    const refused = await admin(args);
    expect(refused).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(/^[^\n]+\n$/) });
  },
);

test("commands leave a database of an older version alone, and upgrade --check tells what a start would change", async () => {
  const last = `(SELECT max(migration_name) FROM "_prisma_migrations")`;
  const setTaken = (at: string) =>
    db().$executeRawUnsafe(
      `UPDATE "_prisma_migrations" SET rolled_back_at = ${at} WHERE migration_name = ${last}`,
    );
  expect(JSON.parse((await admin(["upgrade", "--check"])).stdout)).toMatchObject({ steps: [] });
  await setTaken("now()");
  const refused = await admin(["create-api-key", "--email", "ada@example.test"]);
  const check = JSON.parse((await admin(["upgrade", "--check"])).stdout);
  const [{ n: missing } = {}] = await db().$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM "_prisma_migrations" WHERE rolled_back_at IS NOT NULL`;
  await setTaken("NULL");
  expect(refused).toMatchObject({ code: 1, stdout: "" });
  expect(refused.stderr).toMatch(/^The database is of an older version[^\n]*\n$/);
  expect(check).toMatchObject({
    steps: [{ name: expect.any(String), purpose: expect.any(String), changes: expect.any(Array) }],
  });
  expect(missing).toBe(1);
});

test("backup and restore name the flag that is missing, and a restore of the running database is refused", async () => {
  expect((await admin(["backup"])).stderr).toMatch(/^--to: [^\n]*\n$/);
  expect((await admin(["restore"])).stderr).toMatch(/^--from: [^\n]*\n$/);
  const folder = await mkdtemp(path.join(tmpdir(), "bellhop-admin-"));
  const file = path.join(folder, "one.backup");
  const made = await admin(["backup", "--to", file]);
  expect(JSON.parse(made.stdout)).toMatchObject({ file, keys: ["t1"], version: expect.any(String) });
  expect(await db().backupRun.count()).toBe(1);
  const again = await admin(["backup", "--to", file]);
  expect(again).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^--to: [^\n]* already exists[^\n]*\n$/),
  });
  const refused = await admin(["restore", "--from", file, "--yes"]);
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("Bellhop is running") });
  await closeDatabase();
  const full = await admin(["restore", "--from", file]);
  expect(full).toMatchObject({ code: 1, stderr: expect.stringMatching(/isn't empty[^\n]* add --yes\./) });
  expect(await db().user.count()).toBeGreaterThan(0);
  const elsewhere = { TOKEN_ENCRYPTION_KEYS: `t2:${Buffer.alloc(32, 7).toString("base64")}` };
  const keyless = await admin(["restore", "--from", file, "--yes"], elsewhere);
  expect(keyless.stderr).toMatch(/^--from: [^\n]*needs the key t1[^\n]*\n$/);
  await rm(folder, { recursive: true });
});

test("retention counts in a rehearsal, and removes and says so in the audit log without one", async () => {
  const createdAt = new Date(Date.now() - 31 * 24 * 3600 * 1000);
  await db().mail.create({ data: { to: "a@example.test", subject: "x", kind: "x", createdAt } });
  const state = async () => [
    await db().mail.count({ where: { createdAt } }),
    await db().auditEntry.count({ where: { subject: "retention" } }),
  ];
  const rehearsal = JSON.parse((await admin(["retention", "--dry-run"])).stdout);
  expect(rehearsal).toMatchObject({ dryRun: true, kinds: { emails: { days: 30, count: 1 } } });
  expect(await state()).toEqual([1, 0]);
  const run = JSON.parse((await admin(["retention"])).stdout);
  expect(run).toMatchObject({ dryRun: false, kinds: { emails: { days: 30, count: 1 } } });
  expect(await state()).toEqual([0, 1]);
});

test("an environment that is wrong is reported in one line, without its values", async () => {
  const refused = await admin(["rotate-keys"], { SESSION_SECRET: "too-short-secret" });
  expect(refused).toMatchObject({ code: 1, stdout: "" });
  expect(refused.stderr).toMatch(/^SESSION_SECRET [^\n]*\n$/);
  expect(refused.stderr).not.toContain("too-short-secret");
});

describe("doctor", () => {
  const microsoft = {
    TEAMS_CLIENT_ID: "11111111-2222-4333-8444-555555555555",
    TEAMS_CLIENT_SECRET: "a-secret-of-the-tests",
  };
  async function wrong(variables: Record<string, string>): Promise<[boolean, string[]]> {
    const { code, stdout, stderr } = await admin(["doctor", "--json"], variables);
    const report: { ok: boolean; checks: { name: string; ok: boolean }[] } = JSON.parse(stdout);
    const names = report.checks.filter((check) => !check.ok).map((check) => check.name);
    const line = names.length > 0 ? `Something is wrong: ${names.join(", ")}.\n` : "";
    expect({ code, stderr }).toEqual({ code: report.ok ? 0 : 1, stderr: line });
    return [report.ok, names];
  }

  test("doctor finds all in order while a worker is at work and Microsoft is set up", async () => {
    // A beat that does not age while the command starts.
    const beatAt = new Date(Date.now() + 3600_000);
    await db().workerBeat.create({ data: { id: "a-worker", startedAt: new Date(), beatAt } });
    expect(await wrong(microsoft)).toEqual([true, []]);
  });

  test("doctor names what is missing", async () => {
    await db().workerBeat.deleteMany();
    await db().$executeRaw`ALTER TABLE "TimeClaim" DROP CONSTRAINT "TimeClaim_no_overlap"`;
    await db().$executeRaw`DELETE FROM "_prisma_migrations"`;
    const variables = { SMTP_URL: "smtp://127.0.0.1:1" };
    expect(await wrong(variables)).toEqual([
      false,
      ["migrations", "constraint", "worker", "mail", "microsoft"],
    ]);
  });

  test("doctor reports a wrong environment and a database that does not answer, instead of failing", async () => {
    expect(await wrong({ SESSION_SECRET: "short" })).toEqual([false, ["environment"]]);
    const elsewhere = { ...microsoft, DATABASE_URL: "postgresql://nobody@127.0.0.1:1/nothing" };
    expect(await wrong(elsewhere)).toEqual([false, ["database"]]);
  });

  test("doctor says that the sender of emails is still the sample", async () => {
    const { stdout } = await admin(["doctor"], { SMTP_URL: "smtp://127.0.0.1:1" });
    const report: { checks: { name: string; message: string }[] } = JSON.parse(stdout);
    expect(report.checks.find(({ name }) => name === "mail")?.message).toContain(
      "MAIL_FROM is still a sample",
    );
  });
});
