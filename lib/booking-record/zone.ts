/** In which time zone a booking is meant. */
import type { Prisma } from "@/lib/database/generated/client";

/** What is read of a person for `zoneOf`: the zone of their default schedule. */
export const ownZone = {
  schedules: { select: { timeZone: true }, orderBy: [{ isDefault: "desc" }, { id: "asc" }], take: 1 },
} satisfies Prisma.UserSelect;

/** What is read of an event type for `zoneOf`. */
export const zoneOfEventType = { schedule: { select: { timeZone: true } } } satisfies Prisma.EventTypeSelect;

interface Zoned {
  eventType: { schedule: { timeZone: string } | null } | null;
}

/** IANA: that of its event type; where it is a team's, or gone, that of the one whose calendar it is in. */
export function zoneOf({ eventType }: Zoned, host: { schedules: readonly { timeZone: string }[] }): string {
  return eventType?.schedule?.timeZone ?? host.schedules[0]?.timeZone ?? "UTC";
}
