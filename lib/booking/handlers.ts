import { meetingSync } from "@/lib/booking/jobs";
import { sweepMeetings } from "@/lib/booking/sweep";
import { syncMeeting } from "@/lib/booking/sync-meeting";
import { handle, type JobHandler, type RepeatedTask } from "@/lib/jobs/runner";

export const bookingHandlers: JobHandler[] = [handle(meetingSync, syncMeeting)];

export const bookingTasks: RepeatedTask[] = [
  { name: "meetings.sweep", everySeconds: 30, run: sweepMeetings },
];
