import { calendarSync } from "@/lib/calendars/jobs";
import { syncConnection } from "@/lib/calendars/sync-connection";
import { handle, type JobHandler } from "@/lib/jobs/runner";

export const calendarHandlers: JobHandler[] = [handle(calendarSync, syncConnection)];
