import { cache } from "react";
import { currentPath, getOrganizer } from "@/lib/auth/guards";
import { askedTags } from "@/lib/booking-page/asked-tags";
import { readFrame } from "@/lib/booking-page/frame";
import { findLocale, type Locale, localeOf } from "@/lib/i18n/languages";
import {
  askedVisitorOfPage,
  bookingOfJoinPage,
  bookingOfPage,
  decisionOfPage,
} from "@/lib/reader/page-bookings";

/**
 * The language of the page that is being made, or of the form that is being answered, once a request: on a booking's pages the one it
 * was made in, where someone is signed in their own, elsewhere what the browser asks for. Async code awaits it, a component says
 * `use(getLocale())`.
 */
export const getLocale = cache(async (): Promise<Locale> => {
  const known = await knownTag(await currentPath());
  return known === undefined ? localeOf(findLocale(await askedTags()) ?? "") : localeOf(known);
});

/** The language (BCP 47) stored for the readers of this path; undefined if there is none. */
async function knownTag(path: string): Promise<string | undefined> {
  const [, area = "", token = ""] = path.split(/[/?]/);
  switch (area) {
    case "booking":
      return (await bookingOfPage(token))?.visitor.locale;
    case "j":
      return (await bookingOfJoinPage(token))?.visitor.locale;
    case "confirm":
      return (await askedVisitorOfPage(token))?.booking.visitor.locale;
    case "decide":
      return (await decisionOfPage(token))?.booking.organizer.locale;
    case "embed": {
      const booked = readFrame(path)?.token;
      return booked ? (await bookingOfPage(booked))?.visitor.locale : undefined;
    }
    case "account":
    case "admin":
    case "api":
      return (await getOrganizer())?.locale;
    default:
      return undefined;
  }
}
