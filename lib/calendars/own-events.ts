/**
 * Which events in an organizer's calendars are Bellhop's own: the event of a meeting that is kept there, and the copy that the
 * organizer has of their meeting's event where it is kept in another calendar. A copy has an id of its own and carries no
 * mark; it is known by its iCalUId, which all copies share. A meeting that the organizer does not host, but was only
 * invited to, takes their time.
 */
import { run } from "@/lib/database/direct";

/** Of some event ids those of meetings that are kept in this organizer's calendars. */
export async function listOwnEvents(userId: string, eventIds: readonly string[]): Promise<string[]> {
  if (eventIds.length === 0) return [];
  const own = await run<{ id: string }>(
    `SELECT "calendarEventId" AS id FROM "Meeting" m
     WHERE "calendarEventId" = ANY($2::text[]) AND ${isKeptBy("$1")}
     UNION SELECT "eventId" FROM "RetiredEvent" WHERE "userId" = $1::uuid AND "eventId" = ANY($2::text[])`,
    [userId, eventIds],
  );
  return own.map(({ id }) => id);
}

/** A meeting `m` is kept in an organizer's calendar; `userId` is SQL. */
const isKeptBy = (userId: string) => `(m."hostId" = ${userId}::uuid OR m."connectionId" IN (
  SELECT k.id FROM "MeetingProviderConnection" k WHERE k."userId" = ${userId}::uuid))`;

/** An organizer takes part in a meeting `m` as a host, so that their time is claimed for it; `userId` is SQL. */
export const takesTimeOf = (userId: string) => `(m."hostId" = ${userId}::uuid OR EXISTS (
  SELECT 1 FROM "TimeClaim" t WHERE t."meetingId" = m.id AND t."hostId" = ${userId}::uuid))`;

interface Seen {
  eventId: string;
  iCalUId: string | null;
}

/** Some events of an organizer's calendars, without Bellhop's own. */
export async function withoutOwnEvents<Event extends Seen>(
  userId: string,
  events: readonly Event[],
): Promise<Event[]> {
  const eventIds = events.map(({ eventId }) => eventId);
  const uids = events.flatMap(({ iCalUId }) => iCalUId ?? []);
  if (eventIds.length === 0) return [];
  const [kept, shared] = await Promise.all([
    listOwnEvents(userId, eventIds),
    run<{ uid: string }>(
      `SELECT m."iCalUId" AS uid FROM "Meeting" m WHERE m."iCalUId" = ANY($2::text[]) AND ${takesTimeOf("$1")}
       UNION SELECT r."iCalUId" FROM "RetiredEvent" r JOIN "Meeting" m ON m.id = r."meetingId"
       WHERE r."iCalUId" = ANY($2::text[]) AND ${takesTimeOf("$1")}`,
      [userId, uids],
    ),
  ]);
  const known = new Set([...kept, ...shared.map(({ uid }) => uid)]);
  return events.filter(({ eventId, iCalUId }) => !known.has(eventId) && !(iCalUId && known.has(iCalUId)));
}
