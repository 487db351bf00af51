/** The rooms of an offer: its slots are those at which there are enough of them. */
import type { Tx } from "@/lib/database/client";
import { type Run, run, select } from "@/lib/database/direct";
import type { PrismaClient } from "@/lib/database/generated/client";
import type { Offer } from "@/lib/offers/offer";
import type { Taken } from "@/lib/offers/surroundings";
import { chooseRooms, type RoomTime } from "@/lib/rooms/choose";
import { readRoomsNow } from "@/lib/rooms/read-rooms";
import { notFound, type RoomRow, roomsSql, toRoomTime, unreadRooms } from "@/lib/rooms/room-times";
import type { Interval } from "@/lib/slot-engine/rules";

const statement = `SELECT ${roomsSql("$2", "$3")} AS rooms FROM "EventType" e WHERE e.id = $1::uuid`;

/** A room that an offer may take, the address that its calendar is asked for by, and whether Outlook has such a mailbox. */
export type OfferRoom = RoomTime & { email: string; isFound: boolean };

/**
 * The rooms that an offer may take and what is known of their time between two instants (epoch milliseconds); null where it needs none. Rooms
 * that have not been read yet are read while the visitor waits, for two seconds at most.
 */
export async function readOfferRooms(
  offer: Offer,
  range: Interval,
  now: number,
): Promise<OfferRoom[] | null> {
  const rows = await readRows(run, offer, range);
  const unread = unreadRooms(rows ?? [], now);
  if (!rows || unread.length === 0) return toOfferRooms(rows, now);
  await readRoomsNow(unread);
  return toOfferRooms(await readRows(run, offer, range), Math.max(now, Date.now()));
}

/** The same without reading any calendar: as far as the copies go, within whatever the caller has begun. */
export async function readKnownRooms(
  client: PrismaClient | Tx | Run,
  offer: Offer,
  range: Interval,
  now: number,
): Promise<OfferRoom[] | null> {
  return toOfferRooms(await readRows(client, offer, range), now);
}

async function readRows(
  client: PrismaClient | Tx | Run,
  { eventType, isRemnant }: Offer,
  range: Interval,
): Promise<RoomRow[] | null> {
  if (!eventType.rooms || isRemnant) return null;
  const values = [eventType.id, new Date(range.start), new Date(range.end)];
  const [row] = await select<{ rooms: RoomRow[] | null }>(client, statement, values);
  return row?.rooms ?? [];
}

function toOfferRooms(rows: readonly RoomRow[] | null, now: number): OfferRoom[] | null {
  const toRoom = (row: RoomRow) => ({
    ...toRoomTime(row, now),
    email: row.email,
    isFound: row.problem !== notFound,
  });
  return rows?.map(toRoom) ?? null;
}

interface Around {
  /** Null: no room is needed. */
  rooms: readonly RoomTime[] | null;
  /** What is taken of each host's time. */
  taken: ReadonlyMap<string, Pick<Taken, "bookings">>;
  movingMeetingId?: string | undefined;
}

/** Those of an offer's slots at which there are rooms. Whoever joins a session comes to the one that it has. */
export function withFreeRooms(
  { eventType }: Offer,
  slots: Interval[],
  { rooms, taken, movingMeetingId }: Around,
): Interval[] {
  const { rooms: need } = eventType;
  if (!need || !rooms) return slots;
  const own = [...taken.values()].flatMap(({ bookings }) => bookings);
  const joins = (slot: Interval) =>
    own.some(
      ({ id, sameEventType, start, end }) =>
        sameEventType && start === slot.start && end === slot.end && id !== movingMeetingId,
    );
  return slots.filter((slot) => chooseRooms(need, rooms, slot, movingMeetingId) !== null || joins(slot));
}

/** The same with all the time that a meeting takes of them, so that it keeps the rooms it has where it can. */
export async function withOwnClaims(
  client: Tx,
  rooms: readonly OfferRoom[],
  meetingId: string,
): Promise<OfferRoom[]> {
  const own = await client.$queryRaw<{ roomId: string; start: bigint; end: bigint }[]>`
    SELECT "roomId", (extract(epoch FROM lower(during)) * 1000)::bigint AS start,
      (extract(epoch FROM upper(during)) * 1000)::bigint AS end
    FROM "RoomClaim" WHERE "meetingId" = ${meetingId}::uuid AND answer <> 'declined'`;
  return rooms.map((room) => {
    const claims = own.filter(({ roomId }) => roomId === room.id);
    const others = room.claims.filter((claim) => claim.meetingId !== meetingId);
    const spans = claims.map(({ start, end }) => ({ meetingId, start: Number(start), end: Number(end) }));
    return { ...room, claims: [...others, ...spans] };
  });
}
