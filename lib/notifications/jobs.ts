import { env } from "@/lib/config/env";
import { db } from "@/lib/database/client";
import { handle, type JobHandler, type RepeatedTask } from "@/lib/jobs/runner";
import { deliver } from "@/lib/notifications/mailer";
import { mailJob, openMailContent } from "@/lib/notifications/outbox";

/** After this many tries, spread over hours by the queue, a mail counts as failed. */
const triesMax = 50;
const keptDays = 30;

/** The mail could not be handed over now; the queue tries again. */
class MailDelayedError extends Error {
  override name = "MailDelayedError";
  constructor(readonly code: string) {
    super(`The mail was not accepted (${code}).`);
  }
}

/** Sends one mail. Where no SMTP server is set it stays in the outbox for the admin to read. */
async function sendQueuedMail({ mailId }: { mailId: string }): Promise<void> {
  const smtpUrl = env().SMTP_URL;
  if (!smtpUrl) return;
  const mail = await db().mail.findUnique({ where: { id: mailId } });
  if (mail?.status !== "queued") return;
  const { id, to, subject } = mail;
  const sent = await deliver(smtpUrl, { id, to, subject, ...openMailContent(mail) });
  const attempts = mail.attempts + 1;
  if (sent.ok) {
    const data = { status: "sent", sentAt: new Date(), attempts, lastError: null } as const;
    await db().mail.update({ where: { id }, data });
    return;
  }
  const { reason, isPermanent } = sent.error;
  const isOver = isPermanent || attempts >= triesMax;
  const data = { status: isOver ? "failed" : "queued", attempts, lastError: reason } as const;
  await db().mail.update({ where: { id }, data });
  if (!isOver) throw new MailDelayedError(reason);
}

async function sweepMails(): Promise<void> {
  const before = new Date(Date.now() - keptDays * 24 * 3600 * 1000);
  await db().mail.deleteMany({ where: { createdAt: { lt: before } } });
}

export const notificationHandlers: JobHandler[] = [handle(mailJob, sendQueuedMail)];

export const notificationTasks: RepeatedTask[] = [
  { name: "mail.sweep", everySeconds: 3600, run: sweepMails },
];
