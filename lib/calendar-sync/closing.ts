import type { CalendarOverview } from "@/lib/calendar-sync/choices";
import { staleAfterMs } from "@/lib/calendar-sync/pace";
import { env } from "@/lib/config/env";

export interface Closing {
  /** The calendar that keeps all times closed. */
  name: string;
  readAt: Date | null;
  problem: string | null;
}

/**
 * The calendar because of which an organizer's times are closed at `now` (epoch milliseconds): it was not read for longer than
 * they allow, and the last try failed. Null while all is well, and while a first reading is on its way.
 */
export function findClosing(
  { calendars, staleAfterMinutes }: Pick<CalendarOverview, "calendars" | "staleAfterMinutes">,
  now: number,
): Closing | null {
  const oldest = now - staleAfterMs(staleAfterMinutes, env().SYNC_POLL_SECONDS);
  const late = calendars.find(
    ({ blocks, syncedAt, problem }) =>
      blocks && problem !== null && (syncedAt === null || syncedAt.getTime() < oldest),
  );
  return late ? { name: late.name, readAt: late.syncedAt, problem: late.problem } : null;
}
