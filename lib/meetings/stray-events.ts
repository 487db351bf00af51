/**
 * Live events that carry the mark of one of our meetings and are not its event: left behind by an answer that was lost, or by a
 * calendar that did not show them for a while. Only a mark of a meeting that we know counts; whatever else is in the calendar,
 * such as events of another Bellhop, is never touched.
 */

import { db, type Tx } from "@/lib/database/client";
import type { PrismaClient } from "@/lib/database/generated/client";
import { lockRow } from "@/lib/database/lock-row";
import { mailboxOf } from "@/lib/grants/mailbox";
import type { CalendarEvent } from "@/lib/meetings/calendar-port";
import { listKnownCalendars } from "@/lib/meetings/known-calendars";
import { eventPlaceOf } from "@/lib/meetings/meeting-mailbox";
import type { CallContext } from "@/lib/meetings/provider";
import { calendarPort } from "@/lib/meetings/registry-calendar";
import { retireLater } from "@/lib/meetings/retired-events";

const callTimeoutMs = 8_000;

/** Looks for stray events of a meeting, one call for each calendar of its organizer. Throws `ProviderError`. */
export async function retireStrays(meetingId: string, now = Date.now()): Promise<void> {
  const before = await read(db(), meetingId);
  if (!before || !isSettled(before, now)) return;
  const context: CallContext = {
    ...eventPlaceOf(before),
    priority: "sync",
    timeoutMs: callTimeoutMs,
  };
  const provider = calendarPort("teams");
  const marked: CalendarEvent[] = [];
  for (const { calendarId, isDefault } of await listKnownCalendars(
    context.userId,
    before.calendarMailbox,
    before.sharedCalendar,
  )) {
    marked.push(...(await provider.listMarked(context, meetingId, isDefault ? null : calendarId)));
  }
  const strays = marked.filter((event) => isStray(before, event, now));
  if (strays.length === 0) return;
  await db().$transaction(async (tx) => {
    await lockRow(tx, "Meeting", { id: meetingId });
    const meeting = await read(tx, meetingId);
    if (!meeting || !isSettled(meeting, now)) return;
    for (const event of strays) if (isStray(meeting, event, now)) await retireLater(tx, meeting, event);
  });
}

function read(client: Tx | PrismaClient, id: string) {
  return client.meeting.findUnique({
    where: { id },
    select: {
      id: true,
      hostId: true,
      calendarOwnerId: true,
      invitations: true,
      calendarEventId: true,
      calendarMailbox: true,
      sharedCalendar: true,
      iCalUId: true,
      endsAt: true,
      leaseUntil: true,
      connection: { select: { userId: true, tenantId: true, accountId: true } },
      _count: { select: { bookings: { where: { status: "confirmed" } } } },
    },
  });
}

type Owner = NonNullable<Awaited<ReturnType<typeof read>>>;

/** Which event is the meeting's own is certain: it has one, or no one attends it; no worker is at it, and its mailbox is at hand. */
function isSettled({ leaseUntil, endsAt, calendarEventId, ...meeting }: Owner, now: number): boolean {
  const { connection } = meeting;
  const isInReach = connection !== null && meeting.calendarMailbox === mailboxOf(connection);
  const isLeased = leaseUntil !== null && leaseUntil.getTime() > now;
  const isCertain = calendarEventId !== null || meeting._count.bookings === 0;
  return isInReach && !isLeased && isCertain && endsAt.getTime() > now;
}

/** The same event may be shown under another id. */
function isStray({ calendarEventId, iCalUId }: Owner, event: CalendarEvent, now: number): boolean {
  if (event.isCancelled || event.endsAt.getTime() <= now) return false;
  if (calendarEventId === null) return true;
  return event.eventId !== calendarEventId && (iCalUId === null || event.iCalUId !== iCalUId);
}
