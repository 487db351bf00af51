import { cache } from "react";
import { getAskedVisitor } from "@/lib/booking/confirm";
import { getMailedDecision } from "@/lib/booking/decision-links";
import { getBookingByJoinToken, getBookingByToken } from "@/lib/booking-record/queries";

/** The booking behind a visitor's link, asked of the database once a page; null for any token that is not one. */
export const bookingOfPage = cache(getBookingByToken);

/** The booking behind a join page, asked once a page; null for any token that is not one. */
export const bookingOfJoinPage = cache(getBookingByJoinToken);

/** What a link in a mail would confirm, asked once a page; null for one that never was. */
export const askedVisitorOfPage = cache((token: string) => getAskedVisitor(token));

/** What a link in a mail would decide, asked once a page; null for one that never was. */
export const decisionOfPage = cache((token: string) => getMailedDecision(token));
