import { prepareJobs, startAllWork } from "@/lib/worker";
import { createTestDatabase } from "@/tests/support/database";
import {
  addMicrosoftAccount,
  connectMicrosoft,
  startMicrosoft,
  type TestMicrosoft,
} from "@/tests/support/microsoft";

/** Database, emulator and worker of a test file's own. */
export interface WorkingStage {
  microsoft: TestMicrosoft;
  /** Connects an organizer to a new Microsoft account, and tells its address too. */
  connect<Organizer extends { id: string }>(
    organizer: Organizer,
    account?: object,
  ): Promise<Organizer & { email: string }>;
  close(): Promise<void>;
}

/** Has everything at work. `variables` are added to the test environment. Call it once, in `beforeAll`. */
export async function openWorkingStage(variables: Record<string, string> = {}): Promise<WorkingStage> {
  const microsoft = await startMicrosoft();
  const database = await createTestDatabase({ ...microsoft.variables, ...variables });
  await prepareJobs();
  const worker = await startAllWork();
  return {
    microsoft,
    async connect(organizer, account) {
      const email = await addMicrosoftAccount(microsoft.control, account);
      await connectMicrosoft(organizer.id, email);
      return { ...organizer, email };
    },
    async close() {
      await worker.stop();
      await database.cleanup();
      await microsoft.emulator.close();
    },
  };
}
