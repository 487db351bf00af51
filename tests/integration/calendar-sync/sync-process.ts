/** A process of its own that reads one calendar: `tsx sync-process.ts <SyncedCalendar id>`. */
import { syncCalendar } from "@/lib/calendar-sync/sync-calendar";
import { closeCallSlots } from "@/lib/connections/call-slots";
import { closeDatabase } from "@/lib/database/client";

process.stdout.write(`${await syncCalendar(process.argv[2] ?? "")}\n`);
await closeCallSlots();
await closeDatabase();
