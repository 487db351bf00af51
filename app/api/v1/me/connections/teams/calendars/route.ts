import {
  changeCalendarsEndpoint,
  getCalendarsEndpoint,
  toCalendarsAnswer,
  toChoices,
} from "@/lib/api/endpoints/calendars";
import { route } from "@/lib/api/route";
import { found, serve } from "@/lib/api/serve";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { areRepliesRead, getAutomaticReplies } from "@/lib/calendars/automatic-replies";
import { getCalendarChoices, saveCalendarChoices } from "@/lib/calendars/choices";
import { getConnection } from "@/lib/connections/queries";
import { err } from "@/lib/result";

async function readAnswer(scope: OwnerScope) {
  const [overview, connection] = await Promise.all([
    getCalendarChoices(scope),
    getConnection(scope, "teams"),
  ]);
  const replies = connection && areRepliesRead(connection) ? await getAutomaticReplies(scope) : null;
  return found(overview && toCalendarsAnswer(overview, replies, Date.now()));
}

const codes = {
  not_connected: "not_found",
  unknown_calendar: "unknown_calendar",
  not_writable: "calendar_read_only",
} as const;

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(getCalendarsEndpoint, ({ organizer }) => readAnswer(organizer.scope)),
  serve(changeCalendarsEndpoint, async ({ organizer, body }) => {
    const overview = await getCalendarChoices(organizer.scope);
    if (!overview) return err("not_found");
    const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
    const saved = await saveCalendarChoices(organizer.scope, { ...toChoices(overview), ...given });
    return saved.ok ? readAnswer(organizer.scope) : err(codes[saved.error.code]);
  }),
);
