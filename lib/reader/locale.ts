import { cache } from "react";
import { currentPath, getOrganizer } from "@/lib/auth/guards";
import { readerTag } from "@/lib/booking-page/asked-tags";
import { readFrame } from "@/lib/booking-page/frame";
import { type Locale, localeOf } from "@/lib/i18n/languages";
import {
  askedVisitorOfPage,
  bookingOfJoinPage,
  bookingOfPage,
  decisionOfPage,
} from "@/lib/reader/page-bookings";

/**
 * The language of the page that is being made, or of the form that is being answered, once a request: on a booking's pages the one it
 * was made in, where someone is signed in their own, elsewhere what its reader asks for (lib/booking-page/asked-tags.ts). Async code
 * awaits it, a component says `use(getLocale())`.
 */
export const getLocale = cache(
  async (): Promise<Locale> => localeOf((await getKnownTag()) ?? (await readerTag()) ?? ""),
);

/** Whether readers choose the language of this page themselves. */
export async function isLanguageChosenHere(): Promise<boolean> {
  return (await getKnownTag()) === undefined;
}

/** The language (BCP 47) stored for the readers of this page; undefined if there is none. */
const getKnownTag = cache(async (): Promise<string | undefined> => {
  const path = await currentPath();
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
});
