/** What an organizer's webhooks hear of their connection, in the transaction that changes it. */
import type { Tx } from "@/lib/database/client";
import type { Owner } from "@/lib/grants/health";
import { announceToWebhooks } from "@/lib/webhooks/announce";

interface ConnectionNews {
  state: "connected" | "limited" | "reconnect_needed" | "disconnected";
  /** Why, as a stable code. */
  reason: string | null;
  accountEmail: string;
}

/** Announces a connection's state. That a reconnect is needed goes out with the first email about it (nudge.ts). */
export async function announceConnection(
  tx: Tx,
  { userId, provider }: Owner,
  { state, reason, accountEmail }: ConnectionNews,
): Promise<void> {
  if (state === "reconnect_needed") return;
  const data = { provider, state, reason, accountEmail };
  await announceToWebhooks(tx, { ownerId: userId, event: `connection.${state}`, data });
}
