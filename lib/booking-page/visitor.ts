import { cookies, headers } from "next/headers";
import { holdCookie, readHoldKey } from "@/lib/booking-page/hold-key";
import { type Weekday, weekStartOf } from "@/lib/booking-page/month";
import { readZone } from "@/lib/booking-page/places";
import type { Clock } from "@/lib/booking-page/spoken-time";
import { languageTag } from "@/lib/input/text";

/** What the browser of a visitor tells about them; nothing here is stored on our side. */
export interface Visitor {
  /** IANA, as their browser found it on an earlier page; null before that. */
  zone: string | null;
  clock: Clock | null;
  weekStartsOn: Weekday;
  /** BCP 47 */
  locale: string | undefined;
  /** The key under which their browser holds a slot. */
  holdKey: string | null;
}

/** Reads the visitor's zone and clock (cookies that the page's script sets) and their language. */
export async function readVisitor(): Promise<Visitor> {
  const jar = await cookies();
  const clock = jar.get("clock")?.value;
  const locale = firstLanguage((await headers()).get("accept-language"));
  return {
    zone: readZone(jar.get("tz")?.value),
    clock: clock === "12" || clock === "24" ? clock : null,
    weekStartsOn: weekStartOf(locale ?? ""),
    locale,
    holdKey: readHoldKey(jar.get(holdCookie)?.value),
  };
}

function firstLanguage(accepted: string | null): string | undefined {
  const tag = accepted?.split(/[,;]/)[0]?.trim() ?? "";
  return languageTag.safeParse(tag).data;
}
