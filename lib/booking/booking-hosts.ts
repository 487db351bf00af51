/** Who takes part in a booking, and whose time its meeting takes. */
import type { Tx } from "@/lib/database/client";
import { calendarOwnerOf } from "@/lib/meetings/meeting-mailbox";
import type { OfferHost } from "@/lib/offers/offer";

/** Makes these the hosts of a booking, in this order: its calendar is the first one's. */
export async function setHosts(tx: Tx, bookingId: string, hostIds: readonly string[]): Promise<void> {
  const [ownerId] = hostIds;
  if (ownerId === undefined) throw new Error("A booking has a host.");
  await tx.bookingHost.deleteMany({ where: { bookingId, userId: { notIn: [...hostIds] } } });
  for (const [position, userId] of hostIds.entries()) {
    await tx.bookingHost.upsert({
      where: { bookingId_userId: { bookingId, userId } },
      create: { bookingId, userId, position },
      update: { position },
    });
  }
  await tx.booking.update({ where: { id: bookingId }, data: { ownerId }, select: { id: true } });
}

/** Frees the time of whoever else had been claimed for a meeting. */
export async function freeOthers(tx: Tx, meetingId: string, hostIds: readonly string[]): Promise<void> {
  await tx.timeClaim.deleteMany({ where: { meetingId, hostId: { notIn: [...hostIds] } } });
}

/** Whether both are the same hosts in the same order. PURE. */
export function isSameHosts(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((id, index) => id === other[index]);
}

/** What changes in a meeting whose event goes to another host's calendar: until it is made there, it stays where it was. */
export function newLeadColumns(meeting: Parameters<typeof calendarOwnerOf>[0], lead: OfferHost) {
  return {
    hostId: lead.id,
    // Where its event is, or is being made at this moment.
    calendarOwnerId: calendarOwnerOf(meeting),
    ...(canInvite(lead) ? {} : { invitations: "bellhop" as const }),
    problem: null,
    attempts: 0,
  };
}

/** Whether Outlook can send invitations from a host's calendar. */
export function canInvite({ connectionState, isReadOnly }: OfferHost): boolean {
  return connectionState !== null && !isReadOnly;
}
