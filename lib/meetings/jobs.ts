import { defineJob } from "@/lib/jobs/queue";

/** An organizer's connection works again: brings the meetings that waited for it in line. */
export const meetingsHeal = defineJob<{ userId: string }>("meetings.heal");

/** An organizer wants their bookings in a former mailbox brought over to the connected one. */
export const meetingsMoveOver = defineJob<{ userId: string }>("meetings.move-over");

/** Brings what a connection has at its provider, to be called when its calendar changes, in line. `renew`: whatever its age. */
export const subscriptionKeep = defineJob<{ connectionId: string; renew?: boolean }>(
  "calendar.subscription",
  2,
);

/** Brings the calendar event of one meeting in line with its bookings. */
export const meetingSync = defineJob<{ meetingId: string }>("meeting.sync", 8, {
  longestPauseSeconds: 10,
});

/** Looks at what someone did to the calendar event of one meeting. */
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
