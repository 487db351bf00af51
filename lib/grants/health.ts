/** The state of a connection and its history, which outlives the connection. */

import type { OwnerScope } from "@/lib/auth/owner-scope";
import type { Tx } from "@/lib/database/client";
import { db } from "@/lib/database/client";
import type { ConnectionState } from "@/lib/database/generated/client";
import { changeGrant, type GrantHolder, type GrantRow } from "@/lib/grants/grant-store";

/** One organizer's link to one provider. */
export interface Owner {
  userId: string;
  provider: string;
}

/** Writes a line into the connection's history. */
export async function noteState(
  tx: Tx,
  owner: Owner,
  state: ConnectionState | "disconnected",
  reason: string | null,
): Promise<void> {
  await tx.connectionStateChange.create({ data: { ...owner, state, reason } });
}

/**
 * The provider wants the organizer back. Only the pair of tokens that was refused is judged: a newer one, from a
 * reconnect in the same moment, is left alone. True when the state changed now.
 */
export async function requireReconnect(
  { userId, provider, mailbox }: GrantHolder,
  { id, tokenVersion }: Pick<GrantRow, "id" | "tokenVersion">,
  { reason, detail }: { reason: string; detail: string },
): Promise<boolean> {
  return db().$transaction(async (tx) => {
    const changed = await changeGrant(
      { mailbox },
      { id, tokenVersion, state: { not: "reconnect_needed" } },
      { state: "reconnect_needed", reason, lastError: detail, refreshLeaseUntil: null },
      tx,
    );
    if (changed === 0) return false;
    if (!mailbox) await noteState(tx, { userId, provider }, "reconnect_needed", reason);
    return true;
  });
}

/** The newest changes of state first; `nudges` are the mails that asked the organizer back meanwhile, the newest first. */
export function listStateChanges(scope: OwnerScope, provider: string, limit = 20) {
  return db().connectionStateChange.findMany({
    where: { userId: scope.ownerId, provider },
    orderBy: { id: "desc" },
    take: limit,
    select: {
      state: true,
      reason: true,
      at: true,
      nudges: { select: { sentAt: true }, orderBy: { day: "desc" }, take: 1 },
    },
  });
}

export type StateChange = Awaited<ReturnType<typeof listStateChanges>>[number];
