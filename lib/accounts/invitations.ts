import { record } from "@/lib/audit/record";
import { hashCapability, newCapability } from "@/lib/auth/capability";
import { db, type Tx } from "@/lib/database/client";

const lifetimeMs = 14 * 24 * 3600 * 1000;

export interface Invitation {
  id: string;
  createdAt: Date;
  expiresAt: Date;
  createdBy: { name: string };
}

/** Makes a link for one person, good for 14 days. This is the only time its token can be read. */
export async function createInvitation(
  createdById: string,
  now = new Date(),
): Promise<{ token: string; expiresAt: Date }> {
  const token = newCapability();
  const expiresAt = new Date(now.getTime() + lifetimeMs);
  await db().$transaction(async (tx) => {
    await tx.invitation.create({ data: { createdById, tokenHash: hashCapability(token), expiresAt } });
    await record(tx, { action: "invitation.made", details: { expiresAt: expiresAt.toISOString() } });
  });
  return { token, expiresAt };
}

const hashOf = (invitation: string | Uint8Array<ArrayBuffer>) =>
  typeof invitation === "string" ? hashCapability(invitation) : invitation;

const open = (now: Date) => ({ usedAt: null, expiresAt: { gt: now } });

/** True while the link, known by its token or the token's hash, has neither been used nor run out. */
export async function isInvitationOpen(
  tx: Tx,
  invitation: string | Uint8Array<ArrayBuffer>,
  now = new Date(),
): Promise<boolean> {
  const found = await tx.invitation.findFirst({
    where: { tokenHash: hashOf(invitation), ...open(now) },
    select: { id: true },
  });
  return found !== null;
}

/** Uses the link up. False: someone was faster. */
export async function redeemInvitation(
  tx: Tx,
  invitation: string | Uint8Array<ArrayBuffer>,
  now = new Date(),
): Promise<boolean> {
  const { count } = await tx.invitation.updateMany({
    where: { tokenHash: hashOf(invitation), ...open(now) },
    data: { usedAt: now },
  });
  return count === 1;
}

/** Links that someone could still use, newest first. */
export function listOpenInvitations(now = new Date()): Promise<Invitation[]> {
  return db().invitation.findMany({
    where: open(now),
    select: { id: true, createdAt: true, expiresAt: true, createdBy: { select: { name: true } } },
    orderBy: { createdAt: "desc" },
  });
}

/** Takes a link back. One that is gone already is left alone. */
export async function revokeInvitation(id: string): Promise<void> {
  await db().$transaction(async (tx) => {
    const { count } = await tx.invitation.deleteMany({ where: { id, usedAt: null } });
    if (count > 0) await record(tx, { action: "invitation.taken_back" });
  });
}
