import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";

/** What a confirmation of an online appointment says around the organizer's own words, for a look at it. PURE. */
export function sampleMail(organizer: string, visitor: string, locale: Locale) {
  const words = translator("mails", locale);
  const lead = words("booking.confirmed.lead", { organizer, approved: "false", link: "verified" });
  return { organizer, visitor, greeting: words("greeting", { name: visitor }), lead };
}
