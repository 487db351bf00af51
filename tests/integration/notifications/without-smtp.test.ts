import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { newCapability } from "@/lib/auth/capability";
import { log } from "@/lib/config/log";
import { db } from "@/lib/database/client";
import { outboxHandlers } from "@/lib/outbox/jobs";
import { readMail, revealLink, sendMail } from "@/lib/outbox/outbox";
import { prepareMailQueue } from "@/tests/support/accounts";
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

test("without an SMTP server an admin can show a hidden link, one at a time, and the log says who did", async () => {
  const [first, second] = [newCapability(), newCapability()];
  const text = `Approve:\nhttps://book.example/decide/${first}\n\nDecline:\nhttps://book.example/decide/${second}\n`;
  const { id } = await db().$transaction((tx) =>
    sendMail(tx, { to: "ada@example.test", kind: "greeting", subject: "Hello", text, html: "<p>" }),
  );
  const read = await readMail(id);
  expect(read?.content).toMatchObject({ kind: "text", hiddenLinks: 2 });
  for (const token of [first, second]) expect(JSON.stringify(read)).not.toContain(token);
  const noted = vi.spyOn(log(), "info");
  expect(await revealLink(id, 1, "the-admin")).toBe(`https://book.example/decide/${second}`);
  expect(noted.mock.calls).toEqual([
    [{ mailId: id, kind: "greeting", adminId: "the-admin" }, expect.stringContaining("link")],
  ]);
  expect(JSON.stringify(noted.mock.calls)).not.toContain(second);
  expect(await revealLink(id, 2, "the-admin")).toBeNull();
  expect(await revealLink("not-an-id", 0, "the-admin")).toBeNull();
  expect(noted).toHaveBeenCalledTimes(1);
});
