import { randomBytes } from "node:crypto";
import { inHandsOf } from "@/lib/auth/booking-access";
import { hashCapability, newCapability } from "@/lib/auth/capability";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { isImport, noRequest } from "@/lib/booking/request-memory";
import { lockHostsOf } from "@/lib/booking-record/organizer-lock";
import { readGuests } from "@/lib/booking-record/stored-visitor";
import { db, type Tx } from "@/lib/database/client";
import { note } from "@/lib/flight-recorder/flight-recorder";
import { addressKey } from "@/lib/input/addresses";
import { isId } from "@/lib/input/id";
import { eraseFromEventLater } from "@/lib/meetings/event-erasure";
import { err, ok, type Result } from "@/lib/result";
import { noTraces } from "@/lib/shield/traces";

export type EraseRefusal =
  | { code: "not_found" }
  /** It is still to come: its visitor has to be reachable. Cancel it first. */
  | { code: "still_held" };

interface Erasure {
  bookingId: string;
  /** The organizer who asks; another's booking is not found. */
  scope: OwnerScope;
  /** What replaces the name. */
  placeholder: string;
  now?: number;
}

/**
 * Erases a visitor's data of a booking that is over or does not take place, wherever it is kept (lib/booking/visitor-data.ts);
 * the links end. Time and event type stay, for counting. The event in Outlook follows. Erasing twice does no harm.
 */
export async function eraseVisitor(erasure: Erasure): Promise<Result<{ id: string }, EraseRefusal>> {
  const { bookingId, scope, placeholder, now = Date.now() } = erasure;
  if (!isId(bookingId)) return err("not_found");
  return db().$transaction(async (tx) => {
    await lockHostsOf(tx, bookingId);
    const booking = await tx.booking.findFirst({
      where: { id: bookingId, ...inHandsOf(scope) },
      select: {
        id: true,
        status: true,
        endsAt: true,
        erasedAt: true,
        meetingId: true,
        visitorEmail: true,
        guests: true,
        requestKey: true,
      },
    });
    if (!booking) return err("not_found");
    const isOff = booking.status === "cancelled" || booking.status === "declined";
    if (!isOff && booking.endsAt.getTime() > now) return err("still_held");
    if (booking.erasedAt) return ok({ id: booking.id });
    await tx.booking.update({
      where: { id: booking.id },
      data: {
        visitorName: placeholder,
        visitorEmail: "removed@invalid.example",
        visitorTimeZone: "UTC",
        visitorLocale: "en",
        guests: [],
        answers: {},
        utm: {},
        cancelReason: null,
        moveReason: null,
        handoverReason: null,
        privateNote: "",
        ...noRequest,
        // Without it the next import of the same file would bring them back.
        ...(isImport(booking.requestKey) ? { requestKey: booking.requestKey } : {}),
        ...noTraces,
        mailsDueAt: null,
        // No one has these: the old links stop working.
        tokenHash: hashCapability(newCapability()),
        joinTokenHash: new Uint8Array(randomBytes(32)),
        erasedAt: new Date(now),
      },
    });
    await tx.replacedLink.deleteMany({ where: { bookingId: booking.id } });
    await tx.addressCheck.deleteMany({ where: { bookingId: booking.id } });
    await tx.recipientTrace.deleteMany({ where: { bookingId: booking.id } });
    await tx.mail.deleteMany({ where: { bookingId: booking.id } });
    await tx.textMessage.deleteMany({ where: { bookingId: booking.id } });
    await tx.webhookDelivery.updateMany({ where: { bookingId: booking.id }, data: { bodySealed: null } });
    await tx.importUpload.deleteMany({ where: { userId: scope.ownerId } });
    await tx.idempotencyRecord.deleteMany({ where: { bookingId: booking.id } });
    await forgetInCalendar(tx, booking, now);
    await tx.bookingLink.updateMany({ where: { bookingId: booking.id }, data: { name: "" } });
    await note(tx, [booking.id], { step: "visitor_erased", outcome: "ok" });
    return ok({ id: booking.id });
  });
}

/**
 * Takes a visitor and their guests off the list of whom the calendar event has invited, and has the event forget them. One that is
 * to come and that others attend needs the list to let them go, and does so by itself.
 */
async function forgetInCalendar(
  tx: Tx,
  booking: { id: string; meetingId: string; visitorEmail: string; guests: unknown },
  now: number,
): Promise<void> {
  const meeting = await tx.meeting.findUniqueOrThrow({
    where: { id: booking.meetingId },
    select: {
      endsAt: true,
      calendarEventId: true,
      invitedEmails: true,
      invitingEmails: true,
      _count: { select: { bookings: { where: { status: "confirmed" } } } },
    },
  });
  const isOver = meeting.endsAt.getTime() <= now;
  if (!isOver && meeting._count.bookings > 0) return;
  const emails = [booking.visitorEmail, ...readGuests(booking.guests, booking.id)];
  if (meeting.calendarEventId !== null) {
    await eraseFromEventLater(tx, { bookingId: booking.id, meetingId: booking.meetingId, emails });
  }
  const gone = new Set(emails.map(addressKey));
  // Once it is over no one is invited any more, and the list is of no use.
  const staying = (listed: string[]) =>
    isOver ? [] : listed.filter((email) => !gone.has(addressKey(email)));
  await tx.meeting.update({
    where: { id: booking.meetingId },
    data: {
      invitedEmails: staying(meeting.invitedEmails),
      invitingEmails: staying(meeting.invitingEmails),
    },
  });
}
