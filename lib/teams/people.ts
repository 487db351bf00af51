/** Who is told of what happens in a team. */
import type { Tx } from "@/lib/database/client";
import { lockRow } from "@/lib/database/lock-row";

export const holder = { id: true, name: true, email: true, locale: true } as const;

/** One change at a time to who is in a team, so that an owner is left. False: the team is gone. */
export function lockTeam(tx: Tx, id: string): Promise<boolean> {
  return lockRow(tx, "Team", { id });
}

/** Whether this is the only owner. Ask under the team's lock. */
export async function isLastOwner(tx: Tx, teamId: string, userId: string): Promise<boolean> {
  const owners = await tx.teamMember.findMany({
    where: { teamId, role: "owner" },
    select: { userId: true },
    take: 2,
  });
  return owners.length === 1 && owners[0]?.userId === userId;
}

/** The owners and admins of a team, to be written to. */
export async function managersOf(tx: Tx, teamId: string) {
  const rows = await tx.teamMember.findMany({
    where: { teamId, role: { in: ["owner", "admin"] }, user: { disabledAt: null } },
    select: { user: { select: holder } },
  });
  return rows.map(({ user }) => user);
}
