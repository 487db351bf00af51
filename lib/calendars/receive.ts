/**
 * Takes in what Microsoft says about our mailboxes: judges it, writes it down, has it followed up. What is not from Microsoft,
 * or no longer of interest, is dropped without a word to its sender.
 */
import { timingSafeEqual } from "node:crypto";
import { hashCapability } from "@/lib/auth/capability";
import { countReceived } from "@/lib/calendars/received";
import { run, transact } from "@/lib/database/direct";
import { defineJob, enqueue } from "@/lib/jobs/queue";
import type { Notification } from "@/lib/meetings/calendar-notifications";
import { calendarPort } from "@/lib/meetings/registry-calendar";

/** Does what the notifications of one connection ask for. */
export const noticesFollow = defineJob<{ connectionId: string }>("calendar.notices", 2);

/** Notifications within this time are handled together, in milliseconds. */
const gatherMs = 700;

interface Known {
  connectionId: string;
  subscriptionId: string;
  secretHash: Buffer | null;
  tenantId: string;
}

/** Stores the genuine notifications of a request. Throws only if they can't be stored, so that Microsoft sends them again. */
export async function receiveNotifications(body: unknown): Promise<void> {
  const read = calendarPort("teams").readNotifications(body);
  const readable = read?.filter((one) => one !== null) ?? [];
  const unreadable = (read?.length ?? 1) - readable.length;
  if (unreadable > 0) countReceived("unreadable", unreadable);
  if (readable.length === 0) return;
  const known = await listKnown([...new Set(readable.map((one) => one.subscriptionId))]);
  const genuine = readable.flatMap((one) => {
    const outcome = judge(one, known.get(one.subscriptionId));
    if (typeof outcome === "object") return [{ ...one, connectionId: outcome.connectionId }];
    countReceived(outcome);
    return [];
  });
  if (genuine.length === 0) return;
  await store(genuine);
  countReceived("accepted", genuine.length);
}

async function listKnown(subscriptionIds: string[]): Promise<Map<string, Known>> {
  const rows = await run<Known>(
    `SELECT s."connectionId", s."subscriptionId", s."secretHash", c."tenantId"
     FROM "CalendarSubscription" s JOIN "MeetingProviderConnection" c ON c.id = s."connectionId"
     WHERE s."subscriptionId" = ANY($1::text[])`,
    [subscriptionIds],
  );
  return new Map(rows.map((row) => [row.subscriptionId, row]));
}

function judge(
  notification: Notification,
  known: Known | undefined,
): Known | "unknown_subscription" | "wrong_secret" | "wrong_tenant" {
  if (!known?.secretHash) return "unknown_subscription";
  if (!timingSafeEqual(hashCapability(notification.clientState), known.secretHash)) return "wrong_secret";
  return calendarPort("teams").mayComeFrom(notification, known.tenantId) ? known : "wrong_tenant";
}

// The first word about a connection brings the job along; whatever comes before that has begun goes with it.
const insert = `
  WITH word AS (
    SELECT DISTINCT * FROM unnest($1::uuid[], $2::text[], $3::text[]) AS w("connectionId", kind, "eventId")
  ), idle AS (
    SELECT DISTINCT "connectionId" FROM word w WHERE NOT EXISTS (
      SELECT 1 FROM "CalendarNotice" n WHERE n."connectionId" = w."connectionId")
  ), stored AS (
    INSERT INTO "CalendarNotice" ("connectionId", kind, "eventId")
    SELECT w."connectionId", w.kind, w."eventId" FROM word w
    JOIN "MeetingProviderConnection" c ON c.id = w."connectionId"
    ORDER BY 1, 2, 3
    ON CONFLICT DO NOTHING
  )
  SELECT "connectionId"::text FROM idle`;

async function store(words: (Notification & { connectionId: string })[]): Promise<void> {
  const columns = [
    words.map((one) => one.connectionId),
    words.map((one) => one.kind),
    words.map((one) => one.eventId),
  ];
  await transact(null, async (run) => {
    const idle = await run<{ connectionId: string }>(insert, columns);
    const startAt = new Date(Date.now() + gatherMs);
    for (const { connectionId } of idle) await enqueue(run, noticesFollow, { connectionId }, { startAt });
  });
}
