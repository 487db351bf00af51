import { isDeadlock } from "@/lib/database/errors";

const triesMax = 5;

/** Runs a whole transaction again when the database ended it to free another. */
export async function despiteDeadlocks<Value>(transaction: () => Promise<Value>): Promise<Value> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (!isDeadlock(error) || tries >= triesMax) throw error;
    }
  }
}
