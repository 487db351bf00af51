import type { OwnerScope } from "@/lib/auth/owner-scope";
import type { Prisma } from "@/lib/database/generated/client";

/** The bookings that someone may see and decide on: those they take part in, and those of teams that they manage. */
export function inHandsOf({ ownerId: userId }: OwnerScope): Prisma.BookingWhereInput {
  const manages = {
    members: { some: { userId, role: { in: ["owner", "admin"] } } },
  } satisfies Prisma.TeamWhereInput;
  return { OR: [{ ownerId: userId }, { hosts: { some: { userId } } }, { team: manages }] };
}
