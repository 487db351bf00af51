import { db } from "@/lib/database/client";
import { countOf, daysBefore, type RetentionRule } from "@/lib/database/retention-rule";
import type { RepeatedTask } from "@/lib/jobs/runner";

/** More than insights look back (lib/insights/period.ts), in days. */
const keptDays = 400;

const oldDays = (now: Date) => ({ where: { day: { lt: daysBefore(now, keptDays) } } });

/** How far visitors of booking pages got, by day. */
export const funnelRetention: RetentionRule = {
  kind: "booking_page_steps",
  days: keptDays,
  count: (now) => db().funnelCount.count(oldDays(now)),
  remove: (now) => countOf(db().funnelCount.deleteMany(oldDays(now))),
};

export const insightsTasks: RepeatedTask[] = [
  {
    name: "funnel.forget",
    everySeconds: 24 * 3600,
    async run() {
      await funnelRetention.remove(new Date());
    },
  },
];
