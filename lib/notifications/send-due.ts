/**
 * Notifies people of a booking: compares what they should know with what was sent, and writes the difference. Runs any
 * number of times and says each thing once.
 */

import { storeConfirmLink } from "@/lib/booking/confirm";
import { storeDecisionLinks } from "@/lib/booking/decision-links";
import { log } from "@/lib/config/log";
import { db, type Tx } from "@/lib/database/client";
import { run } from "@/lib/database/direct";
import { lockRow } from "@/lib/database/lock-row";
import { inParallel } from "@/lib/jobs/in-parallel";
import { letVisitorsGoFirst } from "@/lib/jobs/visitors-first";
import { dueNotices, type Notice, type NoticeKind } from "@/lib/notices/due";
import { bookingFacts, type MailedBooking, readMailedBooking } from "@/lib/notifications/mailed-booking";
import { textsFor } from "@/lib/notifications/texts";
import type { Written } from "@/lib/notifications/write";
import { sendMail } from "@/lib/outbox/outbox";
import { sendText } from "@/lib/outbox/text-outbox";
import { announceBooking, beginningOf } from "@/lib/webhooks/announce";
import type { WebhookEvent } from "@/lib/webhooks/events";

/** How often a booking that changes while its emails are written is read again. */
const rounds = 5;

/** Writes what is due about one booking. */
export async function sendDueMails({ bookingId }: { bookingId: string }, now?: number): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const booking = await readMailedBooking(bookingId);
    if (!booking || (await sendNotices(booking, now ?? Date.now()))) return;
  }
  throw new Error("The booking kept changing while its mails were written.");
}

/** True when nothing more is due now. */
async function sendNotices(booking: MailedBooking, now: number): Promise<boolean> {
  const { notices, lookAgainAt } = dueNotices(bookingFacts(booking), booking.notices, now);
  const dueAt = lookAgainAt === null ? null : new Date(lookAgainAt);
  if (notices.length === 0 && booking.mailsDueAt?.getTime() === dueAt?.getTime()) return true;
  const texts = textsFor(booking, notices, now);
  const mails: { notice: Notice; written: Written | null }[] = [];
  for (const notice of notices)
    mails.push({ notice, written: notice.silent ? null : await write(booking, notice) });
  const stored = await db().$transaction(async (tx) => {
    if (!(await isUnchanged(tx, booking))) return false;
    for (const { notice, written } of mails) {
      const { kind, revision } = notice;
      await tx.bookingNotice.create({ data: { bookingId: booking.id, kind, revision } });
      if (written) await send(tx, booking.id, written);
      const event = webhookEventOf(kind, booking);
      if (event) await announceBooking(tx, { ownerId: booking.owner.id, event, bookingId: booking.id });
    }
    for (const text of texts) await sendText(tx, { ...text, bookingId: booking.id });
    const inviteUid = mails.find(({ written }) => written?.inviteUid)?.written?.inviteUid;
    await tx.booking.update({
      where: { id: booking.id },
      data: {
        mailsDueAt: dueAt,
        ...(inviteUid ? { inviteUid } : {}),
      },
      select: { id: true },
    });
    return true;
  });
  return stored && (lookAgainAt === null || lookAgainAt > now);
}

/** What webhooks hear together with a mail: what waits for the link. Changes are announced where they are made. */
function webhookEventOf(kind: NoticeKind, { status, notices }: MailedBooking): WebhookEvent | null {
  if (kind === "link_ready") return "meeting.ready";
  const beginning = beginningOf(status);
  if (!beginning?.notices.includes(kind)) return null;
  return notices.some((sent) => beginning.notices.includes(sent.kind)) ? null : beginning.event;
}

/** The mails' makers are loaded with the first mail, so that they cost no start any time. */
async function write(booking: MailedBooking, notice: Notice): Promise<Written> {
  const { writeNotice } = await import("@/lib/notifications/write");
  return writeNotice(booking, notice);
}

async function send(tx: Tx, bookingId: string, { mails, decisions, confirmLink }: Written): Promise<void> {
  for (const mail of mails) await sendMail(tx, { ...mail, bookingId });
  if (confirmLink) await storeConfirmLink(tx, bookingId, confirmLink);
  if (decisions) await storeDecisionLinks(tx, bookingId, decisions);
}

/** Locks the booking and sees whether it is still what was read. */
async function isUnchanged(tx: Tx, { id, updatedAt }: MailedBooking): Promise<boolean> {
  await lockRow(tx, "Booking", { id });
  const row = await tx.booking.findUnique({ where: { id }, select: { updatedAt: true } });
  return row?.updatedAt.getTime() === updatedAt.getTime();
}

/** How many bookings a worker claims, how many of them it works on concurrently, and how long its claim lasts. */
const batchSize = 10;
const atOnce = 2;
const claimSeconds = 20;

/**
 * Takes up every booking whose time to look has come: changes, reminders, links that are late. What fails, or whose worker
 * dies, is taken up again when the claim ends.
 */
export async function sendAllDueMails(stopping?: AbortSignal): Promise<void> {
  let due = await claimDue();
  while (due.length > 0) {
    await inParallel(due, atOnce, async (bookingId) => {
      await letVisitorsGoFirst();
      await sendDueMails({ bookingId }).catch((error) =>
        log().error(
          { error, bookingId },
          "The mails of a booking could not be written; they are tried again",
        ),
      );
    });
    due = due.length < batchSize || stopping?.aborted ? [] : await claimDue();
  }
}

async function claimDue(): Promise<string[]> {
  const due = await run<{ id: string }>(claim, [claimSeconds, batchSize]);
  return due.map(({ id }) => id);
}

const claim = `UPDATE "Booking" SET "mailsDueAt" = now() + make_interval(secs => $1)
  WHERE id IN (
    SELECT id FROM "Booking" WHERE "mailsDueAt" <= now() ORDER BY "mailsDueAt" LIMIT $2 FOR UPDATE SKIP LOCKED)
  RETURNING id`;
