/** A schedule out of the work hours that an organizer keeps in Outlook. */
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { db } from "@/lib/database/client";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { ProviderError } from "@/lib/meetings/provider";
import { calendarPort } from "@/lib/meetings/registry-calendar";
import type { WorkTime } from "@/lib/meetings/work-hours-reader";
import { err, type Result } from "@/lib/result";
import { getOwnTimeZone } from "@/lib/schedules/queries";
import { createSchedule } from "@/lib/schedules/save";
import type { Schedule } from "@/lib/schedules/schema";
import { workWeekOf } from "@/lib/schedules/work-week";
import { DAY_MS } from "@/lib/slot-engine/calendar-date";

/** Enough that a leave or a course doesn't pass for a habit. */
const daysRead = 8 * 7;

const callTimeoutMs = 8_000;

/** Whether the organizer has work hours in Outlook that can be read: with an account of an organization that they connected themselves. */
export async function hasOutlookHours({ ownerId }: OwnerScope): Promise<boolean> {
  const usable = {
    provider: "teams",
    accountKind: "work",
    managed: false,
    state: { not: "reconnect_needed" },
  } as const;
  return (await db().meetingProviderConnection.count({ where: { userId: ownerId, ...usable } })) > 0;
}

/**
 * Adds a schedule with the hours of the organizer's next weeks in Outlook, or finds the one that the request of this key has added.
 * `no_hours`: Outlook keeps none for them, or no weekday has the same twice. `unavailable`: Outlook can't be asked now.
 */
export async function addOutlookHours(
  scope: OwnerScope,
  locale: Locale,
  requestKey: string,
): Promise<Result<Schedule, { code: "no_hours" | "unavailable" }>> {
  const times = await readTimes(scope.ownerId);
  if (times === null) return err("unavailable");
  const timeZone = times.find((time) => time.timeZone !== null)?.timeZone ?? (await getOwnTimeZone(scope));
  const weekly = workWeekOf(times, timeZone);
  if (weekly.length === 0) return err("no_hours");
  const name = translator("availability", locale)("outlook.name");
  const added = await createSchedule(
    scope,
    { name, timeZone, weekly, overrides: [], travel: [], holidays: null },
    requestKey,
  );
  return added.ok ? added : err("no_hours");
}

/** `[]`: there are none. Null: Outlook doesn't say now. */
async function readTimes(userId: string): Promise<WorkTime[] | null> {
  const from = new Date();
  const to = new Date(from.getTime() + daysRead * DAY_MS);
  try {
    const context = { userId, priority: "visitor", timeoutMs: callTimeoutMs } as const;
    return await calendarPort("teams").readWorkTimes(context, from, to);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return error.isNotOffered ? [] : null;
  }
}
