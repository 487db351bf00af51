import { defineJob } from "@/lib/jobs/queue";

/** An organizer's connection works again: syncs the meetings that waited for it. */
export const meetingsHeal = defineJob<{ userId: string }>("meetings.heal");

/** An organizer wants their bookings moved from a former mailbox to the connected one. */
export const meetingsMoveOver = defineJob<{ userId: string }>("meetings.move-over");

/** Brings a connection's subscription at its provider up to date. `renew`: regardless of its age. */
export const subscriptionKeep = defineJob<{ connectionId: string; renew?: boolean }>(
  "calendar.subscription",
  2,
);

/** Syncs the calendar event of one meeting with its bookings. */
export const meetingSync = defineJob<{ meetingId: string }>("meeting.sync", 8, {
  longestPauseSeconds: 10,
});

/** Checks what people changed in the calendar event of one meeting. */
export const meetingCompare = defineJob<{
  meetingId: string;
  /** It was said to be gone. */
  isRemoved?: boolean;
  /** Other events with its mark are looked for as well. */
  isSwept?: boolean;
  /** How often the calendar did not answer. */
  failures?: number;
}>("meeting.compare", 4, { longestPauseSeconds: 10 });

/** Takes an event out of the calendar that must go (lib/meetings/retired-events.ts). */
export const eventRetire = defineJob<{ retiredId: string }>("event.retire");
