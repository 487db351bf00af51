/** All organizers and how their links to the provider stand: what the platform admin looks after. */
import { db } from "@/lib/database/client";

export interface FleetEntry {
  userId: string;
  name: string;
  email: string;
  state: "connected" | "limited" | "reconnect_needed" | "not_connected";
  /** Why the state is what it is, as a stable code. */
  reason: string | null;
  accountEmail: string | null;
  lastVerifiedAt: Date | null;
}

/** Organizers with their connections, those that need somebody first. */
export async function listFleet({ skip = 0, take = 50 } = {}): Promise<FleetEntry[]> {
  return db().$queryRaw<FleetEntry[]>`
    SELECT u.id AS "userId", u.name, u.email, coalesce(c.state::text, 'not_connected') AS state, c.reason,
           c."accountEmail", c."lastVerifiedAt"
    FROM "User" u LEFT JOIN "MeetingProviderConnection" c ON c."userId" = u.id AND c.provider = 'teams'
    ORDER BY array_position(ARRAY['reconnect_needed', 'limited', 'not_connected', 'connected'],
                            coalesce(c.state::text, 'not_connected')),
             lower(u.name), u.id
    LIMIT ${take} OFFSET ${skip}`;
}

export type FleetCounts = Record<FleetEntry["state"], number>;

/** How many organizers there are in each state. */
export async function countFleet(): Promise<FleetCounts> {
  const [organizers, groups] = await Promise.all([
    db().user.count(),
    db().meetingProviderConnection.groupBy({ by: ["state"], where: { provider: "teams" }, _count: true }),
  ]);
  const counts: FleetCounts = { connected: 0, limited: 0, reconnect_needed: 0, not_connected: organizers };
  for (const { state, _count } of groups) {
    counts[state] = _count;
    counts.not_connected -= _count;
  }
  return counts;
}
