import { cookies } from "next/headers";
import { readerTag } from "@/lib/booking-page/asked-tags";
import { holdCookie, readHoldKey } from "@/lib/booking-page/hold-key";
import { type Weekday, weekStartOf } from "@/lib/booking-page/month";
import { clockOf, usualLocale, withClock } from "@/lib/format/clock";
import { readZone } from "@/lib/format/places";
import type { Clock } from "@/lib/format/spoken-time";

/** What a visitor's browser says about them; nothing here is stored on our side. */
export interface Visitor {
  /** IANA, as their browser found it on an earlier page; null before that. */
  zone: string | null;
  /** The one they have chosen, or else that of their language. */
  clock: Clock;
  weekStartsOn: Weekday;
  /** BCP 47, with the clock they have chosen where it is not that of the language. */
  locale: string | undefined;
  /** The key under which their browser holds a slot. */
  holdKey: string | null;
}

/**
 * Reads the visitor's zone and clock (cookies that the page's script sets) and their language. On a booking's pages `known` is the
 * language it was made in, so that they say the same as its mails.
 */
export async function readVisitor(known?: string): Promise<Visitor> {
  const jar = await cookies();
  const locale = known ?? (await readerTag());
  const chosen = readClockChoice(jar.get("clock")?.value);
  return {
    zone: readZone(jar.get("tz")?.value),
    clock: chosen ?? clockOf(locale ?? usualLocale),
    weekStartsOn: weekStartOf(locale ?? ""),
    locale: chosen ? withClock(locale ?? usualLocale, chosen) : locale,
    holdKey: readHoldKey(jar.get(holdCookie)?.value),
  };
}

/** The clock of anyone who reads this page, visitor or organizer. */
export async function readClock(): Promise<Clock> {
  return (await readVisitor()).clock;
}

function readClockChoice(value: string | undefined): Clock | null {
  return value === "12" || value === "24" ? value : null;
}
