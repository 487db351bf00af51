/** Mails on their way. What they say is sealed, for they carry links that act for whoever holds them. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { CipherError, seal, unseal } from "@/lib/connections/cipher";
import { db, type Tx } from "@/lib/database/client";
import { isId } from "@/lib/input/id";
import { defineJob, enqueue } from "@/lib/jobs/queue";

export const mailJob = defineJob<{ mailId: string }>("mail.send", 4);

export const mailPurpose = "Mail.Content.v1";

const mailContent = z.object({
  text: z.string(),
  html: z.string(),
  /** Who gets the answers, where that is not the sender. */
  replyTo: z.string().optional(),
  /** An invitation or calendar entry that goes along (RFC 6047). */
  calendar: z.object({ method: z.enum(["REQUEST", "CANCEL", "PUBLISH"]), ics: z.string() }).optional(),
});

export type MailContent = z.output<typeof mailContent>;

export interface NewMail extends MailContent {
  to: string;
  /** What it is about, as a stable name such as `password-reset`. */
  kind: string;
  subject: string;
  bookingId?: string;
}

export interface MailSummary {
  id: string;
  to: string;
  subject: string;
  kind: string;
  /** `withdrawn`: what it said no longer held, so it was held back. */
  status: "queued" | "sent" | "failed" | "withdrawn";
  attempts: number;
  /** Stable code of the last failed attempt. */
  lastError: string | null;
  createdAt: Date;
  sentAt: Date | null;
}

const summary = {
  id: true,
  to: true,
  subject: true,
  kind: true,
  status: true,
  attempts: true,
  lastError: true,
  createdAt: true,
  sentAt: true,
} as const;

/** Puts a mail on its way as part of the caller's transaction. Without an SMTP server it waits for the admin to read it. */
export async function sendMail(tx: Tx, mail: NewMail): Promise<{ id: string }> {
  const id = randomUUID();
  const { to, kind, subject, bookingId = null, ...content } = mail;
  const contentSealed = seal(JSON.stringify(mailContent.parse(content)), { purpose: mailPurpose, row: id });
  await tx.mail.create({ data: { id, to, kind, subject, bookingId, contentSealed } });
  await enqueue(tx, mailJob, { mailId: id }, { priority: 5 });
  return { id };
}

/** Opens what a stored mail says. Throws `CipherError`. */
export function openMailContent(mail: { id: string; contentSealed: string }): MailContent {
  const plain = unseal(mail.contentSealed, { purpose: mailPurpose, row: mail.id });
  return mailContent.parse(JSON.parse(plain));
}

/** The newest mails, `pageSize` at a time; `before` is the instant of the last one seen. */
export function listMails({
  before,
  pageSize = 50,
}: {
  before?: Date;
  pageSize?: number;
} = {}): Promise<MailSummary[]> {
  return db().mail.findMany({
    ...(before ? { where: { createdAt: { lt: before } } } : {}),
    select: summary,
    orderBy: { createdAt: "desc" },
    take: pageSize,
  });
}

/**
 * One mail with its text, for the platform admin alone; null when there is none. The text is null when its key is gone.
 */
export async function readMail(id: string): Promise<(MailSummary & { text: string | null }) | null> {
  if (!isId(id)) return null;
  const mail = await db().mail.findUnique({ where: { id }, select: { ...summary, contentSealed: true } });
  if (!mail) return null;
  const { contentSealed, ...facts } = mail;
  return { ...facts, text: openText({ id, contentSealed }) };
}

function openText(mail: { id: string; contentSealed: string }): string | null {
  try {
    return openMailContent(mail).text;
  } catch (error) {
    if (error instanceof CipherError) return null;
    throw error;
  }
}
