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
