/** A process of its own that asks one calendar many things concurrently: `tsx slots-process.ts <userId> <priority> <count>`. */
import { closeDatabase } from "@/lib/database/client";
import { calendarPort } from "@/lib/meetings/registry-calendar";

const [, , userId = "", priority = "", count = ""] = process.argv;
const context = { userId, priority: priority === "visitor" ? "visitor" : "sync", timeoutMs: 60_000 } as const;
const asked = Array.from({ length: Number(count) }, () =>
  calendarPort("teams").listBusy(context, new Date(0), new Date(3600_000)),
);
await Promise.all(asked);
await closeDatabase();
