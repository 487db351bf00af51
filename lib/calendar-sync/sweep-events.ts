import { db } from "@/lib/database/client";
import { enqueue } from "@/lib/jobs/queue";
import { meetingCompare } from "@/lib/meetings/jobs";
import { calendarOwner } from "@/lib/meetings/meeting-mailbox";

/** How many events one sweep checks, in total and per organizer, so that a full calendar doesn't delay others. */
const batchSize = 100;
const perOrganizer = 10;

/** A meeting created a moment ago was just read back. */
const restMinutes = 15;

/** A copy of the calendar no older than this is trusted for its events. */
const freshMinutes = 10;

/**
 * Has the events of upcoming meetings looked at though no one said that they changed: each at least once a day, and more often as
 * its time comes near, a quarter of the time that is left. Where changes are being followed anyway, once a day is enough. The
 * same look finds other events with the mark of a meeting, also of one that no one attends any more.
 */
export async function sweepEvents(): Promise<void> {
  await db().$transaction(async (tx) => {
    const due = await tx.$queryRaw<{ id: string }[]>`
      WITH candidates AS (
        SELECT m.id, row_number() OVER (PARTITION BY m."hostId" ORDER BY m."compareDueAt") AS place
        FROM "Meeting" m
        WHERE m."compareDueAt" <= now() AND m."startsAt" > now()
          AND m."createdAt" < now() - make_interval(mins => ${restMinutes})
          AND (EXISTS (SELECT 1 FROM "MeetingProviderConnection" c
                       WHERE c."userId" = ${calendarOwner} AND c.provider = 'teams' AND c.state <> 'reconnect_needed'
                         AND m."calendarMailbox" = c."tenantId" || '/' || c."accountId")
            OR EXISTS (SELECT 1 FROM "FormerMailbox" f
                       WHERE f."userId" = ${calendarOwner} AND f."refreshToken" IS NOT NULL AND f.state <> 'reconnect_needed'
                         AND m."calendarMailbox" = f."tenantId" || '/' || f."accountId"))
          AND (m."calendarEventId" IS NOT NULL AND EXISTS (
                 SELECT 1 FROM "Booking" b WHERE b."meetingId" = m.id AND b.status = 'confirmed')
               OR m."calendarEventId" IS NULL AND m."calendarMailbox" IS NOT NULL AND NOT EXISTS (
                 SELECT 1 FROM "Booking" b WHERE b."meetingId" = m.id AND b.status IN ('confirmed', 'pending')))
        ORDER BY m."compareDueAt" LIMIT ${batchSize * 10}
      ), taken AS (
        SELECT m.id, m."startsAt", EXISTS (
          SELECT 1 FROM "SyncedCalendar" s JOIN "MeetingProviderConnection" c ON c.id = s."connectionId"
          WHERE c.id = m."connectionId" AND m."calendarMailbox" = c."tenantId" || '/' || c."accountId"
            AND CASE WHEN m."sharedCalendar" IS NULL THEN s."isDefault" ELSE s."calendarId" = m."sharedCalendar" END
            AND s.problem IS NULL
            AND s."syncedAt" > now() - make_interval(mins => ${freshMinutes})
            AND s."windowStart" <= m."startsAt" AND s."windowEnd" >= m."endsAt") AS "isFollowed"
        FROM "Meeting" m WHERE m.id IN (SELECT id FROM candidates WHERE place <= ${perOrganizer})
        ORDER BY m."compareDueAt" LIMIT ${batchSize} FOR UPDATE OF m SKIP LOCKED
      )
      UPDATE "Meeting" m SET "compareDueAt" = now() + CASE WHEN t."isFollowed" THEN interval '1 day'
        ELSE greatest(interval '15 minutes', least(interval '1 day', (t."startsAt" - now()) / 4)) END
      FROM taken t WHERE m.id = t.id RETURNING m.id::text`;
    // A sweep does not trust what a deleted event may go on answering.
    for (const { id } of due)
      await enqueue(tx, meetingCompare, { meetingId: id, isRemoved: true, isSwept: true });
  });
}
