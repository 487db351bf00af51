/**
 * Reads calendars whose time has come even without a notification. Several lanes work side by side, each on one calendar at
 * a time; calendars that failed last time have a lane of their own, so that they keep no other waiting.
 */
import { refreshCalendars } from "@/lib/calendars/calendars";
import { notifyClosed } from "@/lib/calendars/notify-closed";
import { syncCalendar } from "@/lib/calendars/sync-calendar";
import { log } from "@/lib/config/log";
import { run } from "@/lib/database/direct";
import type { RepeatedTask } from "@/lib/jobs/runner";
import { letVisitorsGoFirst } from "@/lib/jobs/visitors-first";

/** Calendars that one worker reads at the same time. */
const lanes = 6;

/** How long a lane that found nothing waits before it looks again. */
const pauseSeconds = 2;

// Anyone who takes a calendar and dies leaves it due again in two minutes.
const takeDue = `
  UPDATE "SyncedCalendar" SET "nextPollAt" = now() + interval '2 minutes'
  WHERE id = (
    SELECT id FROM "SyncedCalendar" WHERE "nextPollAt" <= now() AND (attempts > 0) = $1
    ORDER BY "nextPollAt" LIMIT 1 FOR UPDATE SKIP LOCKED)
  RETURNING id`;

const takeDueList = `
  UPDATE "CalendarSync" s SET "nextListAt" = now() + interval '10 minutes'
  FROM "MeetingProviderConnection" c
  WHERE c.id = s."connectionId" AND s."connectionId" = (
    SELECT "connectionId" FROM "CalendarSync" WHERE "nextListAt" <= now()
    ORDER BY "nextListAt" LIMIT 1 FOR UPDATE SKIP LOCKED)
  RETURNING c.id, c."userId"`;

/** Reads calendars that are due, one after the other, until none is. */
async function pollCalendars(hasFailed: boolean): Promise<void> {
  for (;;) {
    const [due] = await run<{ id: string }>(takeDue, [hasFailed]);
    if (!due) return;
    await letVisitorsGoFirst();
    await unlessBroken(() => syncCalendar(due.id));
  }
}

/** Reads the lists of calendars that are due. */
async function pollLists(): Promise<void> {
  for (;;) {
    const [due] = await run<{ id: string; userId: string }>(takeDueList, []);
    if (!due) return;
    await letVisitorsGoFirst();
    await unlessBroken(() => refreshCalendars(due));
  }
}

/** An internal error with one calendar doesn't stop the others. */
async function unlessBroken(read: () => Promise<unknown>): Promise<void> {
  try {
    await read();
  } catch (error) {
    log().error({ error }, "A calendar could not be read");
  }
}

const lane = (name: string, read: () => Promise<void>): RepeatedTask => ({
  name: `calendars.${name}`,
  everySeconds: pauseSeconds,
  run: read,
});

export const calendarTasks: RepeatedTask[] = [
  ...Array.from({ length: lanes }, (_, index) => lane(`poll-${index + 1}`, () => pollCalendars(false))),
  lane("poll-failed", () => pollCalendars(true)),
  lane("lists", pollLists),
  { name: "calendars.tell-closed", everySeconds: 60, run: notifyClosed },
];
