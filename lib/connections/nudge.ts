/** Emails that ask an organizer to reconnect while their connection is broken: immediately, then after 1, 3, 7 and 14 days, then no more. */

import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { sendReconnectNeeded } from "@/lib/connections/mails/reconnect-needed";
import { countTeamsUse } from "@/lib/connections/usage";
import { db } from "@/lib/database/client";
import { Prisma } from "@/lib/database/generated/client";
import { connectionStatusOf, connectionStatusSql, scopesAdded } from "@/lib/grants/connection-status";
import { registration } from "@/lib/registration/registration";
import { setupOf } from "@/lib/registration/setup-state";
import { announceToWebhooks } from "@/lib/webhooks/announce";

/** Days since the outage began. */
const days = [0, 1, 3, 7, 14];
/** Days since the server asked for more permissions while everything still works. */
const gentleDays = [0, 7];

const batchSize = 200;

interface DueNudge {
  userId: string;
  provider: string;
  stateChangeId: bigint;
  day: number;
  isLast: boolean;
  name: string;
  email: string;
  locale: string;
}

/**
 * Sends the mails that are due. Each outage has its own, each day one; where several days were missed only the latest is
 * made up for. A reconnect or a disconnect ends the outage, and the mails with it; a reconnect that lacks permissions again
 * goes on with the old one. Where an admin has written within the last day, the mail waits until that is over.
 */
export async function sendDueNudges(): Promise<void> {
  const app = await registration();
  // No one can sign in again while the integration is not offered: the mails go on once it is.
  if (setupOf(app) === "hidden") return;
  const { scopes: configured } = app;
  for (const nudge of await listDue(configured)) await send(nudge, configured);
}

function listDue(configured: string): Promise<DueNudge[]> {
  const { state, reason } = connectionStatusSql(configured);
  const isGentle = Prisma.sql`(${reason} IS NOT DISTINCT FROM ${scopesAdded})`;
  return db().$queryRaw<DueNudge[]>`
    SELECT c."userId"::text, c.provider, s.id AS "stateChangeId", due.day, due."isLast", u.name, u.email, u.locale
    FROM "MeetingProviderConnection" c
    JOIN "User" u ON u.id = c."userId"
    JOIN LATERAL (
      SELECT id, at FROM "ConnectionStateChange" o
      WHERE o."userId" = c."userId" AND o.provider = c.provider AND o.id > coalesce((
        SELECT max(id) FROM "ConnectionStateChange"
        WHERE "userId" = c."userId" AND provider = c.provider AND (state <> 'reconnect_needed'
          OR (reason IS NOT DISTINCT FROM ${scopesAdded}) <> ${isGentle})), 0)
      ORDER BY o.id LIMIT 1) s ON true
    JOIN LATERAL (
      SELECT max(day) AS day, max(day) = appointed.days[array_upper(appointed.days, 1)] AS "isLast"
      FROM (SELECT CASE WHEN ${isGentle} THEN ${gentleDays}::int[] ELSE ${days}::int[] END AS days) appointed,
        unnest(appointed.days) AS day
      WHERE s.at + make_interval(days => day) <= now() GROUP BY appointed.days) due ON due.day IS NOT NULL
    WHERE ${state} = 'reconnect_needed'
      AND (c."remindedAt" IS NULL OR c."remindedAt" <= greatest(s.at, now() - interval '24 hours'))
      AND NOT EXISTS (SELECT 1 FROM "ReconnectNudge" n WHERE n."stateChangeId" = s.id AND n.day >= due.day)
    LIMIT ${batchSize}`;
}

async function send(nudge: DueNudge, configured: string): Promise<void> {
  const { userId, provider, stateChangeId, day, isLast } = nudge;
  const { waitingMeetings } = await countTeamsUse(scopeWithoutRequest(userId));
  await db().$transaction(async (tx) => {
    await tx.$queryRaw`
      SELECT 1 FROM "MeetingProviderConnection"
      WHERE "userId" = ${userId}::uuid AND provider = ${provider} FOR SHARE`;
    const where = { userId_provider: { userId, provider } };
    const broken = await tx.meetingProviderConnection.findUnique({ where });
    if (!broken) return;
    const status = connectionStatusOf(broken, configured);
    if (status.state !== "reconnect_needed") return;
    const { count } = await tx.reconnectNudge.createMany({
      data: { stateChangeId, day },
      skipDuplicates: true,
    });
    if (count === 0) return;
    if (day === 0) {
      const { accountEmail } = broken;
      const data = { provider, state: status.state, reason: status.reason, accountEmail };
      await announceToWebhooks(tx, { ownerId: userId, event: "connection.reconnect_needed", data });
    }
    const { name, email, locale } = nudge;
    const { accountEmail } = broken;
    await sendReconnectNeeded(tx, { name, email, locale, accountEmail, status, waitingMeetings, isLast });
  });
}
