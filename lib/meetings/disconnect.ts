/** The end of a connection. What was set up at Microsoft with its tokens is taken down first, while they are there. */
import { endSubscriptionOf } from "@/lib/calendar-sync/subscriptions";
import { noteState } from "@/lib/connections/health";
import { db } from "@/lib/database/client";

/** Forgets the organizer's tokens. The grant at Microsoft stays until it is removed there. False: there was nothing. */
export async function disconnect(userId: string): Promise<boolean> {
  const owner = { userId, provider: "teams" };
  await endSubscriptionOf(userId);
  return db().$transaction(async (tx) => {
    const { count } = await tx.meetingProviderConnection.deleteMany({ where: owner });
    if (count > 0) await noteState(tx, owner, "disconnected", null);
    return count > 0;
  });
}
