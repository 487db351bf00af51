import { db } from "@/lib/database/client";
import type { CalendarChoice } from "@/lib/meetings/calendar-reader";

/** All calendars of an organizer's account, its own first: an event of theirs is in one of them or in none. */
export async function listKnownCalendars(userId: string): Promise<CalendarChoice[]> {
  const others = await db().syncedCalendar.findMany({
    where: { connection: { userId, provider: "teams" }, isDefault: false },
    select: { calendarId: true },
    orderBy: { isTarget: "desc" },
  });
  return [
    { calendarId: "", isDefault: true },
    ...others.map(({ calendarId }) => ({ calendarId, isDefault: false })),
  ];
}
