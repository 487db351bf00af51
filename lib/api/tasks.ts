import { removeExpiredAnswers } from "@/lib/api/idempotency";
import type { RepeatedTask } from "@/lib/jobs/runner";

export const apiTasks: RepeatedTask[] = [
  { name: "api.expired-answers", everySeconds: 3600, run: () => removeExpiredAnswers() },
];
