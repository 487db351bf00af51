/** Which rooms a meeting takes: the time of a room is claimed like a host's. */
import { randomUUID } from "node:crypto";
import type { Tx } from "@/lib/database/client";
import type { Interval } from "@/lib/slot-engine/rules";

const iso = (ms: number) => new Date(ms).toISOString();

/** The row of a claim. `slot` in epoch milliseconds. */
export function roomClaimColumns(claim: { roomId: string; meetingId: string; slot: Interval }) {
  const { slot, ...rest } = claim;
  return { id: randomUUID(), ...rest, during: `[${iso(slot.start)},${iso(slot.end)})` };
}

/**
 * Claims rooms for a meeting in place of those it has; `roomIds` null: it keeps them, at the new time. Each answers anew. The database refuses
 * an overlap (`isOverlap`).
 */
export async function claimRooms(
  tx: Tx,
  claim: { meetingId: string; slot: Interval; roomIds: readonly string[] | null },
): Promise<void> {
  const { meetingId, slot, roomIds } = claim;
  if (roomIds === null) return moveRoomClaims(tx, meetingId, slot);
  await tx.roomClaim.deleteMany({ where: { meetingId, roomId: { notIn: [...roomIds] } } });
  await tx.$executeRaw`
    INSERT INTO "RoomClaim" (id, "roomId", "meetingId", during)
    SELECT gen_random_uuid(), room::uuid, ${meetingId}::uuid,
      tstzrange(${iso(slot.start)}::timestamptz, ${iso(slot.end)}::timestamptz)
    FROM unnest(${[...roomIds]}::text[]) AS room
    ON CONFLICT ("meetingId", "roomId") DO UPDATE
      SET during = EXCLUDED.during, answer = 'waiting', "isReplaced" = false`;
}

/** Moves the claims that a meeting has; refused like any other where a room is taken. */
export async function moveRoomClaims(tx: Tx, meetingId: string, slot: Interval): Promise<void> {
  await tx.$executeRaw`
    UPDATE "RoomClaim" SET during = tstzrange(${iso(slot.start)}::timestamptz, ${iso(slot.end)}::timestamptz),
      answer = 'waiting', "isReplaced" = false
    WHERE "meetingId" = ${meetingId}::uuid AND answer <> 'declined'`;
}

/** Takes another room in place of one that declined, where it is free of other meetings. False: it is not. */
export async function replaceRoom(
  tx: Tx,
  { meetingId, roomId, slot }: { meetingId: string; roomId: string; slot: Interval },
): Promise<boolean> {
  const taken = await tx.$executeRaw`
    INSERT INTO "RoomClaim" (id, "roomId", "meetingId", during)
    VALUES (gen_random_uuid(), ${roomId}::uuid, ${meetingId}::uuid,
      tstzrange(${iso(slot.start)}::timestamptz, ${iso(slot.end)}::timestamptz))
    ON CONFLICT DO NOTHING`;
  return taken === 1;
}
