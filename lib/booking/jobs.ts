import { defineJob } from "@/lib/jobs/queue";

/** Brings the calendar event of one meeting in line with its bookings. */
export const meetingSync = defineJob<{ meetingId: string }>("meeting.sync", 8, {
  longestPauseSeconds: 10,
});

/** Looks at what somebody did to the calendar event of one meeting. */
export const meetingCompare = defineJob<{
  meetingId: string;
  /** It was said to be gone. */
  isRemoved?: boolean;
  /** Other events with its mark are looked for as well. */
  isSwept?: boolean;
  /** How often the calendar did not answer. */
  failures?: number;
}>("meeting.compare", 4, { longestPauseSeconds: 10 });

/** Takes an event out of the calendar that must go (lib/booking/retired-events.ts). */
export const eventRetire = defineJob<{ retiredId: string }>("event.retire");
