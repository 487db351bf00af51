import type { CalendarPort } from "@/lib/meetings/calendar-port";
import { teamsCalendar } from "@/lib/meetings/teams/calendar";

/** The vendors that keep calendars. */
export type CalendarProvider = "teams";

const calendars: Record<CalendarProvider, CalendarPort> = { teams: teamsCalendar };

/** The calendars of a vendor. */
export function calendarPort(name: CalendarProvider): CalendarPort {
  return calendars[name];
}
