/** What is known of the time of the rooms that an event type may take: their own bookings and the copy of their calendars. */
import { staleAfterMs } from "@/lib/calendars/pace";
import { env } from "@/lib/config/env";
import type { RoomTime } from "@/lib/rooms/choose";
import type { Interval } from "@/lib/slot-engine/rules";

/** How old the copy of a room's calendar may be before none of its time is offered. */
const staleAfterMinutes = 15;

/** A room as the database writes it, in JSON. Instants are epoch milliseconds. */
export interface RoomRow {
  id: string;
  email: string;
  asOf: number | null;
  coversUntil: number | null;
  problem: string | null;
  busy: [start: number, end: number][] | null;
  claims: [meetingId: string, start: number, end: number][] | null;
}

const toMs = (instant: string) => `(extract(epoch FROM ${instant}) * 1000)::bigint`;

/** A room r that an event type e may take: one that its hosts' organization has and that it names, or that is as it has to be. */
const isFitting = `
  r."tenantId" IN (
    SELECT n."tenantId" FROM "EventTypeHost" x JOIN "MeetingProviderConnection" n ON n."userId" = x."userId"
    WHERE x."eventTypeId" = e.id AND n.provider = 'teams' AND n."accountKind" = 'work')
  AND CASE WHEN jsonb_array_length(e.rooms->'roomIds') > 0 THEN e.rooms->'roomIds' ? r.id::text ELSE r.kind = 'room' END
  AND (e.rooms->>'match' = 'all' OR (
    coalesce(r.capacity, 0) >= coalesce((e.rooms->>'capacity')::int, 0)
    AND (e.rooms->>'building' IS NULL OR lower(r.building) = lower(e.rooms->>'building'))
    AND NOT EXISTS (
      SELECT 1 FROM jsonb_array_elements_text(e.rooms->'features') f
      WHERE lower(f) NOT IN (SELECT lower(has) FROM unnest(r.features) has))))`;

/** `RoomRow[]` of the rooms that an event type (e) may take between two instants (parameters), the smallest first; null where it needs none. */
export const roomsSql = (from: string, to: string) => `
  CASE WHEN e.rooms IS NULL THEN NULL ELSE (
    SELECT coalesce(json_agg(json_build_object('id', r.id, 'email', r.email, 'asOf', ${toMs(`r."syncedAt"`)},
      'coversUntil', ${toMs(`r."coversUntil"`)}, 'problem', r.problem,
      'busy', (SELECT json_agg(json_build_array(${toMs(`b."startsAt"`)}, ${toMs(`b."endsAt"`)}) ORDER BY b."startsAt")
        FROM "RoomBusy" b WHERE b."roomId" = r.id AND b."startsAt" < ${to}::timestamptz AND b."endsAt" > ${from}::timestamptz),
      'claims', (SELECT json_agg(json_build_array(q."meetingId", ${toMs("lower(q.during)")}, ${toMs("upper(q.during)")}) ORDER BY q.id)
        FROM "RoomClaim" q WHERE q."roomId" = r.id AND q.answer <> 'declined'
          AND q.during && tstzrange(${from}::timestamptz, ${to}::timestamptz)))
      ORDER BY r.capacity NULLS LAST, r.name, r.id), '[]')
    FROM "Room" r WHERE ${isFitting}) END`;

/** Outlook has no mailbox of its address: no one would answer there. */
export const notFound = "not_found";

/** No one's connection reads it: what was read last counts, as it does for an organizer's own calendar. */
export const noReader = "no_reader";

/** Until when the copy of a room says how its calendar is, epoch milliseconds. */
export function goodUntilOf({ asOf, problem }: Pick<RoomRow, "asOf" | "problem">): number {
  if (asOf === null) return -Infinity;
  return problem === noReader ? Infinity : asOf + staleAfterMs(staleAfterMinutes, env().SYNC_POLL_SECONDS);
}

/** The rooms whose calendar has to be read first: its copy is missing or old, and nothing is known to be wrong. */
export function unreadRooms(rows: readonly RoomRow[], now: number): string[] {
  return rows.filter((row) => row.problem === null && goodUntilOf(row) <= now).map(({ id }) => id);
}

/** A row's room, as of `now` (epoch milliseconds). */
export function toRoomTime(row: RoomRow, now: number): RoomTime {
  return {
    id: row.id,
    knownUntil: goodUntilOf(row) > now ? (row.coversUntil ?? -Infinity) : -Infinity,
    busy: (row.busy ?? []).map(([start, end]) => ({ start, end })),
    claims: (row.claims ?? []).map(([meetingId, start, end]) => ({ meetingId, start, end })),
  };
}

/** The same once the calendars of some rooms were asked for this time: what they say takes the place of the copy. Null: it did not answer. */
export function withLive(
  rooms: readonly RoomTime[],
  live: ReadonlyMap<string, Interval[] | null>,
): RoomTime[] {
  return rooms.map((room) => {
    const busy = live.get(room.id);
    if (busy === undefined) return room;
    return { ...room, busy: busy ?? [], knownUntil: busy ? Infinity : -Infinity };
  });
}
