import type { Tx } from "@/lib/database/client";

/** What the calendar's owner did to an event that Bellhop had written. */
export interface EventChange {
  connectionId: string;
  userId: string;
  /** Immutable id; a meeting has it as `calendarEventId`. */
  eventId: string;
  /** `removed`: it is not in the calendar any more, or no longer within the time that is kept in step. */
  kind: "updated" | "removed";
}

/**
 * Takes note of changes to events of ours that a round of sync met, before the round is written down: a crash in between
 * brings the same changes again. Says what may have changed, not what did: the event itself is to be read.
 */
export async function noticeOwnEvents(_changes: EventChange[], _tx?: Tx): Promise<void> {}
