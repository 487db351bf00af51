import { log } from "@/lib/config/log";
import { db } from "@/lib/database/client";
import { Prisma } from "@/lib/database/generated/client";
import type { RepeatedTask } from "@/lib/jobs/runner";
import { closedDatesOf } from "@/lib/schedules/holidays";
import { readHolidays } from "@/lib/schedules/stored";

/** Works out the holidays of the year that has come into reach, for schedules that close on holidays. */
export async function renewHolidays(now = Date.now()): Promise<void> {
  const due = await db().schedule.findMany({
    where: {
      holidays: { not: Prisma.AnyNull },
      closedThrough: { lt: new Date(now).getUTCFullYear() + 10 },
    },
    select: { id: true, holidays: true, updatedAt: true },
    take: 500,
  });
  for (const { id, holidays, updatedAt } of due) {
    const closed = await closedDatesOf(readHolidays(holidays, id), now);
    if (!closed.ok) {
      log().warn({ scheduleId: id }, "The holidays of a schedule are not known any more");
      continue;
    }
    // What was chosen again meanwhile is right already.
    await db().schedule.updateMany({ where: { id, updatedAt }, data: { ...closed.value, updatedAt } });
  }
}

export const scheduleTasks: RepeatedTask[] = [
  { name: "schedules.holidays", everySeconds: 6 * 3600, run: () => renewHolidays() },
];
