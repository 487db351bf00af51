import {
  changeCalendarsEndpoint,
  getCalendarsEndpoint,
  toCalendarsAnswer,
  toChoices,
} from "@/lib/api/endpoints/calendars";
import { route } from "@/lib/api/route";
import { found, serve } from "@/lib/api/serve";
import { getCalendarChoices, saveCalendarChoices } from "@/lib/calendars/choices";
import { err } from "@/lib/result";

async function readAnswer(userId: string) {
  const overview = await getCalendarChoices(userId);
  return found(overview && toCalendarsAnswer(overview, Date.now()));
}

const codes = {
  not_connected: "not_found",
  unknown_calendar: "unknown_calendar",
  not_writable: "calendar_read_only",
} as const;

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(getCalendarsEndpoint, ({ organizer }) => readAnswer(organizer.id)),
  serve(changeCalendarsEndpoint, async ({ organizer, body }) => {
    const overview = await getCalendarChoices(organizer.id);
    if (!overview) return err("not_found");
    const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
    const saved = await saveCalendarChoices(organizer.id, { ...toChoices(overview), ...given });
    return saved.ok ? readAnswer(organizer.id) : err(codes[saved.error.code]);
  }),
);
