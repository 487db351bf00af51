/** Automatic replies in Outlook: while they are on, no times are offered, for an organizer who wants that. A copy, kept in step by reading it. */
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { nextAttemptAt } from "@/lib/calendars/pace";
import { env } from "@/lib/config/env";
import { log } from "@/lib/config/log";
import { db } from "@/lib/database/client";
import { run } from "@/lib/database/direct";
import type { RepeatedTask } from "@/lib/jobs/runner";
import type { MailboxSettings } from "@/lib/meetings/mailbox-settings-reader";
import { ProviderError } from "@/lib/meetings/provider";
import { calendarPort } from "@/lib/meetings/registry-calendar";
import { isAllowed } from "@/lib/registration/optional-scopes";
import { err, ok, type Result } from "@/lib/result";
import type { Interval } from "@/lib/slot-engine/rules";

const callTimeoutMs = 8_000;

/** From when automatic replies are on, and until when; null: until someone turns them off. Epoch milliseconds. */
export type RepliesRow = [start: number, end: number | null];

/** `RepliesRow` of a connection (c) whose organizer offers no times meanwhile; null: they don't, or the replies are off. */
export const repliesSql = `(
  SELECT json_build_array((extract(epoch FROM o."startsAt") * 1000)::bigint, (extract(epoch FROM o."endsAt") * 1000)::bigint)
  FROM "AutomaticReplies" o WHERE o."connectionId" = c.id AND o."closesTimes" AND o."startsAt" IS NOT NULL)`;

/** The time that automatic replies take, up to a margin after a stretch that is asked about (epoch milliseconds); null: none. */
export function repliesIn(row: RepliesRow | null | undefined, stretch: Interval): Interval | null {
  if (!row) return null;
  const [start, end] = row;
  const latest = stretch.end + marginMs;
  const until = end === null ? latest : Math.min(end, latest);
  return start < until ? { start, end: until } : null;
}

/** More than any buffer. */
const marginMs = 2 * 24 * 3600_000;

/** Whether they are read: with their permission, and in no managed mailbox. */
export const areRepliesRead = (connection: { managed: boolean; grantedScopes: readonly string[] }) =>
  !connection.managed && isAllowed("mailbox", connection.grantedScopes);

export interface AutomaticReplies {
  closesTimes: boolean;
  startsAt: Date | null;
  endsAt: Date | null;
  readAt: Date | null;
  problem: string | null;
}

const blank: AutomaticReplies = {
  closesTimes: false,
  startsAt: null,
  endsAt: null,
  readAt: null,
  problem: null,
};

/** What an organizer has chosen, and how it stands; null without a connection. */
export async function getAutomaticReplies({ ownerId: userId }: OwnerScope): Promise<AutomaticReplies | null> {
  const connection = await db().meetingProviderConnection.findUnique({
    where: { userId_provider: { userId, provider: "teams" } },
    select: { replies: true },
  });
  return connection && (connection.replies ?? blank);
}

/** Keeps what the organizer chose, and reads at once. `unavailable`: Outlook can't be asked now; it is tried again by itself. */
export async function chooseAutomaticReplies(
  { ownerId: userId }: OwnerScope,
  { closesTimes }: { closesTimes: boolean },
): Promise<Result<null, { code: "not_connected" | "unavailable" }>> {
  const connection = await db().meetingProviderConnection.findUnique({
    where: { userId_provider: { userId, provider: "teams" } },
    select: { id: true },
  });
  if (!connection) return err("not_connected");
  const row = { closesTimes, nextReadAt: new Date() };
  const { id: connectionId } = connection;
  await db().automaticReplies.upsert({
    where: { connectionId },
    create: { connectionId, ...row },
    update: row,
  });
  if (!closesTimes) return ok(null);
  return (await read({ connectionId, userId, attempts: 0 })) ? ok(null) : err("unavailable");
}

interface Due {
  connectionId: string;
  userId: string;
  attempts: number;
}

// Whoever takes one and dies leaves it due again in two minutes.
const takeDue = `
  UPDATE "AutomaticReplies" a SET "nextReadAt" = now() + interval '2 minutes'
  FROM "MeetingProviderConnection" c
  WHERE c.id = a."connectionId" AND a."connectionId" = (
    SELECT d."connectionId" FROM "AutomaticReplies" d JOIN "MeetingProviderConnection" k ON k.id = d."connectionId"
    WHERE d."closesTimes" AND d."nextReadAt" <= now() AND k.state <> 'reconnect_needed'
    ORDER BY d."nextReadAt" LIMIT 1 FOR UPDATE OF d SKIP LOCKED)
  RETURNING a."connectionId", c."userId", a.attempts`;

/** Reads those that are due, one after the other, until none is. */
async function readDue(): Promise<void> {
  for (;;) {
    const [due] = await run<Due>(takeDue, []);
    if (!due) return;
    try {
      await read(due);
    } catch (error) {
      log().error({ error }, "Automatic replies could not be read");
    }
  }
}

/** False: they could not be read, which is noted. What was known last counts, unless no one may read it any more. */
async function read({ connectionId, userId, attempts }: Due): Promise<boolean> {
  try {
    const context = { userId, priority: "sync", timeoutMs: callTimeoutMs } as const;
    await store(connectionId, await calendarPort("teams").readMailboxSettings(context));
    return true;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const isForbidden = error.code === "access_denied";
    await db().automaticReplies.updateMany({
      where: { connectionId },
      data: {
        problem: error.code,
        attempts: { increment: 1 },
        nextReadAt: new Date(nextAttemptAt(Date.now(), attempts + 1, error.details.retryAfterSeconds)),
        ...(isForbidden ? { startsAt: null, endsAt: null } : {}),
      },
    });
    return false;
  }
}

async function store(
  connectionId: string,
  { automaticReplies: replies }: Pick<MailboxSettings, "automaticReplies">,
): Promise<void> {
  const readAt = new Date();
  const known = await db().automaticReplies.findUnique({
    where: { connectionId },
    select: { startsAt: true, endsAt: true },
  });
  // Without a beginning of their own they have been on since they were first seen.
  const since = known?.startsAt && known.endsAt === null ? known.startsAt : readAt;
  await db().automaticReplies.updateMany({
    where: { connectionId },
    data: {
      startsAt: replies && (replies.startsAt ?? since),
      endsAt: replies?.endsAt ?? null,
      readAt,
      problem: null,
      attempts: 0,
      nextReadAt: new Date(readAt.getTime() + env().SYNC_POLL_SECONDS * 1000),
    },
  });
}

export const automaticReplyTasks: RepeatedTask[] = [
  { name: "calendars.automatic-replies", everySeconds: 5, run: readDue },
];
