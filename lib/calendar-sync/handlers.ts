import { calendarSync } from "@/lib/calendar-sync/jobs";
import { syncConnection } from "@/lib/calendar-sync/sync-connection";
import { handle, type JobHandler } from "@/lib/jobs/runner";

export const calendarHandlers: JobHandler[] = [handle(calendarSync, syncConnection)];
