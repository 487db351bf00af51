/** What waited for Microsoft, or for this server's own credentials, goes on as soon as they work again. */
import { db, type Tx } from "@/lib/database/client";
import { enqueue } from "@/lib/jobs/queue";
import { meetingsHeal } from "@/lib/meetings/jobs";
import { calendarOwner } from "@/lib/meetings/meeting-mailbox";

/** Why things wait that no one but time or the operator can help. */
export type Waits = "misconfigured" | "unavailable";

/** Takes up all meetings and calendars that wait because of this problem, the next appointment's organizer first. */
export async function takeUpWaiting(tx: Tx, problem: Waits): Promise<void> {
  const waiting = await tx.meeting.groupBy({
    by: ["hostId"],
    where: { problem, endsAt: { gt: new Date() } },
    orderBy: { _min: { startsAt: "asc" } },
  });
  for (const [rank, { hostId }] of waiting.entries()) {
    await enqueue(tx, meetingsHeal, { userId: hostId }, { priority: -rank });
  }
  await takeUpCalendars(tx, problem);
}

/** Has the calendars, lists and subscriptions that waited because of this problem read or created immediately. */
async function takeUpCalendars(tx: Tx, problem: string): Promise<void> {
  const now = new Date();
  await tx.syncedCalendar.updateMany({
    where: { problem, nextPollAt: { gt: now } },
    data: { nextPollAt: now },
  });
  await tx.calendarSync.updateMany({
    where: { problem, nextListAt: { gt: now } },
    data: { nextListAt: now },
  });
  await tx.calendarSubscription.updateMany({ where: { problem, dueAt: { gt: now } }, data: { dueAt: now } });
}

/** One organizer, another each time, who waits for the operator and whose connection works; null: no one. */
export async function findMisconfigured(): Promise<{ userId: string; tokenVersion: number } | null> {
  const [found] = await db().$queryRaw<{ userId: string; tokenVersion: number }[]>`
    SELECT c."userId"::text, c."tokenVersion" FROM "MeetingProviderConnection" c
    WHERE c.provider = 'teams' AND c.state <> 'reconnect_needed' AND c."userId" IN (
      SELECT ${calendarOwner} FROM "Meeting" m WHERE m.problem = 'misconfigured' AND m."endsAt" > now()
      UNION
      SELECT o."userId" FROM "SyncedCalendar" k JOIN "MeetingProviderConnection" o ON o.id = k."connectionId"
      WHERE k.problem = 'misconfigured')
    ORDER BY random() LIMIT 1`;
  return found ?? null;
}
