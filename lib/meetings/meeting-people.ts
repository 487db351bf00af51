/**
 * Who is invited to a meeting's calendar event: exactly its confirmed bookings, beside people whom someone else has put in.
 * A place taken or given up changes the list by that one person, so that no one else hears of it.
 */

import { db } from "@/lib/database/client";
import type { Prisma } from "@/lib/database/generated/client";
import { addressKey } from "@/lib/input/addresses";
import { calendarEventOf } from "@/lib/meetings/calendar-event";
import type { Attendee, CalendarEvent } from "@/lib/meetings/calendar-port";
import { attending, isShared, type LeasedMeeting } from "@/lib/meetings/meeting-lease";
import type { CallContext } from "@/lib/meetings/provider";
import { calendarPort } from "@/lib/meetings/registry-calendar";

const keyOf = ({ email }: Pick<Attendee, "email">) => addressKey(email);

/** Whom Outlook should have invited; no one where Bellhop invites. */
function wantedOf(meeting: LeasedMeeting): Attendee[] {
  return calendarEventOf(meeting, attending(meeting)).attendees;
}

/** Records whom a new event will invite, so that they are known as ours even after a crash. */
export async function notePeople(meeting: LeasedMeeting): Promise<void> {
  if (!isShared(meeting)) return;
  const invitingEmails = [...new Set([...meeting.invitingEmails, ...wantedOf(meeting).map(keyOf)])];
  await db().meeting.update({ where: { id: meeting.id }, data: { invitingEmails } });
}

/**
 * Whom a new event has invited, and whether they are those who come now: an earlier try may have made it for others. The first
 * try invited just those it named, whatever form Exchange has given their addresses since.
 */
export function peopleIn(
  meeting: LeasedMeeting,
  event: CalendarEvent,
): { changes: Prisma.MeetingUpdateInput; isComplete: boolean } {
  const wanted = [...new Set(wantedOf(meeting).map(keyOf))];
  const ours = new Set([...wanted, ...meeting.invitingEmails]);
  const isFirstTry = meeting.attempts <= 1;
  const isSame = ours.size === wanted.length && event.attendees?.length === wanted.length;
  const present =
    isFirstTry || isSame || event.attendees === null
      ? wanted
      : event.attendees.map(keyOf).filter((email) => ours.has(email));
  return {
    changes: { invitedEmails: present, invitingEmails: [] },
    isComplete: present.length === wanted.length && present.every((email) => wanted.includes(email)),
  };
}

/** True when someone has to be invited, or learn that they no longer are. */
export function isPeopleChanged(meeting: LeasedMeeting): boolean {
  const wanted = wantedOf(meeting).map(keyOf);
  return (
    meeting.invitingEmails.length > 0 ||
    wanted.length !== meeting.invitedEmails.length ||
    wanted.some((email) => !meeting.invitedEmails.includes(email))
  );
}

/** Updates the event's attendees. Null: the event is not found, or is cancelled. */
export async function bringPeople(
  meeting: LeasedMeeting,
  context: CallContext,
  eventId: string,
): Promise<{ event: CalendarEvent; changes: Prisma.MeetingUpdateInput } | null> {
  const provider = calendarPort("teams");
  const wanted = wantedOf(meeting);
  const changes = { invitedEmails: wanted.map(keyOf), invitingEmails: [] };
  const event = await provider.readEvent(context, eventId);
  if (event === null || event.isCancelled) return null;
  const attendees = planAttendees(meeting, wanted, event.attendees);
  if (!attendees) return { event, changes };
  const invitingEmails = [...new Set([...meeting.invitingEmails, ...wanted.map(keyOf)])];
  await db().meeting.update({ where: { id: meeting.id }, data: { invitingEmails } });
  const mustHide = isShared(meeting) && event.hidesAttendees === false;
  const changed = await provider.setAttendees(context, eventId, {
    attendees,
    ...(mustHide ? { hideAttendees: true } : {}),
  });
  return changed && { event: changed, changes };
}

/**
 * The list that the event should have; null where it has it already. Who was invited before is not invited again, even if
 * someone has taken them out in Outlook; who was never ours stays. PURE.
 */
function planAttendees(
  { invitedEmails, invitingEmails }: Pick<LeasedMeeting, "invitedEmails" | "invitingEmails">,
  wanted: Attendee[],
  present: Attendee[] | null,
): Attendee[] | null {
  const there = present ?? invitedEmails.map((email) => ({ email, name: email }));
  const wantedKeys = new Set(wanted.map(keyOf));
  const ours = new Set([...invitedEmails, ...invitingEmails]);
  const kept = there.filter((one) => wantedKeys.has(keyOf(one)) || !ours.has(keyOf(one)));
  const isThere = (one: Attendee) => there.some((other) => keyOf(other) === keyOf(one));
  const added = wanted.filter((one) => !isThere(one) && !invitedEmails.includes(keyOf(one)));
  return added.length === 0 && kept.length === there.length ? null : [...kept, ...added];
}
