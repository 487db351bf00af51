import { db } from "@/lib/database/client";
import { retireEvent } from "@/lib/meetings/retired-events";

/** Takes out the organizer's events that must go, without the pause that is left to those that take their place. */
export async function retireNow(userId: string): Promise<void> {
  const retired = await db().retiredEvent.findMany({ where: { userId }, select: { id: true } });
  for (const { id } of retired) await retireEvent({ retiredId: id });
}
