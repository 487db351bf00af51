import { randomBytes } from "node:crypto";
import { db } from "@/lib/database/client";
import type { HostKind, Prisma } from "@/lib/database/generated/client";
import type { TestOrganizer } from "@/tests/support/organizer";

export interface TestTeam {
  id: string;
  handle: string;
  eventTypeId: string;
  slug: string;
}

/** How a member takes part in the team's event type. */
export interface TestHost {
  kind?: HostKind;
  weight?: number;
  priority?: number;
  scheduleId?: string;
}

/**
 * A team of these organizers, the first of whom owns it, with an event type that all of them host, in this order. By themselves they take
 * turns, one for each booking.
 */
export async function makeTeam(
  members: readonly [TestOrganizer, ...TestOrganizer[]],
  eventType: Partial<Prisma.EventTypeUncheckedCreateInput> = {},
  hosts: readonly TestHost[] = [],
): Promise<TestTeam> {
  const handle = `team-${randomBytes(5).toString("hex")}`;
  const rows = members.map(({ id: userId }, position) => {
    return { userId, position, kind: "rotating" as HostKind, ...hosts[position] };
  });
  const isTurning = rows.some(({ kind }) => kind === "rotating");
  return db().$transaction(async (tx) => {
    const team = await tx.team.create({
      data: {
        name: `The ${handle}`,
        handle,
        members: {
          create: members.map(({ id: userId }, place) => {
            return { userId, role: place === 0 ? ("owner" as const) : ("member" as const) };
          }),
        },
      },
      select: { id: true },
    });
    await tx.handle.create({ data: { handle, teamId: team.id } });
    const made = await tx.eventType.create({
      data: {
        teamId: team.id,
        slug: "together",
        title: "Together",
        durationsMinutes: [30],
        minimumNoticeMinutes: 0,
        location: { kind: "none" },
        rotatingHosts: isTurning ? 1 : 0,
        ...eventType,
      },
      select: { id: true, slug: true },
    });
    await tx.eventTypeHost.createMany({
      data: rows.map((row) => ({ ...row, eventTypeId: made.id, teamId: team.id })),
    });
    return { id: team.id, handle, eventTypeId: made.id, slug: made.slug };
  });
}
