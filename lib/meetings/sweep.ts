import { db } from "@/lib/database/client";
import { Prisma } from "@/lib/database/generated/client";
import { enqueue, hasWaitingJob } from "@/lib/jobs/queue";
import { meetingSync } from "@/lib/meetings/jobs";
import { calendarOwner } from "@/lib/meetings/meeting-mailbox";
import { healRetired } from "@/lib/meetings/retired-events";

/** How many meetings one sweep takes up, so that a long outage is worked off in portions. */
const batchSize = 200;

const connectedThere = Prisma.sql`c."userId" = ${calendarOwner} AND c.provider = 'teams' AND c.state <> 'reconnect_needed'`;

const mailboxOfFormer = Prisma.sql`f."userId" = ${calendarOwner} AND f."refreshToken" IS NOT NULL
  AND f.state <> 'reconnect_needed' AND m."calendarMailbox" = f."tenantId" || '/' || f."accountId"`;

/** Something opens the mailbox that the meeting's event is in. */
const isInReach = Prisma.sql`EXISTS (SELECT 1 FROM "MeetingProviderConnection" c
    WHERE ${connectedThere} AND m."calendarMailbox" = c."tenantId" || '/' || c."accountId")
  OR EXISTS (SELECT 1 FROM "FormerMailbox" f WHERE ${mailboxOfFormer})`;

/** Its event is in a former mailbox whose bookings are to come over, and can be made in the connected one. */
const isMeantToMoveOver = Prisma.sql`EXISTS (SELECT 1 FROM "FormerMailbox" f WHERE ${mailboxOfFormer} AND f.choice = 'move')
  AND EXISTS (SELECT 1 FROM "MeetingProviderConnection" c WHERE ${connectedThere} AND c.reason IS DISTINCT FROM 'no_mailbox'
    AND (m.kind <> 'teams' OR (c."teamsAvailable" AND c."accountKind" = 'work')))
  AND NOT EXISTS (SELECT 1 FROM "CalendarRules" r WHERE r."userId" = ${calendarOwner} AND r."readOnly")
  AND EXISTS (SELECT 1 FROM "Booking" b WHERE b."meetingId" = m.id AND b.status = 'confirmed')`;

/**
 * Finds meetings whose calendar event is not what it should be and that no job is waiting for, and gives each a job. The
 * jobs of a crashed process come back by themselves; this is for everything that no one foresaw.
 */
export async function sweepMeetings(): Promise<void> {
  const stale = await db().$queryRaw<{ id: string }[]>`
    SELECT m.id FROM "Meeting" m
    WHERE m."endsAt" > now()
      AND (m."leaseUntil" IS NULL OR m."leaseUntil" < now())
      AND (
        (m.status = 'creating' AND m."updatedAt" < now() - interval '1 minute'
          AND coalesce(m.problem, 'none') IN ('none', 'unavailable', 'throttled', 'no_link'))
        OR (m.problem = 'misconfigured' AND m."updatedAt" < now() - interval '5 minutes')
        OR (m.status = 'failed' AND m.problem = 'no_link' AND m."updatedAt" < now() - interval '1 hour')
        OR (m.problem IN ('unavailable', 'throttled', 'refused') AND m."updatedAt" < now() - interval '15 minutes')
        OR (m.problem IN ('access_denied', 'no_mailbox') AND m."updatedAt" < now() - interval '70 minutes')
        OR (m."calendarEventId" IS NOT NULL AND m."updatedAt" < now() - interval '1 minute'
          AND coalesce(m.problem, 'no_teams') = 'no_teams'
          AND (m."calendarStartsAt" <> m."startsAt"
            OR (m.kind <> 'teams' AND m.place IS DISTINCT FROM m."calendarPlace") OR NOT EXISTS (
            SELECT 1 FROM "Booking" b WHERE b."meetingId" = m.id AND b.status = 'confirmed')
            OR (m.invitations = 'outlook' AND EXISTS (
              SELECT 1 FROM "Booking" b WHERE b."meetingId" = m.id AND b.status = 'confirmed'
                AND b."inviteUid" IS NULL AND NOT lower(b."visitorEmail") = ANY(m."invitedEmails")))))
        OR (m."updatedAt" < now() - interval '1 minute' AND m."calendarEventId" IS NOT NULL AND (${isMeantToMoveOver}))
        OR (m."updatedAt" < now() - interval '1 minute' AND m."calendarEventId" IS NULL AND m.problem IS NULL
          AND m.status = 'ready' AND EXISTS (
            SELECT 1 FROM "RetiredEvent" r WHERE r."meetingId" = m.id AND r."isStandIn"))
        OR (m.problem = 'out_of_reach' AND m."updatedAt" < now() - interval '1 minute' AND (${isInReach}))
        OR (m.status = 'ready' AND (m.options IS NOT NULL OR m."optionsOutcome" IS NOT NULL) AND m.problem IS NULL AND m."updatedAt" < now() - interval '2 minutes'
          AND coalesce(m."optionsOutcome"->>'state', 'waiting') = 'waiting')
      )
    ORDER BY m."startsAt" LIMIT ${batchSize}`;
  for (const { id } of stale) await takeUp(id);
}

/**
 * Takes up every meeting of an organizer that waited, such as for a reconnect, whatever pause it is in. Where many organizers
 * are taken up together, everyone's next appointment comes before anyone's second one.
 */
export async function healMeetings({ userId }: { userId: string }): Promise<void> {
  const waiting = await db().meeting.findMany({
    where: {
      OR: [{ hostId: userId }, { connection: { userId } }],
      endsAt: { gt: new Date() },
      problem: { not: null },
    },
    select: { id: true },
    orderBy: { startsAt: "asc" },
  });
  for (const [rank, { id }] of waiting.entries()) {
    await takeUp(id, { withinSeconds: soonSeconds, priority: -rank });
  }
  await healRetired(userId);
}

/** Takes up the meetings of an organizer whose events are to come over from a former mailbox. */
export async function moveMeetingsOver({ userId }: { userId: string }): Promise<void> {
  const leaving = await db().$queryRaw<{ id: string }[]>`
    SELECT m.id FROM "Meeting" m
    WHERE m."hostId" = ${userId}::uuid AND m."endsAt" > now() AND m."calendarEventId" IS NOT NULL
      AND (${isMeantToMoveOver}) ORDER BY m."startsAt"`;
  for (const { id } of leaving) await takeUp(id, { withinSeconds: soonSeconds });
}

/** A job that comes as soon as this needs no other beside it. */
const soonSeconds = 5;

async function takeUp(
  meetingId: string,
  { withinSeconds, priority = 0 }: { withinSeconds?: number; priority?: number } = {},
): Promise<void> {
  if (await hasWaitingJob(meetingSync, { meetingId }, withinSeconds)) return;
  await db().$transaction((tx) => enqueue(tx, meetingSync, { meetingId }, { priority }));
}
