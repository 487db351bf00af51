import type { Stage } from "@/bench/stage";
import { setDatabaseUrl } from "@/lib/config/env";
import { closeDatabase } from "@/lib/database/client";
import { closeQueue } from "@/lib/jobs/queue";
import { prepareJobs } from "@/lib/worker";

/** Lets this process use the application's own code on a database, to prepare what servers are measured with. */
export async function insideApplication<Value>(
  stage: Stage,
  databaseUrl: string,
  work: () => Promise<Value>,
): Promise<Value> {
  Object.assign(process.env, stage.variables, { DATABASE_URL: databaseUrl });
  setDatabaseUrl(databaseUrl);
  try {
    await prepareJobs();
    return await work();
  } finally {
    await closeQueue(1);
    await closeDatabase();
  }
}
