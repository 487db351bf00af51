import type { Command } from "@/components/keyboard/commands";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";

/** The pages of an organizer, by their own names. */
export function listPages(
  { handle, role }: { handle: string; role: "organizer" | "admin" },
  locale: Locale,
): Command[] {
  const common = translator("common", locale);
  const bookings = translator("bookings", locale);
  return [
    { href: "/account/bookings", label: common("tabs.bookings") },
    { href: "/account/today", label: bookings("dayList.open") },
    { href: "/account/bookings/week", label: bookings("calendar.title") },
    { href: "/account/insights", label: bookings("insights.title") },
    { href: "/account/bookings/new", label: bookings("onBehalf.action") },
    { href: "/account/bookings/blocked", label: translator("blocks", locale)("title") },
    { href: "/account/event-types", label: common("tabs.event-types") },
    { href: "/account/event-types/new", label: translator("event-types", locale)("new") },
    { href: "/account/availability", label: common("tabs.availability") },
    { href: "/account/integrations", label: common("tabs.integrations") },
    { href: `/${handle}`, label: common("personMenu.publicPage") },
    { href: "/account/profile", label: common("personMenu.profile") },
    { href: "/account/security", label: common("personMenu.security") },
    { href: "/account/teams", label: common("personMenu.teams") },
    { href: "/account/developer", label: common("personMenu.developer") },
    ...(role === "admin" ? [{ href: "/admin", label: common("personMenu.admin") }] : []),
    { href: "/help", label: common("personMenu.help") },
  ];
}
