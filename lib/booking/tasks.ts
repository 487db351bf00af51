import { expireRequests } from "@/lib/booking/expire";
import { sweepHolds } from "@/lib/booking/holds";
import type { RepeatedTask } from "@/lib/jobs/runner";

export const bookingTasks: RepeatedTask[] = [
  { name: "bookings.expire", everySeconds: 30, run: () => expireRequests() },
  { name: "holds.sweep", everySeconds: 300, run: sweepHolds },
];
