/** Mails that ask an organizer back while their connection is broken: at once, then after 1, 3, 7 and 14 days, then no more. */
import { missingScopes, requiredScopes } from "@/lib/connections/scopes";
import { db } from "@/lib/database/client";
import { countTeamsUse } from "@/lib/meetings/usage";
import { sendReconnectNeeded } from "@/lib/notifications/messages/reconnect-needed";
import { announceToWebhooks } from "@/lib/webhooks/announce";

/** Days since the outage began. */
const days = [0, 1, 3, 7, 14];

const portion = 200;

interface DueNudge {
  userId: string;
  provider: string;
  stateChangeId: bigint;
  day: number;
  isLast: boolean;
  reason: string | null;
  name: string;
  email: string;
  accountEmail: string;
  accountKind: "work" | "personal";
  askedScopes: string;
  scopes: string;
}

/**
 * Sends the mails that are due. Each outage has its own, each day one; where several days were missed only the latest is
 * made up for. A reconnect or a disconnect ends the outage, and the mails with it; a reconnect that lacks permissions again
 * goes on with the old one. Where an admin has written within the last day, the mail waits until that is over.
 */
export async function sendDueNudges(): Promise<void> {
  for (const nudge of await listDue()) await send(nudge);
}

function listDue(): Promise<DueNudge[]> {
  return db().$queryRaw<DueNudge[]>`
    SELECT c."userId"::text, c.provider, s.id AS "stateChangeId", due.day, due.day = ${days.at(-1)} AS "isLast",
           c.reason, u.name, u.email, c."accountEmail", c."accountKind"::text, c."askedScopes", c.scopes
    FROM "MeetingProviderConnection" c
    JOIN "User" u ON u.id = c."userId"
    JOIN LATERAL (
      SELECT id, at FROM "ConnectionStateChange" o
      WHERE o."userId" = c."userId" AND o.provider = c.provider AND o.id > coalesce((
        SELECT max(id) FROM "ConnectionStateChange"
        WHERE "userId" = c."userId" AND provider = c.provider AND state <> 'reconnect_needed'), 0)
      ORDER BY o.id LIMIT 1) s ON true
    JOIN LATERAL (
      SELECT max(day) AS day FROM unnest(${days}::int[]) AS day
      WHERE s.at + make_interval(days => day) <= now()) due ON due.day IS NOT NULL
    WHERE c.state = 'reconnect_needed'
      AND (c."remindedAt" IS NULL OR c."remindedAt" <= greatest(s.at, now() - interval '24 hours'))
      AND NOT EXISTS (SELECT 1 FROM "ReconnectNudge" n WHERE n."stateChangeId" = s.id AND n.day >= due.day)
    LIMIT ${portion}`;
}

async function send(nudge: DueNudge): Promise<void> {
  const { userId, provider, stateChangeId, day } = nudge;
  const { waitingMeetings } = await countTeamsUse(userId);
  await db().$transaction(async (tx) => {
    const broken = await tx.$queryRaw<object[]>`
      SELECT 1 FROM "MeetingProviderConnection"
      WHERE "userId" = ${userId}::uuid AND provider = ${provider} AND state = 'reconnect_needed' FOR SHARE`;
    if (broken.length === 0) return;
    const { count } = await tx.reconnectNudge.createMany({
      data: { stateChangeId, day },
      skipDuplicates: true,
    });
    if (count === 0) return;
    if (day === 0) await announceToWebhooks(tx, { userId, event: "connection.reconnect_needed" });
    const asked = requiredScopes(nudge.accountKind, nudge.askedScopes);
    await sendReconnectNeeded(tx, {
      ...nudge,
      missing: missingScopes(asked, nudge.scopes),
      waitingMeetings,
    });
  });
}
