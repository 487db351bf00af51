import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import type { AutomaticReplies } from "@/lib/calendars/automatic-replies";
import { type CalendarOverview, calendarChoicesInput } from "@/lib/calendars/choices";
import { findClosing } from "@/lib/calendars/closing";

const path = "/api/v1/me/connections/teams/calendars";
const instant = z.iso.datetime();

const calendar = z.object({
  id: z.uuid(),
  name: z.string(),
  color: z.string().nullable(),
  isDefault: z.boolean().meta({ description: "The account's main calendar" }),
  canEdit: z.boolean(),
  sharedBy: z.string().nullable().meta({
    description:
      "Address of whoever else it belongs to. It's polled, and Teams meetings in it are theirs. null: the account",
  }),
  teamsAvailable: z.boolean().meta({ description: "Teams meetings can be created in it" }),
  blocks: z.boolean(),
  asOf: instant.nullable().meta({ description: "When it was last read. null: not yet, or not synced" }),
  problem: z.string().nullable().meta({ description: "Why the last reading failed, as a stable code" }),
});

const answer = z
  .object({
    closed: z.boolean().meta({ description: "No times are offered, because a calendar can't be read" }),
    calendars: z.array(calendar),
    automaticReplies: z
      .object({
        closesTimes: z.boolean().meta({ description: "No times are offered while they're on" }),
        startsAt: instant.nullable().meta({ description: "From when they're on. null: they're off" }),
        endsAt: instant.nullable().meta({ description: "null: until they're turned off" }),
        problem: z.string().nullable().meta({ description: "Why they couldn't be read, as a stable code" }),
      })
      .nullable()
      .meta({
        description: "Automatic replies in Outlook. null: they aren't read, for lack of the permission",
      }),
    ...calendarChoicesInput.shape,
  })
  .meta({ id: "Calendars" });

export const getCalendarsEndpoint = endpoint({
  method: "GET",
  path,
  access: "read",
  summary: "Read which of your calendars are checked for conflicts, and where bookings are added",
  answer,
  problems: ["not_found"],
});

export const changeCalendarsEndpoint = endpoint({
  method: "PATCH",
  path,
  access: "all",
  summary: "Choose your calendars. What you leave out stays the same",
  body: calendarChoicesInput.partial(),
  answer,
  problems: ["not_found", "unknown_calendar", "calendar_read_only"],
});

/** What an organizer chose, without what only their pages need. */
export function toChoices(overview: CalendarOverview) {
  const { calendars, targetId, blockingStatuses, staleAfterMinutes, whenUnreachable } = overview;
  const blockingIds = calendars.filter(({ blocks }) => blocks).map(({ id }) => id);
  return { blockingIds, targetId, blockingStatuses, staleAfterMinutes, whenUnreachable };
}

/** Calendars as the API writes them. */
export function toCalendarsAnswer(overview: CalendarOverview, replies: AutomaticReplies | null, now: number) {
  return {
    closed: findClosing(overview, now) !== null,
    calendars: overview.calendars.map(
      ({ id, name, color, isDefault, canEdit, blocks, problem, ...rest }) => ({
        id,
        name,
        color,
        isDefault,
        canEdit,
        sharedBy: rest.ownerAddress,
        teamsAvailable: rest.hasMeetings,
        blocks,
        asOf: rest.syncedAt?.toISOString() ?? null,
        problem,
      }),
    ),
    automaticReplies: replies && {
      closesTimes: replies.closesTimes,
      startsAt: replies.startsAt?.toISOString() ?? null,
      endsAt: replies.endsAt?.toISOString() ?? null,
      problem: replies.problem,
    },
    ...toChoices(overview),
  };
}
