import type { OwnerScope } from "@/lib/auth/owner-scope";
import { endedBy } from "@/lib/calendars/busy";
import { type CalendarOverview, getCalendarChoices } from "@/lib/calendars/choices";
import { staleAfterMs } from "@/lib/calendars/pace";
import { env } from "@/lib/config/env";

export interface Closing {
  /** The calendar that keeps all times closed; null if the calendars aren't known yet. */
  name: string | null;
  readAt: Date | null;
  problem: string | null;
  /** It belongs to someone else. */
  isShared?: boolean;
}

/**
 * The calendar because of which an organizer's times are closed at `now` (epoch milliseconds): it was not read for longer than
 * they allow, and the last try failed. Null while all is well, and while a first reading is on its way.
 */
export function findClosing(
  overview: Pick<
    CalendarOverview,
    "calendars" | "staleAfterMinutes" | "isListed" | "listProblem" | "isEnded"
  >,
  now: number,
): Closing | null {
  const { calendars, staleAfterMinutes, isListed, listProblem, isEnded } = overview;
  if (isEnded) return null;
  if (!isListed) return listProblem ? { name: null, readAt: null, problem: listProblem } : null;
  const oldest = now - staleAfterMs(staleAfterMinutes, env().SYNC_POLL_SECONDS);
  const late = calendars.find(
    ({ blocks, syncedAt, problem }) =>
      blocks &&
      problem !== null &&
      !endedBy.has(problem) &&
      (syncedAt === null || syncedAt.getTime() < oldest),
  );
  if (!late) return null;
  const isShared = late.ownerAddress !== null;
  return { name: late.name, readAt: late.syncedAt, problem: late.problem, ...(isShared ? { isShared } : {}) };
}

/** Like `findClosing`, for an organizer. */
export async function getClosing(scope: OwnerScope, now: number): Promise<Closing | null> {
  const overview = await getCalendarChoices(scope);
  return overview && findClosing(overview, now);
}
