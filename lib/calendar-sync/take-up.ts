import type { Tx } from "@/lib/database/client";

/** Has calendars read, lists looked at and subscriptions made at once that waited because of this problem. */
export async function takeUpCalendars(tx: Tx, problem: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE "SyncedCalendar" SET "nextPollAt" = now() WHERE problem = ${problem} AND "nextPollAt" > now()`;
  await tx.$executeRaw`
    UPDATE "CalendarSync" SET "nextListAt" = now() WHERE problem = ${problem} AND "nextListAt" > now()`;
  await tx.$executeRaw`
    UPDATE "CalendarSubscription" SET "dueAt" = now() WHERE problem = ${problem} AND "dueAt" > now()`;
}
