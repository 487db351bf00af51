/** Calendars of other mailboxes that an organizer adds by their address: a shared mailbox's, or a colleague's who has shared it with them. */
import { z } from "zod";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { refreshCalendars } from "@/lib/calendars/calendars";
import { requestSync } from "@/lib/calendars/jobs";
import { db } from "@/lib/database/client";
import { mailAddress } from "@/lib/input/email";
import { ProviderError } from "@/lib/meetings/provider";
import { calendarPort } from "@/lib/meetings/registry-calendar";
import { addressOf } from "@/lib/meetings/shared-calendars";
import { isAllowed } from "@/lib/registration/optional-scopes";
import { err, ok, type Result } from "@/lib/result";

/** Each is asked whenever someone books. */
const maxShared = 10;

const callTimeoutMs = 10_000;

export const sharedCalendarInput = z.strictObject({ address: mailAddress });

export type ShareRefusal = {
  code:
    | "not_connected"
    /** The organizer has not allowed shared calendars. */
    | "not_allowed"
    /** A personal account, or one that its organization opens for this server. */
    | "not_offered"
    /** The organizer's own address. */
    | "own"
    | "too_many"
    /** Outlook doesn't open it: there is no such mailbox, or its owner has not shared it. */
    | "no_access"
    | "unavailable";
};

/**
 * Adds the own calendar of another mailbox, to be checked for conflicts from now on. Adding one twice does no harm. Throws nothing that Outlook
 * answers.
 */
export async function addSharedCalendar(
  { ownerId: userId }: OwnerScope,
  { address }: z.output<typeof sharedCalendarInput>,
): Promise<Result<{ id: string }, ShareRefusal>> {
  const connection = await db().meetingProviderConnection.findUnique({
    where: { userId_provider: { userId, provider: "teams" } },
    select: {
      id: true,
      userId: true,
      state: true,
      managed: true,
      accountKind: true,
      accountEmail: true,
      scopes: true,
      calendarSync: { select: { calendarsReadAt: true } },
    },
  });
  if (!connection || connection.state === "reconnect_needed") return err("not_connected");
  if (connection.managed || connection.accountKind === "personal") return err("not_offered");
  if (!isAllowed("shared", connection.scopes)) return err("not_allowed");
  if (address.toLowerCase() === connection.accountEmail.toLowerCase()) return err("own");
  const connectionId = connection.id;
  const others = { connectionId, ownerAddress: { not: null } };
  if ((await db().syncedCalendar.count({ where: others })) >= maxShared) return err("too_many");
  // Of the calendars that are known the account's own is the first: what is checked before they were listed is that one alone.
  const isListed = connection.calendarSync?.calendarsReadAt != null;
  if (!isListed && (await refreshCalendars(connection, "visitor")) !== null) return err("unavailable");
  try {
    const context = { userId, priority: "visitor", timeoutMs: callTimeoutMs } as const;
    const { calendarId, ...found } = await calendarPort("teams").findShared(context, address);
    return await db().$transaction(async (tx) => {
      const { id } = await tx.syncedCalendar.upsert({
        where: { connectionId_calendarId: { connectionId, calendarId } },
        create: { connectionId, calendarId, ...found, blocks: true, nextPollAt: new Date() },
        update: found,
        select: { id: true },
      });
      await requestSync(tx, connectionId);
      return ok({ id });
    });
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return err(error.isOfSharedCalendar ? "no_access" : "unavailable");
  }
}

/**
 * Takes a calendar that was added by its address off the list: it keeps no visitors away any more, and bookings go to the account's own if they went there.
 * Bookings whose events are in it go on as they are. False: there is no such calendar.
 */
export async function removeSharedCalendar({ ownerId: userId }: OwnerScope, id: string): Promise<boolean> {
  return db().$transaction(async (tx) => {
    const calendar = await tx.syncedCalendar.findFirst({
      where: { id, ownerAddress: { not: null }, connection: { userId, provider: "teams" } },
      select: { connectionId: true, calendarId: true, isTarget: true },
    });
    if (!calendar || addressOf(calendar.calendarId) === null) return false;
    const { connectionId, isTarget } = calendar;
    await tx.syncedCalendar.deleteMany({ where: { id } });
    if (isTarget) {
      await tx.syncedCalendar.updateMany({
        where: { connectionId, isDefault: true },
        data: { isTarget: true, nextPollAt: new Date() },
      });
    }
    await requestSync(tx, connectionId);
    return true;
  });
}
