/** Notices that a shared problem is over, even when no one makes a request. */
import { consume } from "@/lib/auth/rate-limit";
import { db } from "@/lib/database/client";
import { enqueue } from "@/lib/jobs/queue";
import { meetingsHeal } from "@/lib/meetings/jobs";
import { areCredentialsRefused } from "@/lib/meetings/operator-alert";
import { ProviderError } from "@/lib/meetings/provider";
import { signInPort } from "@/lib/meetings/registry-sign-in";
import { findMisconfigured, takeUpWaiting } from "@/lib/meetings/take-up";

/**
 * While meetings or calendars wait for the operator (a new secret, a key that came back), asks for one token of one of
 * their organizers: the first that comes takes everything up. Over all processes once in 20 seconds.
 */
export async function tryCredentials(): Promise<void> {
  const waiting = await findMisconfigured();
  if (!waiting || !(await consume("credentialsTrial", "teams")).ok) return;
  const { userId, tokenVersion: rejected } = waiting;
  const isKnown = await areCredentialsRefused();
  try {
    await signInPort("teams").accessFor(userId, { rejected, countsAsUse: false });
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    // Their wait has another reason now, which their meetings have to show.
    const isTheirs = error.code === "reconnect_needed" || error.code === "not_connected";
    if (isTheirs) await db().$transaction((tx) => enqueue(tx, meetingsHeal, { userId }));
    return;
  }
  // Otherwise the first token has taken everything up already.
  if (!isKnown) await db().$transaction((tx) => takeUpWaiting(tx, "misconfigured"));
}

/** While Microsoft can't be reached, checks whether it can be again. */
export const tryConnectivity = () => signInPort("teams").lookForProvider();
