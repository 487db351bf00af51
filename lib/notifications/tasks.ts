import type { RepeatedTask } from "@/lib/jobs/runner";
import { replaceSharedLinks } from "@/lib/notifications/replaced-links";
import { sendAllDueMails } from "@/lib/notifications/send-due";

export const notificationTasks: RepeatedTask[] = [
  { name: "booking.mails", everySeconds: 1, run: sendAllDueMails },
  { name: "links.replace", everySeconds: 30, run: replaceSharedLinks },
];
