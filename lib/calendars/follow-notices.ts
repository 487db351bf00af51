/** Follows up on Microsoft's notifications about a mailbox: reads it again, checks our events, repairs the subscription. */
import { type EventChange, noticeOwnEvents } from "@/lib/calendars/changes";
import { requestSync } from "@/lib/calendars/jobs";
import { db, type Tx } from "@/lib/database/client";
import { enqueue } from "@/lib/jobs/queue";
import { subscriptionKeep } from "@/lib/meetings/jobs";

interface Word {
  kind: string;
  eventId: string;
}

/** How many connections one sweep takes up. */
const batchSize = 200;

/** Longer than the job for a notification takes to run. */
const lostAfterMs = 10_000;

/** The handler of `calendar.notices`. Many notifications about a mailbox lead to one check. */
export async function followNotices({ connectionId }: { connectionId: string }): Promise<void> {
  await db().$transaction(async (tx) => {
    const words = await tx.$queryRaw<Word[]>`
      DELETE FROM "CalendarNotice" WHERE "connectionId" = ${connectionId}::uuid RETURNING kind, "eventId"`;
    if (words.length === 0) return;
    const has = (kind: string) => words.some((word) => word.kind === kind);
    if (has("removed")) {
      await forgetSubscription(tx, connectionId);
      await enqueue(tx, subscriptionKeep, { connectionId });
    } else if (has("reauthorize")) {
      // Renewing gives the subscription a fresh token as well: reauthorizing on top of it would be one call too many.
      await enqueue(tx, subscriptionKeep, { connectionId, renew: true });
    }
    if (words.some(({ kind }) => kind !== "reauthorize")) await requestSync(tx, connectionId);
    await noticeChanged(tx, connectionId, words);
  });
}

async function forgetSubscription(tx: Tx, connectionId: string): Promise<void> {
  await tx.calendarSubscription.updateMany({
    where: { connectionId },
    data: { subscriptionId: null, secretHash: null, expiresAt: null, dueAt: new Date() },
  });
}

/** The events are already known, so ours don't have to wait until the whole calendar is read. */
async function noticeChanged(tx: Tx, connectionId: string, words: Word[]): Promise<void> {
  const connection = await tx.meetingProviderConnection.findUnique({
    where: { id: connectionId },
    select: { userId: true },
  });
  if (!connection) return;
  const { userId } = connection;
  const changes = words.flatMap(({ kind, eventId }): EventChange[] => {
    if (!eventId) return [];
    return [{ connectionId, userId, eventId, kind: kind === "deleted" ? "removed" : "updated" }];
  });
  if (changes.length > 0) await noticeOwnEvents(changes, tx);
}

/** Handles notifications whose job was never created or was lost. */
export async function sweepNotices(): Promise<void> {
  const left = await db().calendarNotice.groupBy({
    by: ["connectionId"],
    having: { receivedAt: { _min: { lt: new Date(Date.now() - lostAfterMs) } } },
    orderBy: { connectionId: "asc" },
    take: batchSize,
  });
  for (const { connectionId } of left) await followNotices({ connectionId });
}
