import { handleForm } from "@/lib/accounts/handles";
import { inLanguage } from "@/lib/booking-record/own-words";
import { holdingStatuses } from "@/lib/booking-record/policy";
import { db } from "@/lib/database/client";
import type { Locale } from "@/lib/i18n/languages";
import { withHosts } from "@/lib/offers/host-choice";
import { getOffer, getOfferById, getRemnant, type Offer } from "@/lib/offers/offer";
import { openTogether, readMinutes, readTogether, reopenTogether } from "@/lib/teams/ad-hoc";

/** What is offered at `/{handle}/{slug}`, or by several people at `/{handle}+{handle}/{minutes}`, hidden or not; null when there is nothing. */
export async function getPageOffer(handle: string, slug: string): Promise<Offer | null> {
  const together = readTogether(handle);
  if (together) {
    const opened = await openTogether(together, readMinutes(slug));
    return opened.ok ? opened.value : null;
  }
  const written = handleForm.test(handle.toLowerCase()) && handleForm.test(slug.toLowerCase());
  const offer = written ? await getOffer(db(), handle, slug) : null;
  return offer?.eventType.isAdHoc ? reopenTogether(offer) : offer;
}

/** An offer as visitors of this language read it. PURE. */
export function offerInLanguage(offer: Offer, locale: Locale): Offer {
  return { ...offer, eventType: inLanguage(offer.eventType, locale) };
}

export interface MoveOffer {
  offer: Offer;
  durationMinutes: number;
  /** The meeting that moves along, so that its own time is free; undefined where others attend it too. */
  meetingId: string | undefined;
}

/**
 * What a booking can be moved to: the event type as it is offered now, or what the booking keeps of one that was deleted. Null for a booking
 * that is gone, and for an organizer who has no schedule any more.
 */
export async function getMoveOffer(bookingId: string): Promise<MoveOffer | null> {
  const booking = await db().booking.findUnique({
    where: { id: bookingId },
    select: {
      eventTypeId: true,
      startsAt: true,
      endsAt: true,
      meetingId: true,
      hosts: { select: { userId: true } },
      meeting: {
        select: { _count: { select: { bookings: { where: { status: { in: [...holdingStatuses] } } } } } },
      },
    },
  });
  if (!booking) return null;
  const { eventTypeId } = booking;
  const whole = eventTypeId ? await getOfferById(db(), eventTypeId) : await getRemnant(db(), bookingId);
  if (!whole) return null;
  const isKept = whole.eventType.onReschedule === "same_host";
  const hostIds = booking.hosts.map(({ userId }) => userId);
  return {
    offer: isKept ? withHosts(whole, hostIds) : whole,
    durationMinutes: (booking.endsAt.getTime() - booking.startsAt.getTime()) / 60_000,
    meetingId: booking.meeting._count.bookings === 1 ? booking.meetingId : undefined,
  };
}
