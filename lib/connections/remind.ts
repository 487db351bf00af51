/** Emails by which an admin asks organizers to reconnect, in addition to the automatic ones. No one gets two in a day. */

import { record } from "@/lib/audit/record";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { sendReconnectNeeded } from "@/lib/connections/mails/reconnect-needed";
import { countTeamsUse } from "@/lib/connections/usage";
import { db } from "@/lib/database/client";
import { connectionStatusOf } from "@/lib/grants/connection-status";
import { inParallel } from "@/lib/jobs/in-parallel";
import { registration } from "@/lib/registration/registration";

const provider = "teams";

export interface Reminded {
  sent: number;
  /** Had a mail within the last day. */
  tooSoon: number;
  /** Don't need to reconnect, or don't exist. */
  needless: number;
}

/** Emails each of them who has to reconnect. Pressing it twice is safe: the row remembers the time. */
export async function remindToReconnect(userIds: readonly string[]): Promise<Reminded> {
  const done: Reminded = { sent: 0, tooSoon: 0, needless: 0 };
  await inParallel([...new Set(userIds)], 4, async (userId) => {
    done[await remind(userId)] += 1;
  });
  return done;
}

async function remind(userId: string): Promise<keyof Reminded> {
  const [{ waitingMeetings }, { scopes: configured }] = await Promise.all([
    countTeamsUse(scopeWithoutRequest(userId)),
    registration(),
  ]);
  return db().$transaction(async (tx) => {
    const broken = await tx.meetingProviderConnection.findFirst({
      where: { userId, provider },
      include: { user: { select: { name: true, email: true, locale: true } } },
    });
    if (!broken) return "needless";
    const status = connectionStatusOf(broken, configured);
    if (status.state !== "reconnect_needed") return "needless";
    const taken = await tx.$executeRaw`
      UPDATE "MeetingProviderConnection" SET "remindedAt" = now()
      WHERE id = ${broken.id}::uuid AND "tokenVersion" = ${broken.tokenVersion}
        AND ("remindedAt" IS NULL OR "remindedAt" <= now() - interval '24 hours')
        AND NOT EXISTS (
          SELECT 1 FROM "ReconnectNudge" n JOIN "ConnectionStateChange" s ON s.id = n."stateChangeId"
          WHERE s."userId" = ${userId}::uuid AND s.provider = ${provider} AND n."sentAt" > now() - interval '24 hours')`;
    if (taken === 0) return "tooSoon";
    await record(tx, { action: "connection.reminded", accountId: userId });
    await sendReconnectNeeded(tx, {
      ...broken.user,
      accountEmail: broken.accountEmail,
      status,
      waitingMeetings,
      isLast: false,
    });
    return "sent";
  });
}
