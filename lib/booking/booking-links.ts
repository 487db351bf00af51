/** Links with which one visitor books once. They are found by hash; no one, not even their creator, can read one again. */

import { hashCapability, newCapability } from "@/lib/auth/capability";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { env } from "@/lib/config/env";
import { db } from "@/lib/database/client";
import type { Run, Statement } from "@/lib/database/direct";
import { isId } from "@/lib/input/id";
import { err, ok, type Result } from "@/lib/result";

export type LinkState = "open" | "used" | "expired" | "revoked";

export interface BookingLink {
  id: string;
  name: string;
  state: LinkState;
  createdAt: Date;
  expiresAt: Date | null;
  usedAt: Date | null;
  /** What was booked with it. */
  bookingId: string | null;
}

export interface NewBookingLink extends BookingLink {
  /** The whole address; shown only once. */
  url: string;
}

const shown = {
  id: true,
  name: true,
  createdAt: true,
  expiresAt: true,
  usedAt: true,
  revokedAt: true,
  bookingId: true,
} as const;

interface Row extends Omit<BookingLink, "state"> {
  revokedAt: Date | null;
}

function stateOf({ usedAt, revokedAt, expiresAt }: Omit<Row, "id" | "name">, now: Date): LinkState {
  if (usedAt) return "used";
  if (revokedAt) return "revoked";
  return expiresAt && expiresAt <= now ? "expired" : "open";
}

function toLink({ revokedAt, ...row }: Row, now: Date): BookingLink {
  return { ...row, state: stateOf({ ...row, revokedAt }, now) };
}

/** Makes a link to one of the organizer's event types. `name` is for the organizer alone. */
export async function createBookingLink(
  scope: OwnerScope,
  eventTypeId: string,
  { name = "", expiresAt = null }: { name?: string | undefined; expiresAt?: Date | null | undefined } = {},
  now = new Date(),
): Promise<Result<NewBookingLink, { code: "not_found" }>> {
  const eventType = isId(eventTypeId)
    ? await db().eventType.findFirst({
        where: { id: eventTypeId, userId: scope.ownerId },
        select: { slug: true, user: { select: { handle: true } } },
      })
    : null;
  if (!eventType) return err("not_found");
  const token = newCapability();
  const row = await db().bookingLink.create({
    data: { eventTypeId, name, expiresAt, tokenHash: hashCapability(token) },
    select: shown,
  });
  const { slug, user } = eventType;
  if (!user) throw new Error("An organizer's own event type has an owner.");
  return ok({ ...toLink(row, now), url: `${env().APP_URL}/${user.handle}/${slug}?link=${token}` });
}

/** The links of one of the organizer's event types, newest first. */
export async function listBookingLinks(
  scope: OwnerScope,
  eventTypeId: string,
  { after, take = 100 }: { after?: string | undefined; take?: number } = {},
  now = new Date(),
): Promise<BookingLink[]> {
  const rows = await db().bookingLink.findMany({
    where: { eventTypeId, eventType: { userId: scope.ownerId }, ...(after ? { id: { lt: after } } : {}) },
    select: shown,
    orderBy: { id: "desc" },
    take,
  });
  return rows.map((row) => toLink(row, now));
}

/** Revokes an unused link. Does nothing if it was used or is another organizer's. */
export async function revokeBookingLink(
  scope: OwnerScope,
  id: string,
  now = new Date(),
): Promise<Result<null, { code: "not_found" }>> {
  if (!isId(id)) return err("not_found");
  const { count } = await db().bookingLink.updateMany({
    where: { id, eventType: { userId: scope.ownerId }, usedAt: null },
    data: { revokedAt: now },
  });
  return count > 0 ? ok(null) : err("not_found");
}

/** The status of a link to an event type; null if there never was one. */
export async function getLinkState(
  eventTypeId: string,
  token: string,
  now = new Date(),
): Promise<LinkState | null> {
  const row = await db().bookingLink.findFirst({
    where: { tokenHash: hashCapability(token), eventTypeId },
    select: shown,
  });
  return row && stateOf(row, now);
}

const open = `"tokenHash" = $1 AND "eventTypeId" = $2::uuid AND "usedAt" IS NULL AND "revokedAt" IS NULL
  AND ("expiresAt" IS NULL OR "expiresAt" > $3)`;

/** Whether a link can be used now (epoch milliseconds); inside the booking's transaction. */
export async function isLinkOpen(
  run: Run,
  eventTypeId: string,
  token: string,
  now: number,
): Promise<boolean> {
  const found = await run(`SELECT id FROM "BookingLink" WHERE ${open}`, [
    hashCapability(token),
    eventTypeId,
    new Date(now),
  ]);
  return found.length === 1;
}

/**
 * Uses a link up inside the booking's transaction; false: it can't be used (any more). A transaction that is taken back
 * takes this back too, and nothing else ever does.
 */
export async function consumeLink(
  run: Run,
  { eventTypeId, token, now }: { eventTypeId: string; token: string; now: number },
): Promise<boolean> {
  const used = await run(`UPDATE "BookingLink" SET "usedAt" = $3 WHERE ${open} RETURNING id`, [
    hashCapability(token),
    eventTypeId,
    new Date(now),
  ]);
  return used.length === 1;
}

/** The statement that notes what was booked with a link that was just used. */
export function linkUse(token: string, bookingId: string): Statement {
  return {
    text: `UPDATE "BookingLink" SET "bookingId" = $2::uuid WHERE "tokenHash" = $1`,
    values: [hashCapability(token), bookingId],
  };
}
