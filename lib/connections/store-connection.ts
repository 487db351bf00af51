/** Stores the result of a sign-in as the organizer's connection. */

import { record } from "@/lib/audit/record";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { rereadCalendars } from "@/lib/calendars/reread";
import { endSubscriptionOf } from "@/lib/calendars/subscriptions";
import { announceConnection } from "@/lib/connections/announce";
import { endApproval } from "@/lib/connections/approval";
import { keepMailbox, takeBackMailbox } from "@/lib/connections/former-mailboxes";
import { db, type Tx } from "@/lib/database/client";
import { despiteDeadlocks } from "@/lib/database/deadlock";
import type { FormerChoice } from "@/lib/database/generated/client";
import { lockRow } from "@/lib/database/lock-row";
import { noteState, type Owner } from "@/lib/grants/health";
import { mailboxOf } from "@/lib/grants/mailbox";
import { sealTokens, type TokenSet } from "@/lib/grants/tokens";
import { nextRenewal, nextVerification } from "@/lib/grants/turns";
import { enqueue } from "@/lib/jobs/queue";
import { meetingsHeal, subscriptionKeep } from "@/lib/meetings/jobs";
import type { AccountFacts, Identity } from "@/lib/meetings/sign-in-port";
import { onlyReadsCalendars } from "@/lib/registration/scopes";

/** The result of a sign-in: tokens, and what is known of their account. */
export interface SignIn {
  tokens: TokenSet & { refreshToken: string };
  identity: Identity;
  account: AccountFacts;
  /** What was asked of Microsoft. */
  askedScopes: string;
}

/** Stores a connection immediately. Events in the previous mailbox stay there, and stay reachable, until they are over. */
export async function storeConnection(owner: Owner, signIn: SignIn): Promise<void> {
  if (await needsOtherSubscription(owner, signIn.identity)) await endSubscriptionOf(owner.userId);
  await despiteDeadlocks(() => db().$transaction((tx) => writeConnection(tx, owner, signIn, "keep")));
}

/** The same within a transaction; `choice` is what becomes of the events in the mailbox before, if that was another one. */
export async function writeConnection(
  tx: Tx,
  owner: Owner,
  { tokens, identity, account, askedScopes }: SignIn,
  choice: FormerChoice,
): Promise<void> {
  const data = {
    ...tokens,
    ...sealTokens(owner, tokens),
    ...identity,
    managed: identity.managed ?? false,
    ...account,
    askedScopes,
    lastError: null,
    lastVerifiedAt: new Date(),
    renewDueAt: nextRenewal(),
    verifyDueAt: nextVerification(),
    refreshLeaseUntil: null,
    pausedUntil: null,
  };
  await lockRow(tx, "MeetingProviderConnection", { userId: owner.userId, provider: owner.provider });
  const before = await tx.meetingProviderConnection.findUnique({ where: { userId_provider: owner } });
  if (before && mailboxOf(before) !== mailboxOf(identity)) {
    await keepMailbox(tx, before, { choice, keepsGrant: before.state !== "reconnect_needed" });
  }
  await takeBackMailbox(tx, owner, identity);
  const { id } = await tx.meetingProviderConnection.upsert({
    where: { userId_provider: owner },
    create: { ...owner, ...data },
    update: { ...data, tokenVersion: { increment: 1 } },
    select: { id: true },
  });
  await takeBackMeetings(tx, owner, id);
  if (onlyReadsCalendars(askedScopes)) await writeNothing(tx, owner);
  // A link to later changes belongs to whoever asked first, so one of the other kind starts anew.
  if (before && before.managed !== data.managed) await forgetRounds(tx, id);
  await rereadCalendars(tx, { connectionId: id, accountId: identity.accountId });
  await noteState(tx, owner, account.state, account.reason);
  await announceConnection(tx, owner, account);
  await record(tx, {
    action: "connection.made",
    accountId: owner.userId,
    details: { account: account.accountEmail, state: account.state },
  });
  await endApproval(scopeWithoutRequest(owner.userId), tx);
  if (account.state === "reconnect_needed") return;
  await enqueue(tx, meetingsHeal, { userId: owner.userId });
  await enqueue(tx, subscriptionKeep, { connectionId: id, renew: true });
}

async function forgetRounds(tx: Tx, connectionId: string): Promise<void> {
  const where = { connectionId };
  await tx.syncedCalendar.updateMany({ where, data: { nextLink: null, deltaLink: null } });
}

/** With a grant that only reads, no event is tried. It stays so until the organizer chooses a calendar for bookings. */
async function writeNothing(tx: Tx, { userId }: Owner): Promise<void> {
  await tx.calendarRules.upsert({
    where: { userId },
    create: { userId, readOnly: true },
    update: { readOnly: true },
  });
}

/** Meetings whose connection had ended reach their mailbox through this one. */
async function takeBackMeetings(tx: Tx, { userId }: Owner, connectionId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Meeting" SET "connectionId" = ${connectionId}::uuid
    WHERE coalesce("calendarOwnerId", "hostId") = ${userId}::uuid AND "connectionId" IS NULL AND "calendarMailbox" IS NOT NULL`;
}

/** Microsoft keeps the subscriptions of an app and those it made for a person apart. */
async function needsOtherSubscription(owner: Owner, account: Identity): Promise<boolean> {
  const before = await db().meetingProviderConnection.findUnique({
    where: { userId_provider: owner },
    select: { tenantId: true, accountId: true, managed: true },
  });
  if (before === null) return false;
  return mailboxOf(before) !== mailboxOf(account) || before.managed !== (account.managed ?? false);
}
