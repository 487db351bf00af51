/** Mails by which an admin asks organizers back, besides those that come by themselves. Nobody gets two in a day. */
import { missingScopes, requiredScopes } from "@/lib/connections/scopes";
import { db } from "@/lib/database/client";
import { inParallel } from "@/lib/jobs/in-parallel";
import { countTeamsUse } from "@/lib/meetings/usage";
import { sendReconnectNeeded } from "@/lib/notifications/messages/reconnect-needed";

const provider = "teams";

export interface Reminded {
  sent: number;
  /** Had a mail within the last day. */
  tooSoon: number;
  /** Need not reconnect, or are not there. */
  needless: number;
}

/** Writes to each of them whose connection has ended. Safe to press twice: the row remembers when. */
export async function remindToReconnect(userIds: readonly string[]): Promise<Reminded> {
  const done: Reminded = { sent: 0, tooSoon: 0, needless: 0 };
  await inParallel([...new Set(userIds)], 4, async (userId) => {
    done[await remind(userId)] += 1;
  });
  return done;
}

async function remind(userId: string): Promise<keyof Reminded> {
  const { waitingMeetings } = await countTeamsUse(userId);
  return db().$transaction(async (tx) => {
    const broken = await tx.meetingProviderConnection.findFirst({
      where: { userId, provider, state: "reconnect_needed" },
      include: { user: { select: { name: true, email: true } } },
    });
    if (!broken) return "needless";
    const taken = await tx.$executeRaw`
      UPDATE "MeetingProviderConnection" SET "remindedAt" = now()
      WHERE id = ${broken.id}::uuid AND state = 'reconnect_needed'
        AND ("remindedAt" IS NULL OR "remindedAt" <= now() - interval '24 hours')
        AND NOT EXISTS (
          SELECT 1 FROM "ReconnectNudge" n JOIN "ConnectionStateChange" s ON s.id = n."stateChangeId"
          WHERE s."userId" = ${userId}::uuid AND s.provider = ${provider} AND n."sentAt" > now() - interval '24 hours')`;
    if (taken === 0) return "tooSoon";
    const { accountEmail, reason, accountKind, askedScopes, scopes } = broken;
    const missing = missingScopes(requiredScopes(accountKind, askedScopes), scopes);
    await sendReconnectNeeded(tx, {
      ...broken.user,
      accountEmail,
      reason,
      missing,
      waitingMeetings,
      isLast: false,
    });
    return "sent";
  });
}
