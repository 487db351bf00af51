import { db } from "@/lib/database/client";

export interface TeamsUse {
  /** Event types whose bookings get a Teams meeting. */
  eventTypes: number;
  /** Meetings to come whose link is there. */
  readyMeetings: number;
  /** Meetings to come that wait for their link. */
  waitingMeetings: number;
}

/** What an organizer's Teams connection carries, so that a page can say what its end would mean. */
export async function countTeamsUse(userId: string, now = new Date()): Promise<TeamsUse> {
  const toCome = { userId, kind: "teams", endsAt: { gt: now } };
  const [eventTypes, readyMeetings, waitingMeetings] = await Promise.all([
    db().eventType.count({ where: { userId, location: { path: ["kind"], equals: "teams" } } }),
    db().meeting.count({ where: { ...toCome, status: "ready" } }),
    db().meeting.count({ where: { ...toCome, status: { in: ["creating", "failed"] } } }),
  ]);
  return { eventTypes, readyMeetings, waitingMeetings };
}
