/** A process of its own that reads one calendar: `tsx sync-process.ts <SyncedCalendar id>`. */
import { syncCalendar } from "@/lib/calendars/sync-calendar";
import { closeDatabase } from "@/lib/database/client";
import { closeCallSlots } from "@/lib/grants/call-slots";

process.stdout.write(`${await syncCalendar(process.argv[2] ?? "")}\n`);
await closeCallSlots();
await closeDatabase();
