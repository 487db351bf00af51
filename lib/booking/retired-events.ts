/**
 * Events of ours that must go: replaced by a new one, or owned by no meeting. They are written down before the new one is
 * made and crossed out when the calendar is proven not to show them, so that nobody is left with two.
 */
import { pauseSeconds } from "@/lib/booking/backoff";
import { note } from "@/lib/booking/flight-recorder";
import { eventRetire } from "@/lib/booking/jobs";
import { listKnownCalendars } from "@/lib/calendar-sync/known-calendars";
import { mailboxOf } from "@/lib/connections/mailbox";
import { db, type Tx } from "@/lib/database/client";
import type { RetiredEvent } from "@/lib/database/generated/client";
import { translator } from "@/lib/i18n/translator";
import { enqueue, hasWaitingJob } from "@/lib/jobs/queue";
import { type CallContext, ProviderError } from "@/lib/meetings/provider";
import { providerFor } from "@/lib/meetings/registry";

const callTimeoutMs = 8_000;

/** The event that takes its place is on its way by then. */
const afterMs = 15_000;

/** What only a person can mend is tried again after this long, in seconds. */
const slowSeconds = 3600;

/** How many events one sweep takes up. */
const portion = 200;

interface Owner {
  id: string;
  userId: string;
  invitations: string;
  calendarMailbox: string | null;
}

interface Replaced {
  eventId: string;
  iCalUId: string | null;
  startsAt: Date;
  endsAt: Date;
}

/** Has an event of a meeting taken out of the calendar, for as long as that takes. Doing it twice does no harm. */
export async function retireLater(
  tx: Tx,
  { id: meetingId, userId, invitations, calendarMailbox: mailbox }: Owner,
  { eventId, iCalUId, startsAt, endsAt }: Replaced,
): Promise<void> {
  const dueAt = new Date(Date.now() + afterMs);
  const { id } = await tx.retiredEvent.upsert({
    where: { meetingId_eventId: { meetingId, eventId } },
    create: {
      userId,
      meetingId,
      mailbox,
      eventId,
      iCalUId,
      startsAt,
      endsAt,
      hasAttendees: invitations === "outlook",
      dueAt,
    },
    update: {},
    select: { id: true },
  });
  await enqueue(tx, eventRetire, { retiredId: id }, { startAt: dueAt });
}

/** The handler of `event.retire`. */
export async function retireEvent({ retiredId }: { retiredId: string }): Promise<void> {
  const retired = await db().retiredEvent.findUnique({
    where: { id: retiredId },
    include: {
      meeting: { select: { calendarEventId: true } },
      user: { select: { connections: { select: { tenantId: true, accountId: true } } } },
    },
  });
  if (!retired || retired.endsAt.getTime() <= Date.now()) return;
  const [connection] = retired.user.connections;
  if (retired.meeting.calendarEventId === retired.eventId) return crossOut(retired, false);
  if (retired.mailbox && connection && mailboxOf(connection) !== retired.mailbox) {
    return comeBack(retired, "other_mailbox", slowSeconds);
  }
  try {
    const wasThere = await takeOut(retired, retired.meeting.calendarEventId);
    await crossOut(retired, wasThere);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const { retryAfterSeconds } = error.details;
    const seconds = error.retryable ? pauseSeconds(retired.attempts + 1, retryAfterSeconds) : slowSeconds;
    await comeBack(retired, error.code, seconds);
  }
}

/** False: the calendars don't show it. What they don't show is left alone: it may lie among the deleted items. */
async function takeOut(retired: RetiredEvent, currentId: string | null): Promise<boolean> {
  const { userId, eventId, iCalUId, hasAttendees } = retired;
  const provider = providerFor("teams");
  const context: CallContext = { userId, priority: "sync", timeoutMs: callTimeoutMs };
  const { startsAt, endsAt } = (await provider.readEvent(context, eventId)) ?? retired;
  const calendars = await listKnownCalendars(userId);
  const others = currentId ? [currentId] : [];
  const where = { eventId, iCalUId, startsAt, endsAt, calendars, others };
  const found = await provider.findLost(context, { ...where, meetingId: null });
  if (!found) return false;
  const comment = translator("booking")("replacedInCalendar");
  const outcome = await provider.removeEvent(context, found.eventId, { comment, hasAttendees });
  if (outcome === "removed") return true;
  throw new ProviderError("unavailable", "An event that is shown was not found when it was removed.");
}

async function crossOut({ id, meetingId }: RetiredEvent, wasThere: boolean): Promise<void> {
  await db().$transaction(async (tx) => {
    const { count } = await tx.retiredEvent.deleteMany({ where: { id } });
    if (count === 0 || !wasThere) return;
    const bookings = await tx.booking.findMany({ where: { meetingId }, select: { id: true } });
    const ids = bookings.map((booking) => booking.id);
    await note(tx, ids, { step: "event_retired", outcome: "ok" });
  });
}

async function comeBack({ id: retiredId }: RetiredEvent, problem: string, seconds: number): Promise<void> {
  const dueAt = new Date(Date.now() + seconds * 1000);
  await db().$transaction(async (tx) => {
    const { count } = await tx.retiredEvent.updateMany({
      where: { id: retiredId },
      data: { problem, dueAt, attempts: { increment: 1 } },
    });
    if (count > 0) await enqueue(tx, eventRetire, { retiredId }, { startAt: dueAt });
  });
}

/** Takes up events whose job was lost, and forgets those whose time is over. */
export async function sweepRetired(): Promise<void> {
  const now = new Date();
  await db().retiredEvent.deleteMany({ where: { endsAt: { lte: now } } });
  const due = await db().retiredEvent.findMany({
    where: { dueAt: { lt: new Date(now.getTime() - 60_000) } },
    select: { id: true },
    orderBy: { dueAt: "asc" },
    take: portion,
  });
  for (const { id: retiredId } of due) {
    if (await hasWaitingJob(eventRetire, { retiredId })) continue;
    await db().$transaction((tx) => enqueue(tx, eventRetire, { retiredId }));
  }
}
