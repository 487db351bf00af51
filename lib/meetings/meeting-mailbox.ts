/** Which mailbox a meeting's event belongs in, as tid/oid. */

import { db } from "@/lib/database/client";
import { mailboxOf, partsOf } from "@/lib/grants/mailbox";
import { attending, type LeasedMeeting } from "@/lib/meetings/meeting-lease";
import { getWritingPlace } from "@/lib/meetings/writing-place";

const provider = "teams";

export interface ConnectedMailbox {
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
  const { calendarMailbox, hostId, kind } = meeting;
  if (!connected?.isOpen || !calendarMailbox || calendarMailbox === connected.mailbox) return false;
  if (attending(meeting).length === 0 || (kind === "teams" && !connected.hasTeams)) return false;
  if ((await getWritingPlace(hostId)).isReadOnly) return false;
  const leaving = await db().formerMailbox.count({
    where: {
      userId: hostId,
      provider,
      ...partsOf(calendarMailbox),
      choice: "move",
      refreshToken: { not: null },
      state: { not: "reconnect_needed" },
    },
  });
  return leaving > 0;
}
