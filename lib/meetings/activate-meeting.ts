import type { Tx } from "@/lib/database/client";
import type { Statement } from "@/lib/database/direct";

const open = `
  UPDATE "Meeting" SET
    status = (CASE kind WHEN 'teams' THEN 'creating' ELSE 'ready' END)::"MeetingStatus",
    "joinUrl" = CASE kind WHEN 'link' THEN place ELSE "joinUrl" END,
    -- What is still known of an event from before is no place for the one to come.
    "calendarMailbox" = CASE WHEN "calendarEventId" IS NULL THEN NULL ELSE "calendarMailbox" END,
    "sharedCalendar" = CASE WHEN "calendarEventId" IS NULL THEN NULL ELSE "sharedCalendar" END,
    "updatedAt" = now()
  WHERE id = $1::uuid AND status = 'none' AND kind IN ('teams', 'link') RETURNING id`;

/** Starts a meeting that has a confirmed visitor: a Teams meeting is created now, an organizer's own link is ready. */
export async function activateMeeting(tx: Tx, meetingId: string): Promise<void> {
  await tx.$queryRawUnsafe(open, meetingId);
}

/** The same as a statement. */
export const activation = (meetingId: string): Statement => ({ text: open, values: [meetingId] });
