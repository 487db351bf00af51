import { db, type Tx } from "@/lib/database/client";
import { enqueue } from "@/lib/jobs/queue";
import { meetingCompare } from "@/lib/meetings/jobs";
import { calendarOwner } from "@/lib/meetings/meeting-mailbox";

/** What the calendar's owner did to an event that Bellhop had written. */
export interface EventChange {
  connectionId: string;
  /** Whose calendar it is. */
  userId: string;
  /** Immutable id; a meeting has it as `calendarEventId`. */
  eventId: string;
  /** `removed`: it is not in the calendar any more, or no longer within the time that is kept in step. */
  kind: "updated" | "removed";
}

/**
 * Takes note of changes to events of ours that a round of sync or a notification brought, before either is written down: a
 * crash in between brings the same changes again. Says what may have changed, not what did: the event itself is read by job.
 * Events that are no meeting's are left alone.
 */
export async function noticeOwnEvents(changes: EventChange[], tx?: Tx): Promise<void> {
  if (changes.length === 0) return;
  if (!tx) return db().$transaction((own) => noticeOwnEvents(changes, own));
  const removed = changes.filter(({ kind }) => kind === "removed").map(({ eventId }) => eventId);
  // A comparison that has not begun sees the newest state anyway; one that no one took up within a minute is made again.
  const wanted = await tx.$queryRaw<{ id: string; eventId: string }[]>`
    UPDATE "Meeting" m SET "compareWantedAt" = now()
    FROM (SELECT DISTINCT * FROM unnest(
      ${changes.map(({ userId }) => userId)}::uuid[], ${changes.map(({ eventId }) => eventId)}::text[]
    ) AS t("userId", "eventId")) c
    WHERE m."calendarEventId" = c."eventId" AND ${calendarOwner} = c."userId" AND m."endsAt" > now()
      AND (m."compareWantedAt" IS NULL OR m."compareWantedAt" < now() - interval '1 minute'
        OR m."calendarEventId" = ANY(${removed}::text[]))
    RETURNING m.id::text, m."calendarEventId" AS "eventId"`;
  for (const { id, eventId } of wanted) {
    await enqueue(tx, meetingCompare, { meetingId: id, isRemoved: removed.includes(eventId) });
  }
}
