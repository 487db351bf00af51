/** Links with which one visitor books once. They are found by hash; no one, not even their creator, can read one again. */

import { hashCapability, newCapability } from "@/lib/auth/capability";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import type { TeamScope } from "@/lib/auth/team-scope";
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

/** Whose event type it is: an organizer's own, or one of a team that they manage. */
type LinkOwner = OwnerScope | TeamScope;

/** The event types that someone may make links to; null: none. */
function ownedBy(scope: LinkOwner): { userId: string } | { teamId: string } | null {
  if ("ownerId" in scope) return { userId: scope.ownerId };
  return scope.manages ? { teamId: scope.teamId } : null;
}

/** Makes a link to one of the organizer's or team's event types. `name` is for those who manage it alone. */
export async function createBookingLink(
  scope: LinkOwner,
  eventTypeId: string,
  { name = "", expiresAt = null }: { name?: string | undefined; expiresAt?: Date | null | undefined } = {},
  now = new Date(),
): Promise<Result<NewBookingLink, { code: "not_found" }>> {
  const owned = ownedBy(scope);
  if (!owned || !isId(eventTypeId)) return err("not_found");
  const eventType = await db().eventType.findFirst({
    where: { id: eventTypeId, ...owned },
    select: {
      slug: true,
      user: { select: { handle: true } },
      team: { select: { handle: true } },
    },
  });
  if (!eventType) return err("not_found");
  const token = newCapability();
  const row = await db().bookingLink.create({
    data: { eventTypeId, name, expiresAt, tokenHash: hashCapability(token) },
    select: shown,
  });
  const { slug } = eventType;
  const owner = eventType.user ?? eventType.team;
  if (!owner) throw new Error("An event type is an organizer's or a team's.");
  return ok({ ...toLink(row, now), url: `${env().APP_URL}/${owner.handle}/${slug}?link=${token}` });
}

/** The links of one of the organizer's or team's event types, newest first. */
export async function listBookingLinks(
  scope: LinkOwner,
  eventTypeId: string,
  { after, take = 100 }: { after?: string | undefined; take?: number } = {},
  now = new Date(),
): Promise<BookingLink[]> {
  const owned = ownedBy(scope);
  if (!owned) return [];
  const rows = await db().bookingLink.findMany({
    where: { eventTypeId, eventType: owned, ...(after ? { id: { lt: after } } : {}) },
    select: shown,
    orderBy: { id: "desc" },
    take,
  });
  return rows.map((row) => toLink(row, now));
}

/** Revokes an unused link. Does nothing if it was used or is another's. */
export async function revokeBookingLink(
  scope: LinkOwner,
  id: string,
  now = new Date(),
): Promise<Result<null, { code: "not_found" }>> {
  const owned = ownedBy(scope);
  if (!owned || !isId(id)) return err("not_found");
  const { count } = await db().bookingLink.updateMany({
    where: { id, eventType: owned, usedAt: null },
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
