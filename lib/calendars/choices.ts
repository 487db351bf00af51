/** What an organizer chose of their calendars: which block, what in them blocks, where bookings go, how old a reading may be. */

import { z } from "zod";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { requestSync } from "@/lib/calendars/jobs";
import { staleMinutes } from "@/lib/calendars/pace";
import { db, type Tx } from "@/lib/database/client";
import { usuallyOpen } from "@/lib/meetings/calendar-reader";
import { addressOf } from "@/lib/meetings/shared-calendars";
import { err, ok, type Result } from "@/lib/result";

/** What an event can be shown as; `unknown` is any value that Outlook may add. */
export const statuses = ["busy", "tentative", "oof", "workingElsewhere", "unknown", "free"] as const;

const outages = ["refuse", "accept_fresh"] as const;

/** Ages offered in the form, in minutes. */
export const offeredStaleMinutes = [5, 10, 15, 30, 60, 240] as const;

const whole = z
  .number()
  .int("whole_number")
  .min(staleMinutes.least, "number_min")
  .max(staleMinutes.most, "number_max");

export const calendarChoicesInput = z.strictObject({
  /** IDs of the calendars checked for conflicts. */
  blockingIds: z
    .array(z.uuid())
    .max(200, "too_many")
    .meta({ description: "Calendars checked for conflicts" }),
  targetId: z.uuid().nullable().meta({
    description:
      "The calendar that bookings are added to. null: none, so that Bellhop only reads and creates no Teams meetings",
  }),
  blockingStatuses: z
    .array(z.enum(statuses))
    .max(50, "too_many")
    .meta({ description: "Show as statuses that count as busy" }),
  staleAfterMinutes: whole.meta({
    description: "Times are offered only if the calendars were read within this many minutes",
  }),
  whenUnreachable: z.enum(outages).meta({
    description:
      "While Outlook does not answer: refuse a booking, or accept it where the calendar was read within the last minute",
  }),
});

export type CalendarChoices = z.output<typeof calendarChoicesInput>;

const defaults = { staleAfterMinutes: 15, whenUnreachable: "refuse", readOnly: false } as const;

/** What is chosen now, with the calendars there are, the account's own first; null without a connection. */
export async function getCalendarChoices({ ownerId: userId }: OwnerScope) {
  const [connection, rules] = await Promise.all([
    db().meetingProviderConnection.findUnique({
      where: { userId_provider: { userId, provider: "teams" } },
      select: {
        id: true,
        state: true,
        reason: true,
        calendarSync: { select: { calendarsReadAt: true, problem: true } },
        calendars: {
          select: {
            id: true,
            name: true,
            color: true,
            isDefault: true,
            canEdit: true,
            hasMeetings: true,
            calendarId: true,
            ownerAddress: true,
            blocks: true,
            isTarget: true,
            syncedAt: true,
            problem: true,
            problemSince: true,
          },
          orderBy: [{ isDefault: "desc" }, { name: "asc" }],
        },
      },
    }),
    db().calendarRules.findUnique({ where: { userId } }),
  ]);
  if (!connection) return null;
  const { readOnly, staleAfterMinutes, whenUnreachable } = rules ?? defaults;
  const openStatuses: readonly string[] = rules?.openStatuses ?? usuallyOpen;
  return {
    connectionId: connection.id,
    /** Only a person can fix it, or there is no mailbox: the last known state counts, and no times are closed. */
    isEnded: connection.state === "reconnect_needed" || connection.reason === "no_mailbox",
    isListed: connection.calendarSync?.calendarsReadAt != null,
    listProblem: connection.calendarSync?.problem ?? null,
    calendars: isOnlyRead(connection)
      ? connection.calendars.map((calendar) => ({ ...calendar, canEdit: false }))
      : connection.calendars,
    /** The organizer chose that nothing is written: no events, and so no Teams meetings. */
    isReadOnly: readOnly,
    targetId: readOnly ? null : (connection.calendars.find(({ isTarget }) => isTarget)?.id ?? null),
    blockingStatuses: statuses.filter((status) => !openStatuses.includes(status)),
    staleAfterMinutes,
    whenUnreachable,
  };
}

/** Someone else's calendars of an organizer's, with whether they were added by their address: those are taken off here, others in Outlook. */
export function sharedOf({ calendars }: CalendarOverview) {
  return calendars.flatMap(({ calendarId, ownerAddress, ...calendar }) =>
    ownerAddress === null ? [] : [{ ...calendar, ownerAddress, isAdded: addressOf(calendarId) !== null }],
  );
}

/** The account was asked for nothing but reading. */
const isOnlyRead = ({ reason }: { reason: string | null }) => reason === "read_only";

export type CalendarOverview = NonNullable<Awaited<ReturnType<typeof getCalendarChoices>>>;

export type ChoiceRefusal =
  | { code: "not_connected" }
  /** A calendar that is not, or no longer, the organizer's. */
  | { code: "unknown_calendar" }
  /** Bookings can't be written to it. */
  | { code: "not_writable" };

/** Keeps what the organizer chose. Calendars that start to block are read immediately. */
export async function saveCalendarChoices(
  { ownerId: userId }: OwnerScope,
  choices: CalendarChoices,
): Promise<Result<null, ChoiceRefusal>> {
  return db().$transaction(async (tx) => {
    const connection = await tx.meetingProviderConnection.findUnique({
      where: { userId_provider: { userId, provider: "teams" } },
      select: { id: true, reason: true, calendars: { select: { id: true, canEdit: true } } },
    });
    if (!connection) return err("not_connected");
    const byId = new Map(connection.calendars.map((calendar) => [calendar.id, calendar]));
    const { targetId, blockingIds } = choices;
    if (![...blockingIds, ...(targetId ? [targetId] : [])].every((id) => byId.has(id)))
      return err("unknown_calendar");
    if (targetId && (isOnlyRead(connection) || !byId.get(targetId)?.canEdit)) return err("not_writable");
    const rules = {
      openStatuses: statuses.filter((status) => !choices.blockingStatuses.includes(status)),
      staleAfterMinutes: choices.staleAfterMinutes,
      whenUnreachable: choices.whenUnreachable,
      readOnly: targetId === null,
    };
    await tx.calendarRules.upsert({ where: { userId }, create: { userId, ...rules }, update: rules });
    await chooseCalendars(tx, connection.id, choices);
    await requestSync(tx, connection.id);
    return ok(null);
  });
}

async function chooseCalendars(
  tx: Tx,
  connectionId: string,
  { blockingIds, targetId }: CalendarChoices,
): Promise<void> {
  const isChosen = targetId === null ? blockingIds : [...blockingIds, targetId];
  if (targetId !== null) {
    await tx.syncedCalendar.updateMany({ where: { connectionId }, data: { isTarget: false } });
    await tx.syncedCalendar.updateMany({ where: { connectionId, id: targetId }, data: { isTarget: true } });
  }
  await tx.syncedCalendar.updateMany({
    where: { connectionId, id: { notIn: blockingIds } },
    data: { blocks: false },
  });
  await tx.syncedCalendar.updateMany({
    where: { connectionId, id: { in: blockingIds } },
    data: { blocks: true },
  });
  await tx.syncedCalendar.updateMany({
    where: { connectionId, id: { in: isChosen } },
    data: { nextPollAt: new Date() },
  });
  // A copy that no one keeps in step is worth nothing once the calendar is chosen again.
  await tx.syncedCalendar.updateMany({
    where: { connectionId, blocks: false, isTarget: false },
    data: { nextPollAt: null, syncedAt: null, problem: null, problemSince: null, attempts: 0 },
  });
}
