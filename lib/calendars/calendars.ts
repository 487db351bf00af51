/** Which calendars a connected account has, which of them are checked for conflicts, and which one bookings are added to. */

import { nextAttemptAt } from "@/lib/calendars/pace";
import { db } from "@/lib/database/client";
import { lockRow } from "@/lib/database/lock-row";
import type { CalendarInfo } from "@/lib/meetings/calendar-reader";
import { type CallContext, ProviderError } from "@/lib/meetings/provider";
import { calendarPort } from "@/lib/meetings/registry-calendar";
import { addressOf, byAddress } from "@/lib/meetings/shared-calendars";

const dayMs = 24 * 3600_000;
const timeoutMs = 15_000;

/** The account's default calendar, which is read without its ID: the only one known if the list is refused. */
const ownCalendar: CalendarInfo = {
  calendarId: "own",
  name: "",
  color: null,
  isDefault: true,
  canEdit: true,
  hasMeetings: false,
  ownerAddress: null,
};

/** Reads the list again and keeps what the organizer chose. Null: done; otherwise why it could not be read. */
export async function refreshCalendars(
  connection: { id: string; userId: string },
  priority: "visitor" | "sync" = "sync",
): Promise<ProviderError["code"] | null> {
  const connectionId = connection.id;
  try {
    const context = { userId: connection.userId, priority, timeoutMs };
    const listed = { connectionId, calendarId: { not: ownCalendar.calendarId } };
    const isFirst = (await db().syncedCalendar.count({ where: listed })) === 0;
    const calendars = await calendarPort("teams")
      .listCalendars(context)
      .catch((error: unknown) => onlyOwn(error, isFirst));
    const hasOwn = calendars.some(({ isDefault }) => isDefault);
    const shared = await readShared(connectionId, context);
    await storeCalendars(connectionId, [...(hasOwn ? [] : [ownCalendar]), ...calendars, ...shared]);
    return null;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const nextListAt = new Date(nextAttemptAt(Date.now(), 2, error.details.retryAfterSeconds));
    await db().calendarSync.updateMany({
      where: { connectionId },
      data: { problem: error.code, nextListAt },
    });
    return error.code;
  }
}

/** Calendars listed before don't disappear because the list is refused now. */
function onlyOwn(error: unknown, isFirst: boolean): CalendarInfo[] {
  if (isFirst && error instanceof ProviderError && error.isNotOffered) return [ownCalendar];
  throw error;
}

/** The calendars that the organizer added by their address, as they are now; one that can't be read stays as it was. */
async function readShared(connectionId: string, context: CallContext): Promise<CalendarInfo[]> {
  const known = await db().syncedCalendar.findMany({
    where: { connectionId, calendarId: { startsWith: byAddress }, ownerAddress: { not: null } },
    select: { ownerAddress: true },
  });
  const found = await Promise.all(
    known.map(async ({ ownerAddress }) => {
      try {
        return [await calendarPort("teams").findShared(context, ownerAddress ?? "")];
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error;
        return [];
      }
    }),
  );
  return found.flat();
}

/**
 * Someone else's calendar that is chosen stays though it isn't listed any more: it is shared no longer, and its organizer has to know of it
 * before times open that may be taken.
 */
async function storeCalendars(connectionId: string, calendars: CalendarInfo[]): Promise<void> {
  const now = new Date();
  await db().$transaction(async (tx) => {
    if (!(await lockRow(tx, "CalendarSync", { connectionId }))) return;
    const known = await tx.syncedCalendar.findMany({ where: { connectionId } });
    const isKept = (one: (typeof known)[number]) =>
      one.ownerAddress !== null && (one.blocks || one.isTarget || addressOf(one.calendarId) !== null);
    const kept = known.filter(isKept).map(({ calendarId }) => calendarId);
    const ids = [...calendars.map(({ calendarId }) => calendarId), ...kept];
    await tx.syncedCalendar.deleteMany({ where: { connectionId, calendarId: { notIn: ids } } });
    const isFirst = known.length === 0;
    // The account's own calendar stays what it is under another id, as after a move of the mailbox.
    const ownBefore = ({ isDefault }: CalendarInfo) =>
      known.find((one) => isDefault && one.isDefault && !ids.includes(one.calendarId));
    const targetStays = known.some(({ isTarget, calendarId }) => isTarget && ids.includes(calendarId));
    for (const calendar of calendars) {
      const earlier =
        known.find(({ calendarId }) => calendarId === calendar.calendarId) ?? ownBefore(calendar);
      const blocks = earlier?.blocks ?? (isFirst && calendar.isDefault);
      const isTarget = targetStays ? (earlier?.isTarget ?? false) : calendar.isDefault;
      const choice = { blocks, isTarget };
      const nextPollAt = blocks || isTarget ? (earlier?.nextPollAt ?? now) : null;
      await tx.syncedCalendar.upsert({
        where: { connectionId_calendarId: { connectionId, calendarId: calendar.calendarId } },
        create: { connectionId, ...calendar, ...choice, nextPollAt },
        update: { ...calendar, ...choice, nextPollAt },
      });
    }
    await tx.calendarSync.update({
      where: { connectionId },
      data: {
        calendarsReadAt: now,
        problem: null,
        nextListAt: new Date(now.getTime() + dayMs * (0.9 + 0.1 * Math.random())),
      },
    });
  });
}
