import { findIana } from "windows-iana";
import { isValidTimeZone } from "@/lib/slot-engine/zone";

/** The IANA zone that a name means, which is IANA's own or Windows'; null where it means none. PURE. */
export function ianaZoneOf(name: string): string | null {
  return isValidTimeZone(name) ? name : (findIana(name)[0] ?? null);
}
