/** Which rooms a meeting takes. PURE. */
import type { RoomNeed } from "@/lib/rooms/schema";
import type { Interval } from "@/lib/slot-engine/rules";

/** A room that an event type may take, with what is known of its time. Instants are epoch milliseconds. */
export interface RoomTime {
  id: string;
  /** Until when its calendar is known; nothing is where it could not be read. */
  knownUntil: number;
  busy: Interval[];
  /** The meetings of ours that take it. */
  claims: (Interval & { meetingId: string })[];
}

/**
 * The rooms for one time, by their ids; null: there are not enough. Of several that fit the first is taken, but one that the meeting that
 * is being moved has already comes before the others. `rooms` are those that fit, in the order in which they are to be taken.
 */
export function chooseRooms(
  need: RoomNeed,
  rooms: readonly RoomTime[],
  slot: Interval,
  movingMeetingId?: string,
): string[] | null {
  const free = rooms.filter((room) => isFree(room, slot, movingMeetingId));
  if (need.match === "all") {
    const isThere = need.roomIds.every((id) => free.some((room) => room.id === id));
    return isThere ? [...need.roomIds] : null;
  }
  const own = free.find(({ claims }) => claims.some(({ meetingId }) => meetingId === movingMeetingId));
  const chosen = own ?? free[0];
  return chosen ? [chosen.id] : null;
}

/** Its calendar has the meeting that is being moved too: at the very time that it claims, and that is no obstacle. */
function isFree({ knownUntil, busy, claims }: RoomTime, slot: Interval, movingMeetingId?: string): boolean {
  const own = claims.filter(({ meetingId }) => meetingId === movingMeetingId);
  const isOwn = (taken: Interval) => own.some(({ start, end }) => start === taken.start && end === taken.end);
  const isTaken = (taken: Interval) => taken.start < slot.end && taken.end > slot.start;
  return (
    slot.end <= knownUntil &&
    !claims.some((claim) => claim.meetingId !== movingMeetingId && isTaken(claim)) &&
    !busy.some((taken) => isTaken(taken) && !isOwn(taken))
  );
}
