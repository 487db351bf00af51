/**
 * The lanes in which events travel to webhooks: one for each webhook, so that each is sent one event at a time and a receiver that never
 * answers delays its own events alone. What failed last, or was slow, shares a few lanes with its like; an organizer has a
 * few of each kind. Any number of processes may run them.
 */
import { setTimeout } from "node:timers/promises";
import { log } from "@/lib/config/log";
import { db } from "@/lib/database/client";
import { run } from "@/lib/database/direct";
import type { RepeatedTask } from "@/lib/jobs/runner";
import { deliverToWebhook, forgetOldDeliveries } from "@/lib/webhooks/deliver";

/** Lanes of one process: sockets that wait, hardly any work. */
const lanes = { good: 100, troubled: 50 };

const lanesOfOneOrganizer = 3;

/** A lane gives its place up after this many events. */
const batchSize = 20;

/** Longer than one event takes; after a crash someone else goes on. */
const leaseSeconds = 30;

const pauseMs = 1_000;

type Kind = keyof typeof lanes;

interface Lane {
  webhookId: string;
  userId: string;
  kind: Kind;
}

/** Sends what is due until `stopping`, and then ends with the tries under way. */
export async function runLanes(stopping: AbortSignal): Promise<void> {
  const open = new Map<Lane, Promise<void>>();
  try {
    while (!stopping.aborted) {
      for (const lane of await openLanes([...open.keys()])) {
        open.set(
          lane,
          travel(lane, stopping).finally(() => open.delete(lane)),
        );
      }
      await setTimeout(pauseMs, null, { signal: stopping }).catch(() => null);
    }
  } finally {
    await Promise.all(open.values());
  }
}

async function openLanes(open: readonly Lane[]): Promise<Lane[]> {
  const taken = { good: [] as Lane[], troubled: [] as Lane[] };
  for (const lane of open) taken[lane.kind].push(lane);
  return [...(await claim("good", taken.good)), ...(await claim("troubled", taken.troubled))];
}

/** Takes webhooks that have something due, those that wait longest first. */
async function claim(kind: Kind, open: readonly Lane[]): Promise<Lane[]> {
  const room = lanes[kind] - open.length;
  if (room <= 0) return [];
  const owners = open.map(({ userId }) => userId);
  const rows = await run<{ id: string; userId: string }>(claimDue, [
    kind === "troubled",
    owners,
    lanesOfOneOrganizer,
    room,
    leaseSeconds,
  ]);
  return rows.map(({ id, userId }) => ({ webhookId: id, userId, kind }));
}

const claimDue = `
  WITH due AS (
    SELECT w.id, d.at, row_number() OVER (PARTITION BY w."userId" ORDER BY d.at)
      + (SELECT count(*) FROM unnest($2::uuid[]) AS owner WHERE owner = w."userId") AS nth
    FROM "Webhook" w
    JOIN "User" o ON o.id = w."userId" AND o."disabledAt" IS NULL
    CROSS JOIN LATERAL (
      SELECT "nextAttemptAt" AS at FROM "WebhookDelivery"
      WHERE "webhookId" = w.id AND "nextAttemptAt" <= now() AND ("leaseUntil" IS NULL OR "leaseUntil" <= now())
      ORDER BY "nextAttemptAt" LIMIT 1) d
    WHERE w."disabledAt" IS NULL AND w."isTroubled" = $1 AND (w."leaseUntil" IS NULL OR w."leaseUntil" <= now()))
  UPDATE "Webhook" SET "leaseUntil" = now() + make_interval(secs => $5)
  WHERE id IN (
    SELECT w.id FROM "Webhook" w JOIN due ON due.id = w.id
    WHERE nth <= $3 AND (w."leaseUntil" IS NULL OR w."leaseUntil" <= now())
    ORDER BY due.at LIMIT $4 FOR UPDATE OF w SKIP LOCKED)
  RETURNING id, "userId"`;

/** Sends one event after the other. What went wrong makes room for others. */
async function travel({ webhookId }: Lane, stopping: AbortSignal): Promise<void> {
  try {
    for (let sent = 0; sent < batchSize && !stopping.aborted; sent += 1) {
      const deliveryId = await nextDelivery(webhookId);
      if (!deliveryId || !(await deliverToWebhook({ deliveryId }))) break;
      await db().webhook.updateMany({ where: { id: webhookId }, data: { leaseUntil: leaseEnd() } });
    }
    await db().webhook.updateMany({ where: { id: webhookId }, data: { leaseUntil: null } });
  } catch (error) {
    log().error({ error, webhookId }, "A webhook could not be sent its events; they are tried again");
  }
}

const leaseEnd = () => new Date(Date.now() + leaseSeconds * 1000);

async function nextDelivery(webhookId: string): Promise<string | null> {
  const now = new Date();
  const isFree = [{ leaseUntil: null }, { leaseUntil: { lt: now } }];
  const next = await db().webhookDelivery.findFirst({
    where: { webhookId, status: "queued", nextAttemptAt: { lte: now }, OR: isFree },
    orderBy: { nextAttemptAt: "asc" },
    select: { id: true },
  });
  return next?.id ?? null;
}

export const webhookTasks: RepeatedTask[] = [
  { name: "webhooks.lanes", everySeconds: 1, run: runLanes },
  { name: "webhooks.forget", everySeconds: 3600, run: () => forgetOldDeliveries() },
];
