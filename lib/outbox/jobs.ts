import { env } from "@/lib/config/env";
import { addToLog } from "@/lib/config/log";
import { db } from "@/lib/database/client";
import type { Mail } from "@/lib/database/generated/client";
import { countOf, daysBefore, type RetentionRule } from "@/lib/database/retention-rule";
import { type FlightNote, note } from "@/lib/flight-recorder/flight-recorder";
import { handle, type JobHandler, type RepeatedTask } from "@/lib/jobs/runner";
import { deliver } from "@/lib/outbox/mailer";
import { mailJob, openMailContent } from "@/lib/outbox/outbox";
import { noteLostTexts, sendQueuedText } from "@/lib/outbox/send-text";
import { forgetNumbers } from "@/lib/outbox/text-limits";
import { textJob } from "@/lib/outbox/text-outbox";

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

/** Longer than a mail server may take to accept one. */
const leaseMs = 90_000;

/**
 * Sends one mail, however often the job runs. Where no SMTP server is set it stays in the outbox for the admin to read.
 * Only a crash between the server's "accepted" and our note of it sends a mail again, under the same Message-ID.
 */
async function sendQueuedMail({ mailId }: { mailId: string }): Promise<void> {
  const smtpUrl = env().SMTP_URL;
  if (!smtpUrl) return;
  const earlier = await findEarlier(mailId);
  if (earlier) await sendQueuedMail({ mailId: earlier.id });
  await withdrawFromDisabled(mailId);
  const mail = await leaseMail(mailId);
  if (!mail) return;
  const { id, to, subject, attempts, bookingId } = mail;
  if (bookingId) addToLog({ bookingId });
  const sent = await deliver(smtpUrl, { id, to, subject, ...openMailContent(mail) });
  if (sent.ok) {
    await settle(mail, { status: "sent", sentAt: new Date(), lastError: null });
    return;
  }
  const { reason, isPermanent } = sent.error;
  const isOver = isPermanent || attempts >= triesMax;
  await settle(mail, { status: isOver ? "failed" : "queued", lastError: reason });
  if (!isOver) throw new MailDelayedError(reason);
}

/** The oldest mail about the same booking to the same address that still waits: no one hears of the end before the start. */
async function findEarlier(id: string): Promise<{ id: string } | null> {
  const mail = await db().mail.findUnique({
    where: { id },
    select: { bookingId: true, to: true, createdAt: true },
  });
  if (!mail?.bookingId) return null;
  const { bookingId, to, createdAt } = mail;
  return db().mail.findFirst({
    where: { bookingId, to, status: "queued", createdAt: { lt: createdAt } },
    orderBy: { createdAt: "asc" },
    select: { id: true },
  });
}

/** An account may have been disabled since the mail was written, or while it was. */
async function withdrawFromDisabled(id: string): Promise<void> {
  await db().mail.updateMany({
    where: { id, status: "queued", holder: { disabledAt: { not: null } } },
    data: { status: "withdrawn", contentSealed: null },
  });
}

/** Takes a mail that is to go out for this worker alone; null when there is nothing to send. */
async function leaseMail(id: string): Promise<Mail | null> {
  const now = new Date();
  const [leased] = await db().mail.updateManyAndReturn({
    where: { id, status: "queued", OR: [{ leaseUntil: null }, { leaseUntil: { lt: now } }] },
    data: { leaseUntil: new Date(now.getTime() + leaseMs), attempts: { increment: 1 } },
  });
  if (leased) return leased;
  const isHeld = (await db().mail.count({ where: { id, status: "queued" } })) > 0;
  if (isHeld) throw new MailDelayedError("in_hand");
  return null;
}

/** Writes down what became of a try, in the booking's flight recorder too. What was sent leaves no words behind. */
async function settle(
  mail: Mail,
  outcome: { status: "sent" | "queued" | "failed"; sentAt?: Date; lastError: string | null },
): Promise<void> {
  const { id, bookingId, kind, attempts } = mail;
  await db().$transaction(async (tx) => {
    const words = outcome.status === "sent" ? { contentSealed: null } : {};
    await tx.mail.update({ where: { id }, data: { ...outcome, ...words, leaseUntil: null } });
    // Further tries of a mail that waits are no news.
    if (!bookingId || (outcome.status === "queued" && attempts > 1)) return;
    await note(tx, [bookingId], {
      ...mailSteps[outcome.status],
      facts: { mail: kind, ...(outcome.lastError ? { problem: outcome.lastError } : {}) },
    });
  });
}

const mailSteps = {
  sent: { step: "mail_sent", outcome: "ok" },
  queued: { step: "mail_waits", outcome: "waiting" },
  failed: { step: "mail_failed", outcome: "failed" },
} as const satisfies Record<string, FlightNote>;

const oldMails = (now: Date) => ({ where: { createdAt: { lt: daysBefore(now, keptDays) } } });

export const mailRetention: RetentionRule = {
  kind: "emails",
  days: keptDays,
  count: (now) => db().mail.count(oldMails(now)),
  remove: (now) => countOf(db().mail.deleteMany(oldMails(now))),
};

async function sweepMails(): Promise<void> {
  await mailRetention.remove(new Date());
  // Beside us, a process of an earlier version may still send mails and leave their words.
  await db().mail.updateMany({
    where: { status: { in: ["sent", "withdrawn"] }, contentSealed: { not: null } },
    data: { contentSealed: null },
  });
}

export const outboxHandlers: JobHandler[] = [
  handle(mailJob, sendQueuedMail),
  handle(textJob, sendQueuedText),
];

export const outboxTasks: RepeatedTask[] = [
  { name: "mail.sweep", everySeconds: 3600, run: sweepMails },
  { name: "texts.forget", everySeconds: 3600, run: forgetNumbers },
  { name: "texts.lost", everySeconds: 60, run: () => noteLostTexts() },
];
