import { db } from "@/lib/database/client";

/** The handler of `calendar.sync`. */
export async function syncConnection({ connectionId }: { connectionId: string }): Promise<void> {
  // Asked for again from here on, it is done again.
  await db().calendarSync.updateMany({ where: { connectionId }, data: { wantedAt: null } });
}
