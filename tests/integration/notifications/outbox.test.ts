import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newCapability } from "@/lib/auth/capability";
import { db } from "@/lib/database/client";
import type { Worker } from "@/lib/jobs/runner";
import { startWorker } from "@/lib/jobs/runner";
import { outboxHandlers, outboxTasks } from "@/lib/outbox/jobs";
import { findSmtpProblem } from "@/lib/outbox/mailer";
import { listMails, readMail, revealLink, sendMail } from "@/lib/outbox/outbox";
import { prepareMailQueue } from "@/tests/support/accounts";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { SmtpRefusal, startSmtpServer } from "@/tests/support/smtp";

let database: TestDatabase;
let worker: Worker;
let refusals: number[] = [];

/** The server refuses the next mails with these statuses, then accepts. */
const smtp = await startSmtpServer(() => {
  const status = refusals.shift();
  if (status) throw new SmtpRefusal(status);
});

beforeAll(async () => {
  database = await createTestDatabase({ SMTP_URL: smtp.url, MAIL_FROM: "Front desk <desk@book.example>" });
  await prepareMailQueue();
  worker = await startWorker(outboxHandlers, []);
});
afterAll(async () => {
  await worker.stop();
  await database.cleanup();
  await smtp.close();
});
beforeEach(async () => {
  refusals = [];
  smtp.received.length = 0;
  await db().mail.deleteMany();
});

const mail = {
  to: "ada@example.test",
  kind: "greeting",
  subject: "Grüße",
  text: "Open https://book.example/x",
  html: "<p>Open</p>",
};
const post = () => db().$transaction((tx) => sendMail(tx, mail));
const stored = (id: string) => db().mail.findUniqueOrThrow({ where: { id } });
const soon = { timeout: 20_000, interval: 50 };

describe("a mail", () => {
  test("a mail goes out once its transaction is through, with text, HTML and sender", async () => {
    const { id } = await post();
    await expect.poll(() => stored(id), soon).toMatchObject({ status: "sent", attempts: 1, lastError: null });
    expect(smtp.received).toHaveLength(1);
    expect(smtp.received[0]).toMatchObject({ from: "desk@book.example", to: ["ada@example.test"] });
    const raw = smtp.received[0]?.raw ?? "";
    expect(raw).toContain("From: Front desk <desk@book.example>");
    expect(raw).toContain(`Message-ID: <${id}@localhost>`);
    expect(raw).toContain("text/plain");
    expect(raw).toContain("text/html");
  });

  test("a mail vanishes with a transaction that fails", async () => {
    const failing = db().$transaction(async (tx) => {
      await sendMail(tx, mail);
      throw new Error("rolled back");
    });
    await expect(failing).rejects.toThrow("rolled back");
    expect(await db().mail.count()).toBe(0);
  });

  test("a mail that the server puts off is tried again", async () => {
    refusals = [451];
    const { id } = await post();
    await expect.poll(() => stored(id), soon).toMatchObject({ status: "queued", lastError: "smtp_451" });
    await expect.poll(() => stored(id), soon).toMatchObject({ status: "sent", attempts: 2 });
  });

  test("a mail that the server refuses for good has failed, with its code", async () => {
    refusals = [550];
    const { id } = await post();
    await expect
      .poll(() => stored(id), soon)
      .toMatchObject({ status: "failed", attempts: 1, lastError: "smtp_550" });
    expect(smtp.received).toHaveLength(0);
  });
});

describe("the outbox", () => {
  test("the outbox keeps what a mail says sealed, and opens it for the admin", async () => {
    const { id } = await post();
    expect(JSON.stringify(await stored(id))).not.toContain("book.example");
    expect(await readMail(id)).toMatchObject({
      subject: "Grüße",
      content: { kind: "text", text: mail.text },
    });
  });

  test("the outbox keeps no words of a mail that was sent, and all that tells of it", async () => {
    const { id } = await post();
    await expect.poll(() => stored(id), soon).toMatchObject({ status: "sent", contentSealed: null });
    const { to, subject, kind } = mail;
    expect(await readMail(id)).toMatchObject({
      to,
      subject,
      kind,
      status: "sent",
      content: { kind: "left" },
    });
  });

  test("the outbox clears away what an earlier version left of mails that were sent", async () => {
    const { id } = await post();
    await expect.poll(() => stored(id), soon).toMatchObject({ status: "sent" });
    await db().mail.update({ where: { id }, data: { contentSealed: "v1.left.over" } });
    const sweep = outboxTasks.find(({ name }) => name === "mail.sweep");
    await sweep?.run(new AbortController().signal);
    expect(await stored(id)).toMatchObject({ status: "sent", contentSealed: null });
  });

  test("the outbox keeps the words of a mail that failed", async () => {
    refusals = [550];
    const { id } = await post();
    await expect.poll(() => stored(id), soon).toMatchObject({ status: "failed" });
    expect(await readMail(id)).toMatchObject({ content: { kind: "text" } });
  });

  test("the outbox hides the tokens of links, and shows none where a mail server brings them", async () => {
    refusals = [550];
    const token = newCapability();
    const text = `Choose: https://book.example/reset-password/${token}\nor https://book.example/help`;
    const { id } = await db().$transaction((tx) => sendMail(tx, { ...mail, text }));
    await expect.poll(() => stored(id), soon).toMatchObject({ status: "failed" });
    const read = await readMail(id);
    expect(JSON.stringify(read)).not.toContain(token);
    expect(read?.content).toMatchObject({
      hiddenLinks: 1,
      text: expect.stringContaining("/reset-password/•"),
    });
    expect(await revealLink(id, 0)).toBeNull();
  });

  test("the outbox lists mails newest first, without their content", async () => {
    await post();
    const { id } = await post();
    const mails = await listMails();
    expect(mails.map((one) => one.id)[0]).toBe(id);
    expect(mails).toHaveLength(2);
    expect(Object.keys(mails[0] ?? {})).not.toContain("contentSealed");
  });

  test.each(["not-an-id", "0198c5a0-0000-7000-8000-000000000001"])(
    "the outbox has no mail %s",
    async (id) => {
      expect(await readMail(id)).toBeNull();
    },
  );
});

test("the server's health is reported by a stable code", async () => {
  expect(await findSmtpProblem(smtp.url)).toBeNull();
  expect(await findSmtpProblem("smtp://127.0.0.1:1")).toBe("smtp_esocket");
});
