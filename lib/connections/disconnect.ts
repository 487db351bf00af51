/** Ends a connection. What was set up at Microsoft with its tokens is removed first, while they still exist. */
import { record } from "@/lib/audit/record";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { endSubscriptionOf } from "@/lib/calendars/subscriptions";
import { announceConnection } from "@/lib/connections/announce";
import { keepMailbox } from "@/lib/connections/former-mailboxes";
import { db, type Tx } from "@/lib/database/client";
import { despiteDeadlocks } from "@/lib/database/deadlock";
import { noteState, type Owner } from "@/lib/grants/health";

/**
 * Forgets the organizer's tokens. The grant at Microsoft stays until it is removed there. Of the mailbox only its name is
 * remembered, as long as bookings to come stand in it. False: there was nothing.
 */
export async function disconnect({ ownerId: userId }: OwnerScope): Promise<boolean> {
  const owner = { userId, provider: "teams" };
  await endSubscriptionOf(userId);
  // What reads its calendars may be at work on the rows that go with it.
  return despiteDeadlocks(() => db().$transaction((tx) => forget(tx, owner)));
}

async function forget(tx: Tx, owner: Owner): Promise<boolean> {
  const connection = await tx.meetingProviderConnection.findUnique({ where: { userId_provider: owner } });
  if (!connection) return false;
  await keepMailbox(tx, connection, { choice: "keep", keepsGrant: false });
  const { count } = await tx.meetingProviderConnection.deleteMany({ where: owner });
  if (count === 0) return false;
  if (connection.managed) {
    await tx.managedMailbox.updateMany({ where: { userId: owner.userId }, data: { declinedAt: new Date() } });
  }
  await noteState(tx, owner, "disconnected", null);
  const { accountEmail } = connection;
  await announceConnection(tx, owner, { state: "disconnected", reason: null, accountEmail });
  await record(tx, {
    action: "connection.removed",
    accountId: owner.userId,
    details: { account: connection.accountEmail },
  });
  return true;
}
