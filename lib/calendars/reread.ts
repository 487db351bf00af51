import { requestSync } from "@/lib/calendars/jobs";
import type { Tx } from "@/lib/database/client";
import { enqueue } from "@/lib/jobs/queue";
import { meetingCompare } from "@/lib/meetings/jobs";

/**
 * After connecting or reconnecting, all calendars are read immediately. Those of another account than before are forgotten;
 * `accountId` is the account it leads to now.
 */
export async function rereadCalendars(
  tx: Tx,
  { connectionId, accountId }: { connectionId: string; accountId: string },
): Promise<void> {
  const known = await tx.calendarSync.findUnique({ where: { connectionId }, select: { accountId: true } });
  const isOther = known !== null && known.accountId !== null && known.accountId !== accountId;
  if (isOther) await tx.syncedCalendar.deleteMany({ where: { connectionId } });
  const fresh = { accountId, problem: null, nextListAt: new Date() };
  await tx.calendarSync.upsert({
    where: { connectionId },
    create: { connectionId, ...fresh },
    update: { ...fresh, ...(isOther ? { calendarsReadAt: null } : {}) },
  });
  await tx.syncedCalendar.updateMany({
    where: { connectionId, nextPollAt: { not: null } },
    data: { nextPollAt: new Date(), problem: null, attempts: 0 },
  });
  const forgotten = isOther ? { startsAt: null, endsAt: null, readAt: null } : {};
  await tx.automaticReplies.updateMany({
    where: { connectionId },
    data: { nextReadAt: new Date(), ...forgotten },
  });
  await requestSync(tx, connectionId);
  if (known !== null && !isOther) await lookAtMeetings(tx, connectionId);
}

/** How many are checked right away; the sweep gets to the others. */
const maxMeetings = 50;

/** Finds out what happened to a connection's events while they couldn't be read, the next ones first. */
async function lookAtMeetings(tx: Tx, connectionId: string): Promise<void> {
  const meetings = await tx.meeting.findMany({
    where: {
      connectionId,
      calendarEventId: { not: null },
      startsAt: { gt: new Date() },
    },
    select: { id: true },
    orderBy: { startsAt: "asc" },
    take: maxMeetings,
  });
  for (const { id } of meetings) await enqueue(tx, meetingCompare, { meetingId: id, isRemoved: true });
}
