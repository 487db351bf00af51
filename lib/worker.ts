/** Composition root of the background work: the one file that lists all job handlers and repeated tasks. */
import { accountTasks } from "@/lib/accounts/tasks";
import { apiTasks } from "@/lib/api/tasks";
import { bookingHandlers, bookingTasks } from "@/lib/booking/handlers";
import { calendarHandlers } from "@/lib/calendar-sync/handlers";
import { outlookHandlers, outlookTasks } from "@/lib/calendar-sync/outlook-handlers";
import { calendarTasks } from "@/lib/calendar-sync/poll";
import { prepareQueues } from "@/lib/jobs/queue";
import { type JobHandler, type RepeatedTask, startWorker, type Worker } from "@/lib/jobs/runner";
import { meetingTasks } from "@/lib/meetings/tasks";
import { notificationHandlers, notificationTasks } from "@/lib/notifications/jobs";
import { scheduleTasks } from "@/lib/schedules/tasks";
import { webhookTasks } from "@/lib/webhooks/lanes";

const handlers: JobHandler[] = [
  ...bookingHandlers,
  ...calendarHandlers,
  ...outlookHandlers,
  ...notificationHandlers,
];

const tasks: RepeatedTask[] = [
  ...bookingTasks,
  ...meetingTasks,
  ...outlookTasks,
  ...calendarTasks,
  ...accountTasks,
  ...apiTasks,
  ...notificationTasks,
  ...webhookTasks,
  ...scheduleTasks,
];

/** Makes the queues, so that a process without a worker may enqueue. */
export async function prepareJobs(): Promise<void> {
  await prepareQueues(handlers.map((handler) => handler.definition));
}

/** Starts working on everything. */
export function startAllWork(): Promise<Worker> {
  return startWorker(handlers, tasks);
}
