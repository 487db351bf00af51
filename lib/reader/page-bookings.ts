import { headers } from "next/headers";
import { cache } from "react";
import { clientAddress } from "@/lib/auth/client-address";
import { getAskedVisitor } from "@/lib/booking/confirm";
import { getMailedDecision } from "@/lib/booking/decision-links";
import { getBookingByJoinToken, getBookingByToken } from "@/lib/booking-record/queries";
import { requestIdHeader } from "@/lib/config/request-id";
import { noteFailedLookup } from "@/lib/shield/failed-lookups";

/** The booking behind a visitor's link, asked of the database once a page; null for any token that is not one. */
export const bookingOfPage = cache(counting(getBookingByToken));

/** The booking behind a join page, asked once a page; null for any token that is not one. */
export const bookingOfJoinPage = cache(counting(getBookingByJoinToken));

/** What a link in a mail would confirm, asked once a page; null for one that never was. */
export const askedVisitorOfPage = cache(counting((token) => getAskedVisitor(token)));

/** What a link in a mail would decide, asked once a page; null for one that never was. */
export const decisionOfPage = cache(counting((token) => getMailedDecision(token)));

/** The last requests that were counted: a page that isn't there is made twice, and asks again. */
const counted: string[] = [];

/** Whoever asks for what there isn't may be guessing. */
function counting<Found>(find: (token: string) => Promise<Found | null>) {
  return async (token: string): Promise<Found | null> => {
    const found = await find(token);
    if (found !== null) return found;
    const sent = await headers();
    const id = sent.get(requestIdHeader) ?? "";
    if (counted.includes(id)) return null;
    counted.push(id);
    if (counted.length > 100) counted.shift();
    await noteFailedLookup(clientAddress(sent));
    return null;
  };
}
