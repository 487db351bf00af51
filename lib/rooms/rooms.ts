/** The rooms and equipment of an organization, which all of its organizers see and describe. */
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { db } from "@/lib/database/client";
import { isDuplicate } from "@/lib/database/errors";
import type { RoomAnswer } from "@/lib/database/generated/client";
import { isId } from "@/lib/input/id";
import { err, ok, type Result } from "@/lib/result";
import type { RoomInput } from "@/lib/rooms/schema";

/** How many rooms an organization can have here. */
const roomsMax = 500;

const columns = {
  id: true,
  email: true,
  name: true,
  kind: true,
  capacity: true,
  building: true,
  features: true,
  isListed: true,
  syncedAt: true,
  problem: true,
} as const;

export interface Room {
  id: string;
  email: string;
  name: string;
  kind: "room" | "equipment";
  capacity: number | null;
  building: string;
  features: string[];
  /** It comes from the organization's own list. */
  isListed: boolean;
  /** When its calendar was last read; null: not yet. */
  syncedAt: Date | null;
  /** Why its calendar could not be read the last time, as a stable code. */
  problem: string | null;
}

type NoOrganization = { code: "no_organization" };
type NotFound = { code: "not_found" };

/** The organization (tid) of an organizer's Microsoft account; null where they have none, or a personal one. */
export async function organizationOf({ ownerId: userId }: OwnerScope): Promise<string | null> {
  const connection = await db().meetingProviderConnection.findFirst({
    where: { userId, provider: "teams", accountKind: "work" },
    select: { tenantId: true },
  });
  return connection?.tenantId ?? null;
}

/** The rooms of an organizer's organization by name, and what else is named by its id; none without an organization. */
export async function listRooms(scope: OwnerScope, named: readonly string[] = []): Promise<Room[]> {
  const tenantId = await organizationOf(scope);
  if (!tenantId) return [];
  return db().room.findMany({
    where: { OR: [{ tenantId }, { id: { in: named.filter(isId) } }] },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    select: columns,
  });
}

/** Adds a room by its address, or describes the one that has it anew. `isListed`: as the organization's own list has it. */
export async function addRoom(
  scope: OwnerScope,
  input: RoomInput,
  { isListed = false }: { isListed?: boolean } = {},
): Promise<Result<Room, NoOrganization | { code: "too_many_rooms" }>> {
  const tenantId = await organizationOf(scope);
  if (!tenantId) return err("no_organization");
  const { email, ...rest } = input;
  const address = { tenantId_email: { tenantId, email } };
  const known = await db().room.findUnique({ where: address, select: { id: true } });
  if (!known && (await db().room.count({ where: { tenantId } })) >= roomsMax) return err("too_many_rooms");
  const write = () =>
    db().room.upsert({
      where: address,
      create: { tenantId, ...input, isListed },
      update: { ...rest, isListed, nextReadAt: new Date(), problem: null },
      select: columns,
    });
  try {
    return ok(await write());
  } catch (error) {
    // A twin was faster.
    if (!isDuplicate(error)) throw error;
    return ok(await write());
  }
}

/** Takes a room away. `room_in_use`: a booking to come takes it. Event types that name it offer no times until they no longer do. */
export async function removeRoom(
  scope: OwnerScope,
  id: string,
): Promise<Result<null, NotFound | { code: "room_in_use" }>> {
  const tenantId = isId(id) ? await organizationOf(scope) : null;
  if (!tenantId) return err("not_found");
  const meeting = { endsAt: { gt: new Date() } };
  const isUnused = { none: { answer: { not: "declined" as const }, meeting } };
  const { count } = await db().room.deleteMany({ where: { id, tenantId, claims: isUnused } });
  if (count > 0) return ok(null);
  return err((await db().room.count({ where: { id, tenantId } })) > 0 ? "room_in_use" : "not_found");
}

/** The rooms and equipment that a meeting takes, or that declined without another in their place, with what their mailboxes answered. */
export async function listRoomsOfMeeting(meetingId: string): Promise<{ name: string; answer: RoomAnswer }[]> {
  const claims = await db().roomClaim.findMany({
    where: { meetingId, isReplaced: false },
    select: { answer: true, room: { select: { name: true } } },
    orderBy: { room: { name: "asc" } },
  });
  return claims.map(({ answer, room: { name } }) => ({ name, answer }));
}
