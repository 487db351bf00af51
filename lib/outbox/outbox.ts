/** Mails on their way. What they say is sealed, for they carry links that act for anyone who holds them, and is gone once they are sent. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { record } from "@/lib/audit/record";
import { env, isDemo } from "@/lib/config/env";
import { db, type Tx } from "@/lib/database/client";
import { CipherError, seal, unseal } from "@/lib/encryption/cipher";
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
  /** It is to an account's holder, as that. Where their account is disabled, nothing is sent. */
  toHolder?: boolean;
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
  const { to, kind, subject, bookingId = null, toHolder = false, ...content } = mail;
  const holder = toHolder ? await findHolder(tx, to) : null;
  const facts = { id, to, kind, subject, bookingId, holderId: holder?.id ?? null };
  if (holder?.disabledAt) {
    await tx.mail.create({ data: { ...facts, status: "withdrawn" } });
    return { id };
  }
  const contentSealed = seal(JSON.stringify(mailContent.parse(content)), { purpose: mailPurpose, row: id });
  await tx.mail.create({ data: { ...facts, contentSealed } });
  await enqueue(tx, mailJob, { mailId: id }, { priority: 5 });
  return { id };
}

const findHolder = (tx: Tx, email: string) =>
  tx.user.findUnique({ where: { email }, select: { id: true, disabledAt: true } });

/** Holds back what is on its way to an account's holder. */
export async function withdrawMailsTo(tx: Tx, holderId: string): Promise<void> {
  await tx.mail.updateMany({
    where: { holderId, status: "queued" },
    data: { status: "withdrawn", contentSealed: null },
  });
}

/** Opens what a stored mail says. Throws `CipherError`; a mail that has left says nothing any more. */
export function openMailContent(mail: { id: string; contentSealed: string | null }): MailContent {
  if (mail.contentSealed === null) throw new Error("The mail was sent or withdrawn: its words are gone.");
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
 * Whether the platform admin may be shown its links: `yes`, where they have to hand them on because no mail server is set; `sent`, where one
 * delivers them; `account`, where they let someone into an account, which is no one else's business outside a demo.
 */
export type Showable = "yes" | "sent" | "account";

const accountKinds = ["password-reset", "sign-up-confirm", "email-confirm", "team-invitation"];

function showableOf(kind: string): Showable {
  if (env().SMTP_URL) return "sent";
  return accountKinds.includes(kind) && !isDemo() ? "account" : "yes";
}

/** What the platform admin may read of a mail: the tokens of links stay hidden, for they act for their holder. */
export type ReadableText =
  | { kind: "text"; text: string; hiddenLinks: number; showable: Showable }
  /** It was sent or withdrawn, and its words went with it. */
  | { kind: "left" }
  /** Its key is no longer in the ring. */
  | { kind: "unreadable" };

/** One mail for the platform admin alone; null when there is none. */
export async function readMail(id: string): Promise<(MailSummary & { content: ReadableText }) | null> {
  const mail = await findMail(id);
  if (!mail) return null;
  const { contentSealed, ...facts } = mail;
  if (contentSealed === null) return { ...facts, content: { kind: "left" } };
  const text = openText({ id, contentSealed });
  if (text === null) return { ...facts, content: { kind: "unreadable" } };
  const hiddenLinks = listLinks(text).length;
  return {
    ...facts,
    content: { kind: "text", text: hideTokens(text), hiddenLinks, showable: showableOf(mail.kind) },
  };
}

/**
 * One hidden link of a mail, by its place (0 is the first), for an admin who has to hand it on because no mail server is set;
 * null where it isn't to be shown, and where there is no such link. The audit log says who has seen it.
 */
export async function revealLink(id: string, place: number): Promise<string | null> {
  const mail = await findMail(id);
  if (!mail || showableOf(mail.kind) !== "yes") return null;
  const text = mail.contentSealed ? openText({ id, contentSealed: mail.contentSealed }) : null;
  const link = listLinks(text ?? "")[place];
  if (!link) return null;
  await noteShown(mail);
  return link;
}

async function noteShown({ id, to, kind }: MailSummary): Promise<void> {
  await db().$transaction(async (tx) => {
    const holder = await tx.user.findUnique({ where: { email: to.toLowerCase() }, select: { id: true } });
    const about = holder ? { accountId: holder.id } : {};
    await record(tx, { action: "mail.link_shown", subject: to, ...about, details: { mail: id, kind } });
  });
}

function findMail(id: string) {
  const select = { ...summary, contentSealed: true } as const;
  return isId(id) ? db().mail.findUnique({ where: { id }, select }) : Promise.resolve(null);
}

/** A capability as lib/auth/capability.ts makes them. */
const tokens = /(?<![\w-])[\w-]{43}(?![\w-])/g;

function hideTokens(text: string): string {
  return text.replace(tokens, "••••••");
}

/** The addresses in a text that carry a token, each once. */
function listLinks(text: string): string[] {
  const addresses = text.match(/https?:\/\/[^\s<>"]+/g) ?? [];
  return [...new Set(addresses.filter((address) => address.search(tokens) >= 0))];
}

function openText(mail: { id: string; contentSealed: string }): string | null {
  try {
    return openMailContent(mail).text;
  } catch (error) {
    if (error instanceof CipherError) return null;
    throw error;
  }
}
