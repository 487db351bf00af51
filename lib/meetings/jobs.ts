import { defineJob } from "@/lib/jobs/queue";

/** An organizer's connection works again: brings the meetings that waited for it in line. */
export const meetingsHeal = defineJob<{ userId: string }>("meetings.heal");
