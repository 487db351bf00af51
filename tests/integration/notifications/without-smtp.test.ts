import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/lib/database/client";
import { notificationHandlers } from "@/lib/notifications/jobs";
import { readMail, sendMail } from "@/lib/notifications/outbox";
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
  const send = notificationHandlers.find((handler) => handler.definition.name === "mail.send");
  await send?.run({ mailId: id });
  await send?.run({ mailId: id });
  expect(await readMail(id)).toMatchObject({ status: "queued", attempts: 0, lastError: null, text: "Words" });
});
