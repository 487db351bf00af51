/** An organizer's webhooks, and what became of what was sent to them. */

import { randomBytes, randomUUID } from "node:crypto";
import { record } from "@/lib/audit/record";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { consume } from "@/lib/auth/rate-limit";
import { db, type Tx } from "@/lib/database/client";
import { lockRow } from "@/lib/database/lock-row";
import { seal, unseal } from "@/lib/encryption/cipher";
import { isId } from "@/lib/input/id";
import { err, ok, type Result } from "@/lib/result";
import { putOnItsWay } from "@/lib/webhooks/announce";
import { testEvent, type WebhookEvent } from "@/lib/webhooks/events";
import { secretPrefix } from "@/lib/webhooks/send";

export const webhookSecretPurpose = "Webhook.Secret.v1";

/** More than anyone needs, and few enough that one booking is no flood. */
const maxWebhooks = 20;

export interface Webhook {
  id: string;
  url: string;
  events: string[];
  /** Whose bookings it's sent; null: its owner's own. */
  team: { id: string; name: string } | null;
  /** Switched off, since no one answers there. */
  disabledAt: Date | null;
  /** When it last took an event. */
  succeededAt: Date | null;
  createdAt: Date;
}

export interface Delivery {
  id: string;
  event: string;
  bookingId: string | null;
  status: "queued" | "delivered" | "failed";
  attempts: number;
  nextAttemptAt: Date | null;
  lastStatus: number | null;
  /** timeout, unreachable or private_target */
  lastProblem: string | null;
  deliveredAt: Date | null;
  createdAt: Date;
}

interface Slice {
  /** The id of the last one seen. */
  after?: string | undefined;
  take?: number;
}

interface NewWebhook {
  url: string;
  events: readonly WebhookEvent[];
  teamId?: string | null | undefined;
}

const shown = {
  id: true,
  url: true,
  events: true,
  team: { select: { id: true, name: true } },
  disabledAt: true,
  succeededAt: true,
  createdAt: true,
} as const;

const shownDelivery = {
  id: true,
  event: true,
  bookingId: true,
  status: true,
  attempts: true,
  nextAttemptAt: true,
  lastStatus: true,
  lastProblem: true,
  deliveredAt: true,
  createdAt: true,
} as const;

/**
 * Makes a webhook, or finds the one that the request of this key has made. With `teamId` it's sent the bookings of a team that its owner
 * manages (`not_found`: they manage no such team), and it goes when they leave it. The secret is in this answer and
 * nowhere else.
 */
export async function createWebhook(
  scope: OwnerScope,
  { url, events, teamId = null }: NewWebhook,
  requestKey: string = randomUUID(),
): Promise<Result<Webhook & { secret: string }, { code: "too_many_webhooks" | "not_found" }>> {
  return db().$transaction(async (tx) => {
    await lockRow(tx, "User", { id: scope.ownerId });
    const select = { ...shown, secretSealed: true };
    const earlier = await tx.webhook.findUnique({ where: { requestKey, userId: scope.ownerId }, select });
    if (earlier) {
      const { secretSealed, ...webhook } = earlier;
      return ok({ ...webhook, secret: unseal(secretSealed, secretBinding(webhook.id)) });
    }
    if ((await tx.webhook.count({ where: { userId: scope.ownerId } })) >= maxWebhooks)
      return err("too_many_webhooks");
    if (teamId !== null && !(await manages(tx, scope, teamId))) return err("not_found");
    const id = randomUUID();
    const secret = secretPrefix + randomBytes(32).toString("base64");
    const secretSealed = seal(secret, secretBinding(id));
    const data = {
      id,
      userId: scope.ownerId,
      teamId,
      url,
      events: [...new Set(events)],
      secretSealed,
      requestKey,
    };
    await record(tx, { action: "webhook.made", accountId: scope.ownerId, details: { host: hostOf(url) } });
    return ok({ ...(await tx.webhook.create({ data, select: shown })), secret });
  });
}

async function manages(tx: Tx, { ownerId: userId }: OwnerScope, teamId: string): Promise<boolean> {
  const role = { in: ["owner" as const, "admin" as const] };
  return (await tx.teamMember.count({ where: { teamId, userId, role } })) > 0;
}

function secretBinding(id: string) {
  return { purpose: webhookSecretPurpose, row: id };
}

/** Changes a webhook's address or events; messages already on their way go there too. */
export async function changeWebhook(
  scope: OwnerScope,
  id: string,
  { url, events }: { url?: string | undefined; events?: readonly WebhookEvent[] | undefined },
): Promise<Result<Webhook, { code: "not_found" }>> {
  if (!isId(id)) return err("not_found");
  const [webhook] = await db().webhook.updateManyAndReturn({
    where: { id, userId: scope.ownerId },
    data: { ...(url ? { url } : {}), ...(events ? { events: [...new Set(events)] } : {}) },
    select: shown,
  });
  return webhook ? ok(webhook) : err("not_found");
}

/** An organizer's webhooks, in the order of their ids. */
export function listWebhooks(
  scope: OwnerScope,
  { after, take = maxWebhooks }: Slice = {},
): Promise<Webhook[]> {
  return db().webhook.findMany({
    where: { userId: scope.ownerId, ...(after ? { id: { gt: after } } : {}) },
    select: shown,
    orderBy: { id: "asc" },
    take,
  });
}

/** One of an organizer's webhooks; null when there is none. */
export async function getWebhook(scope: OwnerScope, id: string): Promise<Webhook | null> {
  return isId(id) ? db().webhook.findFirst({ where: { id, userId: scope.ownerId }, select: shown }) : null;
}

/** Removes a webhook with all that was on its way there. */
export async function deleteWebhook(
  scope: OwnerScope,
  id: string,
): Promise<Result<null, { code: "not_found" }>> {
  if (!isId(id)) return err("not_found");
  return db().$transaction(async (tx) => {
    const where = { id, userId: scope.ownerId };
    const found = await tx.webhook.findFirst({ where, select: { url: true } });
    if (!found) return err("not_found");
    await tx.webhook.deleteMany({ where });
    const details = { host: hostOf(found.url) };
    await record(tx, { action: "webhook.removed", accountId: scope.ownerId, details });
    return ok(null);
  });
}

/** The rest of its address may be a secret between its owner and that host. */
const hostOf = (url: string) => new URL(url).host;

/** Switches a webhook on again. */
export async function enableWebhook(scope: OwnerScope, id: string): Promise<void> {
  await db().webhook.updateMany({ where: { id, userId: scope.ownerId }, data: { disabledAt: null } });
}

/** Asked for too often: seconds until it can be asked for again. */
type TooOften = { code: "rate_limited"; retryAfterSeconds: number };

/** Sends a webhook an event that says nothing. */
export async function testWebhook(
  scope: OwnerScope,
  id: string,
): Promise<Result<Delivery, { code: "not_found" } | TooOften>> {
  if (!(await getWebhook(scope, id))) return err("not_found");
  const allowance = await consume("webhookSend", scope.ownerId);
  if (!allowance.ok) return err("rate_limited", { retryAfterSeconds: allowance.retryAfterSeconds });
  return db().$transaction(async (tx) => {
    const made = await putOnItsWay(tx, { webhookId: id, event: testEvent, data: {} });
    return ok(await tx.webhookDelivery.findUniqueOrThrow({ where: made, select: shownDelivery }));
  });
}

/** What was sent to a webhook, newest first. */
export function listDeliveries(
  scope: OwnerScope,
  webhookId: string,
  { after, take = 50 }: Slice = {},
): Promise<Delivery[]> {
  return db().webhookDelivery.findMany({
    where: { webhookId, webhook: { userId: scope.ownerId }, ...(after ? { id: { lt: after } } : {}) },
    select: shownDelivery,
    orderBy: { id: "desc" },
    take,
  });
}

/** Sends an event again, exactly as it was, whatever became of it. */
export async function resendDelivery(
  scope: OwnerScope,
  webhookId: string,
  id: string,
): Promise<Result<Delivery, { code: "not_found" } | TooOften>> {
  if (!isId(webhookId) || !isId(id)) return err("not_found");
  const allowance = await consume("webhookSend", scope.ownerId);
  if (!allowance.ok) return err("rate_limited", { retryAfterSeconds: allowance.retryAfterSeconds });
  return db().$transaction(async (tx) => {
    const [delivery] = await tx.webhookDelivery.updateManyAndReturn({
      where: { id, webhookId, webhook: { userId: scope.ownerId } },
      data: { status: "queued", attempts: 0, nextAttemptAt: new Date(), deliveredAt: null },
      select: shownDelivery,
    });
    if (!delivery) return err("not_found");
    return ok(delivery);
  });
}
