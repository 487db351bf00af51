import { defineJob } from "@/lib/jobs/queue";

/** Brings the calendar event of one meeting in line with its bookings. */
export const meetingSync = defineJob<{ meetingId: string }>("meeting.sync", 8);
