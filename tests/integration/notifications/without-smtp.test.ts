import { afterAll, beforeAll, expect, test } from "vitest";
import { actAs } from "@/lib/audit/acting";
import { listAudit, listAuditOf } from "@/lib/audit/queries";
import { newCapability } from "@/lib/auth/capability";
import { env } from "@/lib/config/env";
import { db } from "@/lib/database/client";
import { outboxHandlers } from "@/lib/outbox/jobs";
import { readMail, revealLink, sendMail } from "@/lib/outbox/outbox";
import { givenOrganizer, prepareMailQueue } from "@/tests/support/accounts";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await prepareMailQueue();
});
afterAll(() => database.cleanup());

test("without an SMTP server a mail waits to be read, however often its job runs", async () => {
  const { id } = await db().$transaction((tx) =>
    sendMail(tx, { to: "ada@example.test", kind: "greeting", subject: "Hello", text: "Words", html: "<p>" }),
  );
  const send = outboxHandlers.find((handler) => handler.definition.name === "mail.send");
  await send?.run({ mailId: id });
  await send?.run({ mailId: id });
  const waiting = { status: "queued", attempts: 0, lastError: null };
  expect(await readMail(id)).toMatchObject({ ...waiting, content: { kind: "text", text: "Words" } });
});

test("without an SMTP server an admin can show a hidden link, one at a time, and the audit log says who did", async () => {
  const [first, second] = [newCapability(), newCapability()];
  const text = `Approve:\nhttps://book.example/decide/${first}\n\nDecline:\nhttps://book.example/decide/${second}\n`;
  const { id } = await db().$transaction((tx) =>
    sendMail(tx, { to: "ada@example.test", kind: "greeting", subject: "Hello", text, html: "<p>" }),
  );
  const read = await readMail(id);
  expect(read?.content).toMatchObject({ kind: "text", hiddenLinks: 2 });
  for (const token of [first, second]) expect(JSON.stringify(read)).not.toContain(token);
  const admin = await givenOrganizer("grace");
  const ada = await givenOrganizer("ada");
  const asAdmin = <Value>(work: () => Value) => actAs({ actorId: admin.id, from: "192.0.2.0/24" }, work);
  const shown = () => listAudit({ action: "mail.link_shown" }, { take: 10 });
  expect(await asAdmin(() => revealLink(id, 1))).toBe(`https://book.example/decide/${second}`);
  const noted = await shown();
  expect(noted).toMatchObject([
    {
      actor: { id: admin.id },
      subject: ada.email,
      from: "192.0.2.0/24",
      details: { mail: id, kind: "greeting" },
    },
  ]);
  expect(JSON.stringify(noted)).not.toContain(second);
  expect((await listAuditOf(ada.id, 10)).map(({ action }) => action)).toContain("mail.link_shown");
  expect(await asAdmin(() => revealLink(id, 2))).toBeNull();
  expect(await asAdmin(() => revealLink("not-an-id", 0))).toBeNull();
  expect(await shown()).toHaveLength(1);
});

test("without an SMTP server a link that lets someone into an account is shown to no admin, but in the demo", async () => {
  const token = newCapability();
  const text = `Choose a password:\nhttps://book.example/reset-password/${token}\n`;
  const post = (kind: string) =>
    db().$transaction((tx) =>
      sendMail(tx, { to: "bea@example.test", kind, subject: "Reset", text, html: "<p>" }),
    );
  for (const kind of ["password-reset", "email-confirm", "sign-up-confirm", "team-invitation"]) {
    const { id } = await post(kind);
    expect((await readMail(id))?.content, kind).toMatchObject({ hiddenLinks: 1, showable: "account" });
    expect(JSON.stringify(await readMail(id))).not.toContain(token);
    expect(await revealLink(id, 0)).toBeNull();
  }
  const { id } = await post("password-reset");
  const real = { ...env() };
  Object.assign(env(), { TEAMS_LOGIN_URL: "http://127.0.0.1:9", TEAMS_GRAPH_URL: "http://127.0.0.1:9" });
  expect((await readMail(id))?.content).toMatchObject({ showable: "yes" });
  expect(await revealLink(id, 0)).toBe(`https://book.example/reset-password/${token}`);
  Object.assign(env(), real);
});
