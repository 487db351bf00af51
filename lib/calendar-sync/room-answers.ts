/** What the mailboxes of rooms answered, as the event shows it: read back, and acted on where one declined. */

import { type ComparedMeeting, idsOf } from "@/lib/calendar-sync/compared-meeting";
import type { Difference } from "@/lib/calendar-sync/difference";
import type { Tx } from "@/lib/database/client";
import type { RoomAnswer } from "@/lib/database/generated/client";
import { note } from "@/lib/flight-recorder/flight-recorder";
import { enqueue } from "@/lib/jobs/queue";
import type { InspectedEvent } from "@/lib/meetings/calendar-port";
import { meetingSync } from "@/lib/meetings/jobs";
import { getOfferById } from "@/lib/offers/offer";
import { readKnownRooms } from "@/lib/offers/rooms";
import { chooseRooms } from "@/lib/rooms/choose";
import { replaceRoom } from "@/lib/rooms/claims";

const answers: Readonly<Record<string, RoomAnswer>> = {
  accepted: "accepted",
  // A room that someone has to approve says so until they have.
  tentativelyaccepted: "tentative",
  declined: "declined",
};

/**
 * Writes down what each room of a meeting answered. In place of one that declined the next that fits is taken, where the event type lets any
 * of them do. The rooms that are missing after that are a difference for the organizer to decide on.
 */
export async function followRooms(
  tx: Tx,
  meeting: ComparedMeeting,
  event: InspectedEvent | null,
  now: number,
): Promise<Difference[]> {
  const claims = await tx.roomClaim.findMany({
    where: { meetingId: meeting.id, isReplaced: false },
    select: { id: true, roomId: true, answer: true, room: { select: { name: true, email: true } } },
    orderBy: { room: { name: "asc" } },
  });
  const missing: { id: string; name: string }[] = [];
  for (const { id, roomId, answer: before, room } of claims) {
    const said = event?.answers.find(({ email }) => email === room.email)?.response;
    const answer = before === "declined" ? before : (answers[said ?? ""] ?? before);
    if (answer !== before) {
      await tx.roomClaim.update({ where: { id }, data: { answer }, select: { id: true } });
      const outcome = answer === "accepted" ? "ok" : "waiting";
      await note(tx, idsOf(meeting), { step: "room_answered", outcome, facts: { room: room.name, answer } });
    }
    if (answer !== "declined") continue;
    if (answer !== before && (await takeNext(tx, meeting, id, now))) continue;
    missing.push({ id: roomId, name: room.name });
  }
  if (missing.length === 0) return [];
  // One question about all of them: its answer is for all of them too.
  const ids = missing.map(({ id }) => id).sort();
  return [
    {
      kind: "room_declined",
      bookingId: null,
      startsAt: null,
      endsAt: null,
      isAllDay: false,
      rooms: missing.map(({ name }) => name),
      fingerprint: `declined by room ${ids.join(", ")}`,
    },
  ];
}

/** Takes the next room that fits in place of one (the id of its claim) that declined. False: there is none. */
async function takeNext(tx: Tx, meeting: ComparedMeeting, claimId: string, now: number): Promise<boolean> {
  const offer = meeting.eventTypeId ? await getOfferById(tx, meeting.eventTypeId) : null;
  const need = offer?.eventType.rooms;
  // The room is taken out of the event, and another one put in.
  await enqueue(tx, meetingSync, { meetingId: meeting.id }, { priority: 10 });
  if (!offer || need?.match !== "any") return false;
  const slot = { start: meeting.startsAt.getTime(), end: meeting.endsAt.getTime() };
  const declined = await tx.roomClaim.findMany({
    where: { meetingId: meeting.id, answer: "declined" },
    select: { roomId: true },
  });
  const isOpen = ({ id, isFound }: { id: string; isFound: boolean }) =>
    isFound && !declined.some(({ roomId }) => roomId === id);
  // A room whose copy is old is asked all the same: it answers by itself.
  let open = ((await readKnownRooms(tx, offer, slot, now)) ?? [])
    .filter(isOpen)
    .map((room) => ({ ...room, knownUntil: Number.POSITIVE_INFINITY }));
  for (;;) {
    const [roomId] = chooseRooms(need, open, slot) ?? [];
    if (!roomId) return false;
    if (await replaceRoom(tx, { meetingId: meeting.id, roomId, slot })) {
      await tx.roomClaim.update({ where: { id: claimId }, data: { isReplaced: true }, select: { id: true } });
      return true;
    }
    open = open.filter(({ id }) => id !== roomId);
  }
}

/** Looks for rooms once more, those that declined before too: their organizer may have settled it with whoever approves. */
export async function askRoomsAgain(tx: Tx, meeting: ComparedMeeting, now: number): Promise<void> {
  const claims = await tx.roomClaim.findMany({
    where: { meetingId: meeting.id, answer: "declined", isReplaced: false },
    select: { id: true, roomId: true },
  });
  const slot = { start: meeting.startsAt.getTime(), end: meeting.endsAt.getTime() };
  for (const { id, roomId } of claims) {
    if (await takeNext(tx, meeting, id, now)) continue;
    await tx.roomClaim.delete({ where: { id }, select: { id: true } });
    await replaceRoom(tx, { meetingId: meeting.id, roomId, slot });
  }
  await enqueue(tx, meetingSync, { meetingId: meeting.id }, { priority: 10 });
}
