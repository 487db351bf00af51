import type { Prisma } from "@/lib/database/generated/client";
import { addressKey } from "@/lib/input/addresses";
import { listKnownCalendars } from "@/lib/meetings/known-calendars";
import { lostEventOf } from "@/lib/meetings/lost-event";
import type { LeasedMeeting } from "@/lib/meetings/meeting-lease";
import { calendarOwnerOf } from "@/lib/meetings/meeting-mailbox";
import { forgotten, foundAgain, type Outcome, settled } from "@/lib/meetings/meeting-outcome";
import { type CallContext, ProviderError } from "@/lib/meetings/provider";
import { calendarPort } from "@/lib/meetings/registry-calendar";

/**
 * Takes the event of a meeting that no one attends any more out of the calendar, even one that a crash has hidden from us. It
 * counts as done once Outlook has taken it out, or its calendars are proven not to show it.
 */
export async function removeMeeting(meeting: LeasedMeeting, context: CallContext): Promise<Outcome> {
  const provider = calendarPort("teams");
  const eventId =
    meeting.calendarEventId ?? (meeting.attempts > 1 ? await findHidden(meeting, context) : null);
  if (!eventId)
    return { changes: { problem: null, attempts: 0, status: "none" }, lines: [], againInSeconds: null };
  const outcome = await provider.removeEvent(context, eventId, {
    comment: lastReason(meeting),
    hasAttendees:
      (meeting.invitations === "outlook" && meeting.bookings.length > 0) || meeting.invitedEmails.length > 0,
  });
  if (outcome === "missing") {
    const found = await provider.findLost(
      context,
      await lostEventOf({ ...meeting, calendarEventId: eventId }),
    );
    if (found && found.eventId !== eventId) return foundAgain(found.eventId);
    if (found) {
      throw new ProviderError("unavailable", "The calendar shows an event that could not be removed.", {
        vendorCode: "unsettled_event",
      });
    }
  }
  const changes: Prisma.MeetingUpdateInput = {
    ...settled(),
    status: "none",
    calendarEventId: null,
    calendarStartsAt: null,
    calendarEndsAt: null,
    generation: { increment: 1 },
    ...forgotten,
  };
  return { changes, lines: [{ step: "meeting_removed", outcome: "ok" }], againInSeconds: null };
}

/** The event of a meeting whose answer was lost: one that carries its mark, in any calendar of its organizer. */
export async function findHidden(meeting: LeasedMeeting, context: CallContext): Promise<string | null> {
  for (const { calendarId, isDefault } of await listKnownCalendars(
    calendarOwnerOf(meeting),
    meeting.calendarMailbox,
    meeting.sharedCalendar,
  )) {
    const marked = await calendarPort("teams").listMarked(context, meeting.id, isDefault ? null : calendarId);
    const live = marked.find(({ eventId, isCancelled }) => {
      return !isCancelled && !meeting.retired.some((one) => one.eventId === eventId);
    });
    if (live) return live.eventId;
  }
  return null;
}

/**
 * What the organizer said to the one who was left. A reason of someone else's is none of their business, and what a visitor writes is for the
 * organizer alone: guests would read it.
 */
function lastReason({ bookings, invitedEmails }: LeasedMeeting): string {
  const last = bookings.filter(({ visitorEmail }) => invitedEmails.includes(addressKey(visitorEmail)));
  const only = bookings.length === 1 ? bookings : last;
  const [left] = only;
  return only.length === 1 && left?.cancelledBy !== "visitor" ? (left?.cancelReason ?? "") : "";
}
