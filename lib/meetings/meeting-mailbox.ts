/** Which mailbox a meeting's event belongs in, as tid/oid, and whose it is. */

import { db } from "@/lib/database/client";
import { Prisma } from "@/lib/database/generated/client";
import { mailboxOf, partsOf } from "@/lib/grants/mailbox";
import { attending, type LeasedMeeting } from "@/lib/meetings/meeting-lease";
import type { CallContext } from "@/lib/meetings/provider";
import { getWritingPlace } from "@/lib/meetings/writing-place";

const provider = "teams";

interface Kept {
  hostId: string;
  calendarOwnerId: string | null;
  connection: { userId: string } | null;
}

/**
 * In whose calendar a meeting's event is kept: while it is being handed over, still in that of the host before; else its connection's or,
 * where it has none, its host's.
 */
export const calendarOwnerOf = ({ hostId, calendarOwnerId, connection }: Kept): string =>
  calendarOwnerId ?? connection?.userId ?? hostId;

/** Another host has taken the meeting over, and its event is still where it was. */
export const isHandedOver = ({
  hostId,
  calendarOwnerId,
}: Pick<Kept, "hostId" | "calendarOwnerId">): boolean =>
  calendarOwnerId !== null && calendarOwnerId !== hostId;

/** The same of a row `m` of "Meeting", as SQL. */
export const calendarOwner = Prisma.sql`coalesce(m."calendarOwnerId",
  (SELECT k."userId" FROM "MeetingProviderConnection" k WHERE k.id = m."connectionId"), m."hostId")`;

/** Where calls about a meeting's event go; before it is written, to the connected mailbox. */
export function eventPlaceOf(
  meeting: Kept & { calendarMailbox: string | null; sharedCalendar: string | null },
): Pick<CallContext, "userId" | "mailbox" | "sharedCalendar"> {
  const { calendarMailbox, sharedCalendar } = meeting;
  return {
    userId: calendarOwnerOf(meeting),
    mailbox: calendarMailbox ?? undefined,
    sharedCalendar: sharedCalendar ?? undefined,
  };
}

export interface ConnectedMailbox {
  connectionId: string;
  mailbox: string;
  /** Events can be written to it now, and Teams meetings with them. */
  isOpen: boolean;
  hasTeams: boolean;
}

/** The mailbox that new events go to; null: none is connected. */
export async function connectedMailbox(userId: string): Promise<ConnectedMailbox | null> {
  const connection = await db().meetingProviderConnection.findUnique({
    where: { userId_provider: { userId, provider } },
    select: {
      id: true,
      tenantId: true,
      accountId: true,
      accountKind: true,
      teamsAvailable: true,
      state: true,
      reason: true,
    },
  });
  if (!connection) return null;
  const { accountKind, teamsAvailable, state, reason } = connection;
  return {
    connectionId: connection.id,
    mailbox: mailboxOf(connection),
    isOpen: state !== "reconnect_needed" && reason !== "no_mailbox",
    hasTeams: accountKind === "work" && teamsAvailable,
  };
}

/** True when a meeting's event is in a former mailbox whose bookings are to come over, and can be made in the new one. */
export async function belongsElsewhere(
  meeting: LeasedMeeting,
  connected: ConnectedMailbox | null,
): Promise<boolean> {
  const { calendarMailbox, kind } = meeting;
  const userId = calendarOwnerOf(meeting);
  if (!connected?.isOpen || !calendarMailbox || calendarMailbox === connected.mailbox) return false;
  if (attending(meeting).length === 0 || (kind === "teams" && !connected.hasTeams)) return false;
  if ((await getWritingPlace(userId)).isReadOnly) return false;
  const leaving = await db().formerMailbox.count({
    where: {
      userId,
      provider,
      ...partsOf(calendarMailbox),
      choice: "move",
      refreshToken: { not: null },
      state: { not: "reconnect_needed" },
    },
  });
  return leaving > 0;
}
