import { removeExpiredChallenges } from "@/lib/identities/passkey-challenge";
import type { RepeatedTask } from "@/lib/jobs/runner";

export const identityTasks: RepeatedTask[] = [
  { name: "identities.expired-challenges", everySeconds: 3600, run: () => removeExpiredChallenges() },
];
