import { compareMeeting } from "@/lib/calendar-sync/compare-meeting";
import { sweepEvents } from "@/lib/calendar-sync/sweep-events";
import { followNotices, sweepNotices } from "@/lib/calendars/follow-notices";
import { noticesFollow } from "@/lib/calendars/receive";
import { keepDueSubscriptions, keepSubscription } from "@/lib/calendars/subscriptions";
import { handle, type JobHandler, type RepeatedTask } from "@/lib/jobs/runner";
import { meetingCompare, subscriptionKeep } from "@/lib/meetings/jobs";

export const outlookHandlers: JobHandler[] = [
  handle(subscriptionKeep, keepSubscription),
  handle(noticesFollow, followNotices),
  handle(meetingCompare, (asked) => compareMeeting(asked)),
];

export const outlookTasks: RepeatedTask[] = [
  { name: "calendar.subscriptions", everySeconds: 60, run: keepDueSubscriptions },
  { name: "calendar.notices", everySeconds: 20, run: sweepNotices },
  { name: "calendar.events", everySeconds: 60, run: sweepEvents },
];
