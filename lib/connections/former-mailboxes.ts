/**
 * Mailboxes that were connected before and still hold events of bookings to come. Their grants are kept for those events alone,
 * and are gone when the last of them is over.
 */

import type { OwnerScope } from "@/lib/auth/owner-scope";
import { db, type Tx } from "@/lib/database/client";
import { type FormerChoice, type MeetingProviderConnection, Prisma } from "@/lib/database/generated/client";
import { CipherError, unseal } from "@/lib/encryption/cipher";
import { formerHolder, grantBinding } from "@/lib/grants/grant-store";
import type { Owner } from "@/lib/grants/health";
import { mailboxOf } from "@/lib/grants/mailbox";
import { sealTokens } from "@/lib/grants/tokens";

const standsThere = Prisma.sql`m."endsAt" > now() AND m."calendarMailbox" = f."tenantId" || '/' || f."accountId"
  AND (m."calendarEventId" IS NOT NULL OR m.problem IS NOT NULL OR m.status = 'creating')`;

/** Our events in a mailbox `f` that are not over: those we know, one being created, and one to be removed. */
const needed = Prisma.sql`EXISTS (
    SELECT 1 FROM "Meeting" m WHERE coalesce(m."calendarOwnerId", m."hostId") = f."userId" AND ${standsThere})
  OR EXISTS (
    SELECT 1 FROM "MeetingProviderConnection" c JOIN "Meeting" m ON m."connectionId" = c.id
    WHERE c."userId" = f."userId" AND ${standsThere})
  OR EXISTS (
    SELECT 1 FROM "RetiredEvent" r
    WHERE r."userId" = f."userId" AND r."endsAt" > now() AND r.mailbox = f."tenantId" || '/' || f."accountId")`;

/**
 * Keeps what the events in a mailbox need when it stops being the connected one, in the transaction that ends its connection.
 * `keepsGrant` false: only its name is remembered. Nothing is kept where nothing is needed.
 */
export async function keepMailbox(
  tx: Tx,
  connection: MeetingProviderConnection,
  { choice, keepsGrant }: { choice: FormerChoice; keepsGrant: boolean },
): Promise<void> {
  const { userId, provider, tenantId, accountId } = connection;
  const grant = keepsGrant ? grantOf(connection) : { accessToken: null, refreshToken: null };
  const { expiresAt, tokenSeconds, scopes, askedScopes, accountEmail, accountKind, managed } = connection;
  const { teamsAvailable, state, reason, lastError, pausedUntil, renewDueAt } = connection;
  const calendars = await tx.syncedCalendar.findMany({
    where: { connectionId: connection.id, isDefault: false, ownerAddress: null },
    select: { calendarId: true },
    orderBy: { isTarget: "desc" },
  });
  const data = {
    ...grant,
    calendarIds: calendars.map(({ calendarId }) => calendarId),
    ...{ expiresAt, tokenSeconds, scopes, askedScopes, accountEmail, accountKind, managed },
    ...{ teamsAvailable, state, reason, lastError, pausedUntil, renewDueAt },
    refreshLeaseUntil: null,
    choice,
  };
  const which = { userId, provider, tenantId, accountId };
  await tx.formerMailbox.upsert({
    where: { userId_provider_tenantId_accountId: which },
    create: { ...which, ...data },
    update: { ...data, tokenVersion: { increment: 1 } },
  });
  await purge(tx, Prisma.sql`f."userId" = ${userId}::uuid`);
}

/** Both tokens, sealed for their new row; nothing if they can't be decrypted. */
function grantOf(connection: MeetingProviderConnection) {
  const { userId, provider } = connection;
  const open = (kind: "access" | "refresh", sealed: string) =>
    unseal(sealed, grantBinding({ userId, provider }, kind));
  try {
    const accessToken = open("access", connection.accessToken);
    const refreshToken = open("refresh", connection.refreshToken);
    return sealTokens(formerHolder(connection), { accessToken, refreshToken });
  } catch (error) {
    if (!(error instanceof CipherError)) throw error;
    return { accessToken: null, refreshToken: null };
  }
}

/** The mailbox is the connected one again, so its events are reached through the connection. */
export async function takeBackMailbox(
  tx: Tx,
  owner: Owner,
  account: { tenantId: string; accountId: string },
): Promise<void> {
  const { tenantId, accountId } = account;
  await tx.formerMailbox.deleteMany({ where: { ...owner, tenantId, accountId } });
}

function purge(client: Tx, which: Prisma.Sql): Promise<number> {
  return client.$executeRaw`DELETE FROM "FormerMailbox" f WHERE ${which} AND NOT (${needed})`;
}

/** Forgets the mailboxes whose last event is over, grants and all. */
export async function purgeMailboxes(): Promise<void> {
  await db().$transaction((tx) => purge(tx, Prisma.sql`true`));
}

/** Forgets a former mailbox's grant immediately: what is still in there can't be reached afterwards. False: there is no such mailbox. */
export async function forgetGrant({ ownerId: userId }: OwnerScope, id: string): Promise<boolean> {
  return db().$transaction(async (tx) => {
    const { count } = await tx.formerMailbox.updateMany({
      where: { id, userId },
      data: { accessToken: null, refreshToken: null, tokenVersion: { increment: 1 } },
    });
    await purge(tx, Prisma.sql`f.id = ${id}::uuid`);
    return count > 0;
  });
}

/** Former mailboxes whose token has not been renewed for a day; a turn that comes to nothing is due again in 15 minutes. */
export function takeFormerTurns(provider: string, most: number) {
  return db().$queryRaw<{ userId: string; tokenVersion: number; tenantId: string; accountId: string }[]>`
    UPDATE "FormerMailbox" SET "renewDueAt" = now() + interval '15 minutes'
    WHERE id IN (
      SELECT id FROM "FormerMailbox"
      WHERE provider = ${provider} AND "renewDueAt" <= now() AND state <> 'reconnect_needed' AND "refreshToken" IS NOT NULL
      ORDER BY "renewDueAt" LIMIT ${most} FOR UPDATE SKIP LOCKED)
    RETURNING "userId"::text, "tokenVersion", "tenantId", "accountId"`;
}

/** Upcoming confirmed bookings whose events are in a mailbox; `kind`: only those with that kind of location. */
export async function countHeldIn(
  userId: string,
  account: { tenantId: string; accountId: string },
  kind?: "teams",
): Promise<number> {
  return db().booking.count({
    where: {
      status: "confirmed",
      endsAt: { gt: new Date() },
      meeting: {
        hostId: userId,
        calendarMailbox: mailboxOf(account),
        calendarEventId: { not: null },
        ...(kind ? { kind } : {}),
      },
    },
  });
}
