/**
 * Puts events on their way to an organizer's webhooks, as part of the transaction that makes them. What is sent is written there and
 * then, sealed: it says how things stood at the event, however late it arrives.
 */

import { randomUUID } from "node:crypto";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { toOwnBooking } from "@/lib/booking-record/own-booking";
import { getOwnBooking } from "@/lib/booking-record/queries";
import type { Tx } from "@/lib/database/client";
import type { Prisma } from "@/lib/database/generated/client";
import { seal } from "@/lib/encryption/cipher";
import type { WebhookEvent } from "@/lib/webhooks/events";
import type { BookingData, ConnectionData } from "@/lib/webhooks/messages";

export const webhookBodyPurpose = "Webhook.Body.v1";

interface BookingEvent {
  ownerId: string;
  /** Who had the booking before, for a handover: theirs hear of it, too. */
  former?: { id: string; name: string; handle: string | null };
  bookingId: string;
  event: WebhookEvent;
  /** For a move: where the booking was. */
  previous?: { startsAt: Date; endsAt: Date };
}

/** Announces a booking to its organizer's webhooks and those of its team, as it is in this transaction. */
export async function announceBooking(
  tx: Tx,
  { ownerId, bookingId, event, previous, former }: BookingEvent,
): Promise<void> {
  const formerIds = former ? [former.id] : [];
  const webhookIds = await listInterested(tx, { ownerId, formerIds, bookingId }, event);
  if (webhookIds.length === 0) return;
  const booking = await getOwnBooking(scopeWithoutRequest(ownerId), bookingId, tx);
  if (!booking) return;
  const moved = previous && {
    previousStart: previous.startsAt.toISOString(),
    previousEnd: previous.endsAt.toISOString(),
  };
  const handed = former && { previousHost: { name: former.name, handle: former.handle } };
  const data: BookingData = { ...toOwnBooking(booking), ...moved, ...handed };
  for (const webhookId of webhookIds) await putOnItsWay(tx, { webhookId, event, bookingId, data });
}

/**
 * Before a change: its webhooks hear first that the booking began, should they not have yet. A confirmation waits for the link, and a
 * change must not be heard of before it.
 */
export async function announceBeginning(
  tx: Tx,
  { id, ownerId, status }: { id: string; ownerId: string; status: string },
): Promise<void> {
  const beginning = beginningOf(status);
  const about = { ownerId, bookingId: id };
  if (!beginning || (await listInterested(tx, about, beginning.event)).length === 0) return;
  const sent = await tx.bookingNotice.count({ where: { bookingId: id, kind: { in: beginning.notices } } });
  if (sent > 0) return;
  await tx.bookingNotice.create({ data: { bookingId: id, kind: beginning.mark, revision: 0 } });
  await announceBooking(tx, { ownerId, bookingId: id, event: beginning.event });
}

/** What a booking of this status began with, and the notices that show that people know of it. */
export function beginningOf(status: string): { event: WebhookEvent; mark: string; notices: string[] } | null {
  const kind = status === "pending" ? "requested" : status === "confirmed" ? "confirmed" : null;
  if (!kind) return null;
  const event = `booking.${kind}` as const;
  const mark = `webhook.${event}`;
  return { event, mark, notices: [kind, mark] };
}

/** Announces anything else than a booking to an organizer's webhooks. */
export async function announceToWebhooks(
  tx: Tx,
  {
    ownerId,
    event,
    data,
  }: { ownerId: string; event: Extract<WebhookEvent, `connection.${string}`>; data: ConnectionData },
): Promise<void> {
  for (const webhookId of await listInterested(tx, { ownerId }, event)) {
    await putOnItsWay(tx, { webhookId, event, data });
  }
}

/** Makes a delivery; the lanes (lib/webhooks/lanes.ts) find it by its time. */
export async function putOnItsWay(
  tx: Tx,
  delivery: { webhookId: string; event: string; bookingId?: string; data: object },
): Promise<{ id: string }> {
  const { webhookId, event, bookingId = null, data } = delivery;
  const id = randomUUID();
  const createdAt = new Date();
  const body = JSON.stringify({ type: event, timestamp: createdAt.toISOString(), data });
  const bodySealed = seal(body, { purpose: webhookBodyPurpose, row: id });
  return tx.webhookDelivery.create({
    data: { id, webhookId, event, bookingId, bodySealed, createdAt },
    select: { id: true },
  });
}

/** A team's webhook is sent what its maker may see: as long as they manage the team. */
async function listInterested(
  tx: Tx,
  {
    ownerId,
    formerIds = [],
    bookingId,
  }: { ownerId: string; formerIds?: readonly string[]; bookingId?: string },
  event: WebhookEvent,
): Promise<string[]> {
  const ofTeam: Prisma.WebhookWhereInput[] = bookingId
    ? [
        {
          team: { bookings: { some: { id: bookingId } } },
          member: { role: { in: ["owner", "admin"] } },
        },
      ]
    : [];
  const webhooks = await tx.webhook.findMany({
    where: {
      OR: [{ userId: { in: [ownerId, ...formerIds] }, teamId: null }, ...ofTeam],
      disabledAt: null,
      user: { disabledAt: null },
      events: { has: event },
    },
    select: { id: true },
  });
  return webhooks.map(({ id }) => id);
}
