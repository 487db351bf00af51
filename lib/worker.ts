/** Composition root of the background work: the one file that lists all job handlers and repeated tasks. */
import { accountTasks } from "@/lib/accounts/tasks";
import { apiTasks } from "@/lib/api/tasks";
import { auditTasks } from "@/lib/audit/retention";
import { bookingTasks } from "@/lib/booking/tasks";
import { outlookHandlers, outlookTasks } from "@/lib/calendar-sync/outlook-handlers";
import { automaticReplyTasks } from "@/lib/calendars/automatic-replies";
import { calendarHandlers } from "@/lib/calendars/handlers";
import { calendarTasks } from "@/lib/calendars/poll";
import { connectionTasks } from "@/lib/connections/tasks";
import { identityTasks } from "@/lib/identities/tasks";
import { insightsTasks } from "@/lib/insights/retention";
import { takeUpRestoredJobs } from "@/lib/jobs/kept-jobs";
import { prepareQueues } from "@/lib/jobs/queue";
import { type JobHandler, type RepeatedTask, startWorker, type Worker } from "@/lib/jobs/runner";
import { meetingHandlers, meetingTasks } from "@/lib/meetings/handlers";
import { notificationTasks } from "@/lib/notifications/tasks";
import { outboxHandlers, outboxTasks } from "@/lib/outbox/jobs";
import { roomTasks } from "@/lib/rooms/read-rooms";
import { scheduleTasks } from "@/lib/schedules/tasks";
import { teamTasks } from "@/lib/teams/digest";
import { webhookTasks } from "@/lib/webhooks/lanes";

const handlers: JobHandler[] = [
  ...meetingHandlers,
  ...calendarHandlers,
  ...outlookHandlers,
  ...outboxHandlers,
];

const tasks: RepeatedTask[] = [
  ...bookingTasks,
  ...meetingTasks,
  ...connectionTasks,
  ...outlookTasks,
  ...calendarTasks,
  ...automaticReplyTasks,
  ...roomTasks,
  ...accountTasks,
  ...identityTasks,
  ...auditTasks,
  ...apiTasks,
  ...notificationTasks,
  ...outboxTasks,
  ...webhookTasks,
  ...scheduleTasks,
  ...teamTasks,
  ...insightsTasks,
];

/** Makes the queues, so that a process without a worker may enqueue, and puts the jobs of a restored backup in. */
export async function prepareJobs(): Promise<void> {
  await prepareQueues(handlers.map((handler) => handler.definition));
  await takeUpRestoredJobs();
}

/** Starts working on everything. */
export function startAllWork(): Promise<Worker> {
  return startWorker(handlers, tasks);
}
