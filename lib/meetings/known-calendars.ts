import { db } from "@/lib/database/client";
import { mailboxOf, partsOf } from "@/lib/grants/mailbox";
import type { CalendarChoice } from "@/lib/meetings/calendar-reader";

const provider = "teams";

/**
 * All calendars of an organizer's mailbox (tid/oid), its own first: an event of theirs is in one of them or in none. Of a former
 * mailbox those that it had when it was left. `sharedCalendar`: the event is in someone else's calendar, which is the one that calls about it
 * lead to.
 */
export async function listKnownCalendars(
  userId: string,
  mailbox: string | null,
  sharedCalendar: string | null,
): Promise<CalendarChoice[]> {
  if (sharedCalendar !== null) return [{ calendarId: "", isDefault: true }];
  const connection = await db().meetingProviderConnection.findUnique({
    where: { userId_provider: { userId, provider } },
    select: { id: true, tenantId: true, accountId: true },
  });
  const isConnected = mailbox === null || (connection !== null && mailboxOf(connection) === mailbox);
  const others = isConnected ? await listOthers(connection?.id) : await listFormer(userId, mailbox);
  return [
    { calendarId: "", isDefault: true },
    ...others.map((calendarId) => ({ calendarId, isDefault: false })),
  ];
}

async function listOthers(connectionId: string | undefined): Promise<string[]> {
  if (!connectionId) return [];
  const others = await db().syncedCalendar.findMany({
    where: { connectionId, isDefault: false, ownerAddress: null },
    select: { calendarId: true },
    orderBy: { isTarget: "desc" },
  });
  return others.map(({ calendarId }) => calendarId);
}

async function listFormer(userId: string, mailbox: string): Promise<string[]> {
  const former = await db().formerMailbox.findFirst({
    where: { userId, provider, ...partsOf(mailbox) },
    select: { calendarIds: true },
  });
  return former?.calendarIds ?? [];
}
