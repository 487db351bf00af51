import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { actAs } from "@/lib/audit/acting";
import { listAudit, listAuditOf } from "@/lib/audit/queries";
import { record } from "@/lib/audit/record";
import { sweepAudit } from "@/lib/audit/retention";
import { log } from "@/lib/config/log";
import { db } from "@/lib/database/client";
import { givenOrganizer } from "@/tests/support/accounts";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";

let database: TestDatabase;
let ada: Awaited<ReturnType<typeof givenOrganizer>>;
let bea: Awaited<ReturnType<typeof givenOrganizer>>;
beforeAll(async () => {
  database = await createTestDatabase();
  ada = await givenOrganizer("ada");
  bea = await givenOrganizer("bea");
});
afterAll(() => database.cleanup());
beforeEach(() => db().$executeRaw`ALTER TABLE "AuditEntry" DISABLE TRIGGER USER`.then(empty));

async function empty() {
  await db().auditEntry.deleteMany();
  await db().$executeRaw`ALTER TABLE "AuditEntry" ENABLE TRIGGER USER`;
}

const all = () => listAudit({}, { take: 100 });
const byAda = <Value>(work: () => Value) => actAs({ actorId: ada.id, from: "192.0.2.0/24" }, work);
const change = { before: { role: "organizer" }, after: { role: "admin" } };

test("an audit entry says who did what, to whom, from where, and what it was before", async () => {
  await byAda(() =>
    db().$transaction((tx) => record(tx, { action: "role.changed", accountId: bea.id, details: change })),
  );
  expect(await all()).toEqual([
    {
      id: expect.any(String),
      at: expect.any(Date),
      actor: { id: ada.id, name: "Organizer ada" },
      action: "role.changed",
      subject: bea.email,
      from: "192.0.2.0/24",
      details: change,
    },
  ]);
});

test("an audit entry of an act that came to nothing is not there, and no log line says it was", async () => {
  const lines = vi.spyOn(log(), "info");
  await byAda(() =>
    db().$transaction(async (tx) => {
      await record(tx, { action: "account.disabled", accountId: bea.id });
      throw new Error("The act failed after all");
    }),
  ).catch(() => undefined);
  await byAda(() => db().$transaction((tx) => record(tx, { action: "account.enabled", accountId: bea.id })));
  expect((await all()).map(({ action }) => action)).toEqual(["account.enabled"]);
  expect(lines.mock.calls).toMatchObject([
    [
      { audit: { action: "account.enabled", actorId: ada.id, subject: bea.email, origin: "192.0.2.0/24" } },
      "Audit",
    ],
  ]);
  lines.mockRestore();
});

test("an audit entry can't be changed, and none can be deleted or truncated away", async () => {
  await record(db(), { action: "sign_out", accountId: ada.id, byHolder: true });
  await expect(db().auditEntry.updateMany({ data: { subject: "someone else" } })).rejects.toThrow(
    "append-only",
  );
  await expect(db().auditEntry.deleteMany()).rejects.toThrow("append-only");
  await expect(db().$executeRaw`TRUNCATE "AuditEntry"`).rejects.toThrow("append-only");
  expect(await all()).toMatchObject([{ subject: ada.email }]);
});

test("retention ends audit entries older than it says, and no others", async () => {
  const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 3600 * 1000);
  for (const days of [364, 366, 800]) {
    const entry = { action: "sign_out", subject: `${days} days`, origin: "", at: daysAgo(days) };
    await db().auditEntry.create({ data: entry });
  }
  expect(await sweepAudit()).toBe(2);
  expect((await all()).map(({ subject }) => subject)).toEqual(["364 days"]);
});

test("retention that is asked for less than 30 days refuses, and leaves the audit log whole", async () => {
  await record(db(), { action: "sign_out", accountId: ada.id });
  await expect(sweepAudit(new Date(Date.now() + 1000))).rejects.toThrow("append-only");
  expect(await all()).toHaveLength(1);
});

test("audit entries outlast the account that they are about, and the one that acted", async () => {
  const eve = await givenOrganizer("eve");
  await actAs({ actorId: eve.id, from: "" }, () =>
    record(db(), { action: "account.deleted", accountId: eve.id }),
  );
  await db().user.delete({ where: { id: eve.id } });
  const [entry] = await all();
  expect(entry).toMatchObject({
    action: "account.deleted",
    actor: { name: "Organizer eve" },
    subject: eve.email,
  });
});

test("people see what was done to their account and by them, and nothing of others", async () => {
  await byAda(() => record(db(), { action: "role.changed", accountId: bea.id, details: change }));
  await record(db(), { action: "sign_in.succeeded", accountId: bea.id, byHolder: true });
  await record(db(), { action: "settings.changed", subject: "Microsoft Teams" });
  expect((await listAuditOf(bea.id, 10)).map(({ action }) => action)).toEqual([
    "sign_in.succeeded",
    "role.changed",
  ]);
  expect((await listAuditOf(ada.id, 10)).map(({ action }) => action)).toEqual(["role.changed"]);
});

test("audit entries are found by who, what and when", async () => {
  await byAda(() => record(db(), { action: "role.changed", accountId: bea.id, details: change }));
  await record(db(), { action: "sign_out", accountId: bea.id, byHolder: true });
  const found = async (filter: Parameters<typeof listAudit>[0]) =>
    (await listAudit(filter, { take: 10 })).map(({ action }) => action);
  expect(await found({ who: "ORGANIZER ADA" })).toEqual(["role.changed"]);
  expect(await found({ who: "bea@" })).toEqual(["sign_out", "role.changed"]);
  expect(await found({ who: "_" })).toEqual([]);
  expect(await found({ action: "sign_out" })).toEqual(["sign_out"]);
  expect(await found({ from: new Date(Date.now() + 60_000) })).toEqual([]);
  expect(await found({ to: new Date(Date.now() - 60_000) })).toEqual([]);
});
