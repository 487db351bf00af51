/** Addresses that open a web calendar with the appointment filled in. PURE. */
import type { CalendarEntry } from "@/lib/calendar-links/entry";
import { utc } from "@/lib/calendar-links/ics";

/** Google's template page; its dates are UTC in the short form. */
export function googleCalendarUrl(entry: CalendarEntry): string {
  return address("https://calendar.google.com/calendar/render", {
    action: "TEMPLATE",
    text: entry.title,
    dates: `${utc(entry.startsAt)}/${utc(entry.endsAt)}`,
    details: entry.description,
    location: entry.location,
  });
}

/** Outlook.com, for personal Microsoft accounts. */
export function outlookComUrl(entry: CalendarEntry): string {
  return outlookUrl("https://outlook.live.com", entry);
}

/** Outlook on the web, for work and school accounts. */
export function microsoft365Url(entry: CalendarEntry): string {
  return outlookUrl("https://outlook.office.com", entry);
}

function outlookUrl(origin: string, entry: CalendarEntry): string {
  return address(`${origin}/calendar/0/deeplink/compose`, {
    path: "/calendar/action/compose",
    rru: "addevent",
    subject: entry.title,
    startdt: entry.startsAt.toISOString(),
    enddt: entry.endsAt.toISOString(),
    body: entry.description.replace(/\n/g, "<br>"),
    location: entry.location,
  });
}

/** Outlook shows a plus as a plus, so spaces are written as `%20`. */
function address(page: string, parameters: Record<string, string>): string {
  const query = Object.entries(parameters)
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${page}?${query.join("&")}`;
}
