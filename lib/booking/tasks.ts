import { takeAttendance } from "@/lib/booking/attendance";
import { lapseUnconfirmed } from "@/lib/booking/confirm";
import { expireRequests } from "@/lib/booking/expire";
import { handOverDue } from "@/lib/booking/handovers-due";
import { sweepHolds } from "@/lib/booking/holds";
import { forgetStrangers } from "@/lib/booking/retention";
import type { RepeatedTask } from "@/lib/jobs/runner";
import { sweepFailedLookups } from "@/lib/shield/failed-lookups";
import { sweepProofs } from "@/lib/shield/proof";
import { sweepRecipients } from "@/lib/shield/traces";

export const bookingTasks: RepeatedTask[] = [
  { name: "bookings.expire", everySeconds: 30, run: () => expireRequests() },
  { name: "bookings.lapse", everySeconds: 15, run: () => lapseUnconfirmed() },
  { name: "strangers.forget", everySeconds: 3600, run: () => forgetStrangers() },
  { name: "bookings.handOver", everySeconds: 60, run: handOverDue },
  { name: "attendance.take", everySeconds: 60, run: () => takeAttendance() },
  { name: "holds.sweep", everySeconds: 300, run: sweepHolds },
  { name: "proofs.sweep", everySeconds: 600, run: () => sweepProofs() },
  { name: "recipients.sweep", everySeconds: 300, run: () => sweepRecipients() },
  { name: "lookups.sweep", everySeconds: 3600, run: () => sweepFailedLookups() },
];
