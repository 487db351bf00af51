import { headers } from "next/headers";
import { cache } from "react";
import { clientAddress } from "@/lib/auth/client-address";
import { getAskedVisitor } from "@/lib/booking/confirm";
import { getMailedDecision } from "@/lib/booking/decision-links";
import { getBookingByJoinToken, getBookingByToken } from "@/lib/booking-record/queries";
import { noteFailedLookup } from "@/lib/shield/failed-lookups";

/** The booking behind a visitor's link, asked of the database once a page; null for any token that is not one. */
export const bookingOfPage = cache(counted(getBookingByToken));

/** The booking behind a join page, asked once a page; null for any token that is not one. */
export const bookingOfJoinPage = cache(counted(getBookingByJoinToken));

/** What a link in a mail would confirm, asked once a page; null for one that never was. */
export const askedVisitorOfPage = cache(counted((token) => getAskedVisitor(token)));

/** What a link in a mail would decide, asked once a page; null for one that never was. */
export const decisionOfPage = cache(counted((token) => getMailedDecision(token)));

/** Whoever asks for what there isn't may be guessing. */
function counted<Found>(find: (token: string) => Promise<Found | null>) {
  return async (token: string): Promise<Found | null> => {
    const found = await find(token);
    if (found === null) await noteFailedLookup(clientAddress(await headers()));
    return found;
  };
}
