import { randomUUID } from "node:crypto";
import { holdingStatuses } from "@/lib/booking-record/policy";
import type { Tx } from "@/lib/database/client";
import { moveRoomClaims } from "@/lib/rooms/claims";
import type { Interval } from "@/lib/slot-engine/rules";

interface Claim {
  hostId: string;
  meetingId: string;
  /** Epoch milliseconds. */
  slot: Interval;
  bufferBeforeMinutes: number;
  bufferAfterMinutes: number;
}

const iso = (ms: number) => new Date(ms).toISOString();

/** The row of a claim. */
export function claimColumns({ slot, ...claim }: Claim) {
  return { id: randomUUID(), ...claim, during: `[${iso(slot.start)},${iso(slot.end)})` };
}

/**
 * Claims the time of some hosts for a meeting, or moves the claims it has. The database refuses an overlap (`isOverlap`): it is the judge,
 * whatever was checked before.
 */
export async function claimTime(
  tx: Tx,
  claim: Omit<Claim, "hostId"> & { hostIds: readonly string[] },
): Promise<void> {
  const { hostIds, meetingId, slot, bufferBeforeMinutes, bufferAfterMinutes } = claim;
  await tx.$executeRaw`
    INSERT INTO "TimeClaim" (id, "hostId", "meetingId", during, "bufferBeforeMinutes", "bufferAfterMinutes")
    SELECT gen_random_uuid(), host::uuid, ${meetingId}::uuid,
           tstzrange(${iso(slot.start)}::timestamptz, ${iso(slot.end)}::timestamptz),
           ${bufferBeforeMinutes}::int, ${bufferAfterMinutes}::int
    FROM unnest(${hostIds}::text[]) AS host
    ON CONFLICT ("meetingId", "hostId") DO UPDATE
      SET during = EXCLUDED.during,
          "bufferBeforeMinutes" = EXCLUDED."bufferBeforeMinutes",
          "bufferAfterMinutes" = EXCLUDED."bufferAfterMinutes"`;
}

/** Moves the claims that a meeting has of its host's time and of rooms; refused like any other where the time is taken. */
export async function moveClaim(tx: Tx, meetingId: string, slot: Interval): Promise<void> {
  await tx.$executeRaw`
    UPDATE "TimeClaim" SET during = tstzrange(${iso(slot.start)}::timestamptz, ${iso(slot.end)}::timestamptz)
    WHERE "meetingId" = ${meetingId}::uuid`;
  await moveRoomClaims(tx, meetingId, slot);
}

/** Frees a meeting's time once no one holds a place in it. */
export async function freeTimeIfUnused(tx: Tx, meetingId: string): Promise<void> {
  const isUnused = { bookings: { none: { status: { in: [...holdingStatuses] } } } };
  await tx.timeClaim.deleteMany({ where: { meetingId, meeting: isUnused } });
  await tx.roomClaim.deleteMany({ where: { meetingId, meeting: isUnused } });
}
