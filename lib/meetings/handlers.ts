import { handle, type JobHandler, type RepeatedTask } from "@/lib/jobs/runner";
import { eraseFromEvents } from "@/lib/meetings/event-erasure";
import { eventRetire, meetingSync, meetingsHeal, meetingsMoveOver } from "@/lib/meetings/jobs";
import { retireEvent, sweepRetired } from "@/lib/meetings/retired-events";
import { healMeetings, moveMeetingsOver, sweepMeetings } from "@/lib/meetings/sweep";
import { syncMeeting } from "@/lib/meetings/sync-meeting";

export const meetingHandlers: JobHandler[] = [
  handle(meetingSync, syncMeeting),
  handle(meetingsHeal, healMeetings),
  handle(meetingsMoveOver, moveMeetingsOver),
  handle(eventRetire, retireEvent),
];

/** Background work that keeps meetings in sync. */
export const meetingTasks: RepeatedTask[] = [
  { name: "meetings.sweep", everySeconds: 30, run: sweepMeetings },
  { name: "events.retire", everySeconds: 60, run: sweepRetired },
  { name: "events.erase", everySeconds: 10, run: eraseFromEvents },
];
