import { z } from "zod";
import { isValidTimeZone } from "@/lib/slot-engine/zone";

/** Years of four digits in UTC too: what JavaScript writes and PostgreSQL reads alike. */
const years = { start: Date.parse("0001-01-01T00:00:00Z"), end: Date.parse("9999-12-31T23:59:59.999Z") };

function hasPlainYear(text: string): boolean {
  const at = Date.parse(text);
  return at >= years.start && at <= years.end;
}

/** An instant as programs write it: ISO 8601 with `Z` or an offset. */
export const instant = z.iso
  .datetime({ offset: true, error: "instant_form", abort: true })
  .refine(hasPlainYear, "instant_form")
  .meta({ description: "ISO 8601 instant, UTC with Z", examples: ["2027-03-01T09:00:00Z"] });

export const timeZone = z
  .string()
  .refine(isValidTimeZone, "time_zone_unknown")
  .meta({ description: "IANA time zone", examples: ["Europe/Paris"] });
