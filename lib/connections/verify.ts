/** The canary: whether a connection still does what it did, found out before a visitor does. Makes no test event. */
import { type OwnerScope, scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { log } from "@/lib/config/log";
import { announceConnection } from "@/lib/connections/announce";
import { takeFormerTurns } from "@/lib/connections/former-mailboxes";
import { db } from "@/lib/database/client";
import type { MeetingProviderConnection } from "@/lib/database/generated/client";
import { connectionStatusOf } from "@/lib/grants/connection-status";
import { noteState } from "@/lib/grants/health";
import { mailboxOf } from "@/lib/grants/mailbox";
import { nextVerification, takeTurns } from "@/lib/grants/turns";
import { inParallel } from "@/lib/jobs/in-parallel";
import { enqueue } from "@/lib/jobs/queue";
import { meetingsHeal } from "@/lib/meetings/jobs";
import { ProviderError } from "@/lib/meetings/provider";
import { signInPort } from "@/lib/meetings/registry-sign-in";
import type { AccountFacts } from "@/lib/meetings/sign-in-port";
import { registration } from "@/lib/registration/registration";

const provider = "teams";

/** Portions that one worker takes at a time, and how many of them it looks at side by side. */
const batchSize = 100;
const atOnce = 4;

const hourMs = 3600_000;

/**
 * Renews the token, reads the calendar and what Teams it has, and writes down what that means. Throws `ProviderError`
 * when it could not be found out; the connection is then left as it was.
 */
export async function verifyConnection(
  { ownerId: userId }: OwnerScope,
  priority: "visitor" | "sync" = "visitor",
): Promise<void> {
  const where = { userId_provider: { userId, provider } };
  const before = await db().meetingProviderConnection.findUnique({ where });
  if (!before) throw new ProviderError("not_connected", "The organizer has no connection.");
  const access = await signInPort(provider).accessFor(userId, {
    rejected: before.tokenVersion,
    countsAsUse: false,
  });
  const renewed = await db().meetingProviderConnection.findUnique({ where });
  if (!renewed) return;
  const grant = { asked: renewed.askedScopes, granted: renewed.scopes };
  await storeFacts(renewed, await signInPort(provider).identify(access, access.token, grant, priority));
}

/** Writes down what an account can do, and says so where that is news. */
export async function storeFacts(connection: MeetingProviderConnection, facts: AccountFacts): Promise<void> {
  const { id, userId, tokenVersion, state, reason, accountEmail } = connection;
  const { scopes: configured } = await registration();
  const before = connectionStatusOf(connection, configured);
  const after = connectionStatusOf({ ...connection, ...facts }, configured);
  const changed = facts.state !== state || facts.reason !== reason;
  // A mailbox that can't be reached says nothing about Teams, and is often back within hours, as after a move.
  const isAway = facts.reason === "no_mailbox";
  const data = {
    ...facts,
    teamsAvailable: isAway ? connection.teamsAvailable : facts.teamsAvailable,
    accountEmail: facts.accountEmail || accountEmail,
    lastError: null,
    lastVerifiedAt: new Date(),
    verifyDueAt: isAway ? new Date(Date.now() + hourMs) : nextVerification(),
  };
  await db().$transaction(async (tx) => {
    // A reconnect in the same moment knows better.
    const where = { id, tokenVersion, state };
    const { count } = await tx.meetingProviderConnection.updateMany({ where, data });
    if (count === 0 || !changed) return;
    const isNews = after.state !== before.state || after.reason !== before.reason;
    if (isNews) {
      await noteState(tx, { userId, provider }, after.state, after.reason);
      await announceConnection(tx, { userId, provider }, { ...data, ...after });
    }
    if (facts.state !== "reconnect_needed") await enqueue(tx, meetingsHeal, { userId });
  });
}

/** Verifies the connections whose week is over. */
export async function verifyDueConnections(): Promise<void> {
  await inParallel(await takeTurns(provider, "verify", batchSize), atOnce, ({ userId }) =>
    unlessUnable(() => verifyConnection(scopeWithoutRequest(userId), "sync")),
  );
}

/** Renews tokens that no one has needed for a day: Microsoft forgets a grant that is idle for 90. */
export async function keepAlive(): Promise<void> {
  await inParallel(await takeTurns(provider, "renew", batchSize), atOnce, ({ userId, tokenVersion }) =>
    unlessUnable(() =>
      signInPort(provider).accessFor(userId, { rejected: tokenVersion, countsAsUse: false }),
    ),
  );
  await inParallel(
    await takeFormerTurns(provider, batchSize),
    atOnce,
    ({ userId, tokenVersion, ...account }) =>
      unlessUnable(() =>
        signInPort(provider).accessFor(userId, {
          mailbox: mailboxOf(account),
          rejected: tokenVersion,
          countsAsUse: false,
        }),
      ),
  );
}

/** What goes wrong for one connection is written down with it, comes again in its own time, and stops no other. */
async function unlessUnable(run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    const isExpected = error instanceof ProviderError;
    log()[isExpected ? "info" : "error"]({ error }, "A connection could not be looked after");
  }
}
