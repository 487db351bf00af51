import { eraseFromEvents } from "@/lib/booking/event-erasure";
import { expireRequests } from "@/lib/booking/expire";
import { sweepHolds } from "@/lib/booking/holds";
import { eventRetire, meetingSync } from "@/lib/booking/jobs";
import { replaceSharedLinks } from "@/lib/booking/replaced-links";
import { retireEvent, sweepRetired } from "@/lib/booking/retired-events";
import { healMeetings, moveMeetingsOver, sweepMeetings } from "@/lib/booking/sweep";
import { syncMeeting } from "@/lib/booking/sync-meeting";
import { handle, type JobHandler, type RepeatedTask } from "@/lib/jobs/runner";
import { meetingsHeal, meetingsMoveOver } from "@/lib/meetings/jobs";

export const bookingHandlers: JobHandler[] = [
  handle(meetingSync, syncMeeting),
  handle(meetingsHeal, healMeetings),
  handle(meetingsMoveOver, moveMeetingsOver),
  handle(eventRetire, retireEvent),
];

export const bookingTasks: RepeatedTask[] = [
  { name: "meetings.sweep", everySeconds: 30, run: sweepMeetings },
  { name: "events.retire", everySeconds: 60, run: sweepRetired },
  { name: "bookings.expire", everySeconds: 30, run: () => expireRequests() },
  { name: "events.erase", everySeconds: 10, run: eraseFromEvents },
  { name: "links.replace", everySeconds: 30, run: replaceSharedLinks },
  { name: "holds.sweep", everySeconds: 300, run: sweepHolds },
];
