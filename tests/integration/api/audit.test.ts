import { afterAll, beforeAll, expect, it } from "vitest";
import * as auditLog from "@/app/api/v1/admin/audit/route";
import * as ownKeys from "@/app/api/v1/me/webhooks/route";
import { disableUser } from "@/lib/accounts/users";
import { actAs } from "@/lib/audit/acting";
import { exportAudit } from "@/lib/audit/export-csv";
import { record } from "@/lib/audit/record";
import { db } from "@/lib/database/client";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { call, organizerWithKey } from "./call";

let database: TestDatabase;
let admin: Awaited<ReturnType<typeof organizerWithKey>>;
let organizer: Awaited<ReturnType<typeof organizerWithKey>>;

beforeAll(async () => {
  database = await createTestDatabase();
  admin = await organizerWithKey();
  organizer = await organizerWithKey();
  await db().user.update({ where: { id: admin.id }, data: { role: "admin" } });
});
afterAll(() => database.cleanup());

const list = (query = "", key = admin.key) => call(auditLog.GET, { key, query }, "GET");

it("an admin's key reads the audit log, newest first, each entry in its whole shape", async () => {
  const { email } = await db().user.findUniqueOrThrow({ where: { id: organizer.id } });
  await actAs({ actorId: admin.id, from: "192.0.2.0/24" }, () => disableUser(organizer.id));
  await db().user.update({ where: { id: organizer.id }, data: { disabledAt: null } });
  const { status, body } = await list();
  expect(status).toBe(200);
  expect(Object.keys(body)).toEqual(["items", "nextCursor"]);
  expect(body.items[0]).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    actor: { id: admin.id, name: expect.any(String) },
    action: "account.disabled",
    subject: email,
    from: "192.0.2.0/24",
    details: {},
  });
});

it("the audit log is for admins: another key is refused, and none is not let in", async () => {
  expect(await list("", organizer.key)).toMatchObject({ status: 403, body: { code: "forbidden" } });
  expect(await call(auditLog.GET, {}, "GET")).toMatchObject({ status: 401 });
});

it("the audit log comes page by page, each entry once, though new ones are written meanwhile", async () => {
  for (let count = 0; count < 7; count += 1)
    await record(db(), { action: "command.run", subject: `walk ${count}` });
  const seen: string[] = [];
  let cursor: string | null = "";
  do {
    const query: string = `?action=command.run&limit=3${cursor ? `&cursor=${cursor}` : ""}`;
    const { body } = await list(query);
    seen.push(...body.items.map(({ subject }: { subject: string }) => subject));
    cursor = body.nextCursor;
    await record(db(), { action: "command.run", subject: "meanwhile" });
  } while (cursor);
  expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0].map((count) => `walk ${count}`));
});

it("the audit log is cut by instants and by days of UTC, both days included", async () => {
  const at = (instant: string) =>
    db().auditEntry.create({ data: { action: "sign_out", subject: instant, origin: "", at: instant } });
  for (const instant of ["2026-03-01T00:00:00Z", "2026-03-02T23:59:59.999Z", "2026-03-03T00:00:00Z"])
    await at(instant);
  const subjects = async (query: string) =>
    (await list(query)).body.items.map(({ subject }: { subject: string }) => subject);
  expect(await subjects("?from=2026-03-01&to=2026-03-02")).toEqual([
    "2026-03-02T23:59:59.999Z",
    "2026-03-01T00:00:00Z",
  ]);
  expect(await subjects("?from=2026-03-02T23:59:59.999Z&to=2026-03-03T00:00:00Z")).toEqual([
    "2026-03-02T23:59:59.999Z",
  ]);
  expect(await list("?from=yesterday")).toMatchObject({ status: 422, body: { errors: [{ path: "from" }] } });
});

it("what is done by API key is in the audit log as its holder's act, with the network it came from", async () => {
  const body = { url: "https://hooks.example.com/x", events: ["booking.confirmed"] };
  const headers = { "x-bellhop-peer": "198.51.100.77" };
  expect((await call(ownKeys.POST, { key: organizer.key, body, headers })).status).toBe(201);
  const { items } = (await list("?action=webhook.made")).body;
  expect(items).toMatchObject([{ actor: { id: organizer.id }, from: "198.51.100.0/24" }]);
});

it("the audit log as CSV has the same entries, and no cell that a spreadsheet would run", async () => {
  await record(db(), { action: "settings.changed", subject: "=HYPERLINK(1)", details: { note: 'a "b", c' } });
  let text = "";
  for await (const piece of exportAudit({ action: "settings.changed" })) text += piece;
  const [head, row] = text.split("\r\n");
  expect(head).toBe("id,at,actor_id,actor_name,action,subject,from,details");
  expect(row).toContain(",settings.changed,'=HYPERLINK(1),,");
  expect(row).toContain('"{""note"":""a \\""b\\"", c""}"');
});
