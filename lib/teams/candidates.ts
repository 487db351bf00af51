import type { TeamScope } from "@/lib/auth/team-scope";
import { db } from "@/lib/database/client";

/** A member as someone who could host. */
export interface Candidate {
  id: string;
  name: string;
  /** Of their Microsoft connection. */
  connection: "connected" | "limited" | "reconnect_needed" | "not_connected";
  isDisabled: boolean;
  /** By name, without what is in them. */
  schedules: { id: string; name: string }[];
}

/** Everyone in a team, by name, with what decides when they can be booked. */
export async function listCandidates({ teamId }: TeamScope): Promise<Candidate[]> {
  const rows = await db().teamMember.findMany({
    where: { teamId },
    select: {
      user: {
        select: {
          id: true,
          name: true,
          disabledAt: true,
          schedules: { select: { id: true, name: true }, orderBy: { name: "asc" } },
          connections: { where: { provider: "teams" }, select: { state: true } },
        },
      },
    },
    orderBy: [{ user: { name: "asc" } }, { userId: "asc" }],
  });
  return rows.map(({ user: { disabledAt, connections, ...user } }) => ({
    ...user,
    isDisabled: disabledAt !== null,
    connection: connections[0]?.state ?? "not_connected",
  }));
}
