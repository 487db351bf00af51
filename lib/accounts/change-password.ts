import { z } from "zod";
import { lockAccounts } from "@/lib/accounts/lock";
import { sendPasswordChanged } from "@/lib/accounts/mails/password-changed";
import { password } from "@/lib/accounts/schema";
import { record } from "@/lib/audit/record";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { hashPassword, verifyPassword } from "@/lib/auth/passwords";
import { consume, refund } from "@/lib/auth/rate-limit";
import type { Session } from "@/lib/auth/session";
import { db, type Tx } from "@/lib/database/client";
import { err, ok, type Result } from "@/lib/result";

export const currentPassword = z.string().min(1, "required").max(256, "too_long");

export const changePasswordInput = z.object({ currentPassword, newPassword: password });

export type PasswordRefused =
  | { code: "wrong_password" }
  | { code: "too_many_attempts"; retryAfterSeconds: number };

/** Someone whose password is asked for again, and the browser that they type it in. */
export interface Asked {
  scope: OwnerScope;
  sessionId: string;
}

/**
 * Asks for the password again, before something that a borrowed browser must not do. Failures are counted by session, so that whoever
 * guesses in one browser doesn't use up what the holder has in another, and by account over all of them.
 */
export async function confirmPassword(
  { scope, sessionId }: Asked,
  given: string,
): Promise<Result<null, PasswordRefused>> {
  const counters = [
    ["passwordCheckSession", sessionId],
    ["passwordCheck", scope.ownerId],
  ] as const;
  for (const [name, subject] of counters) {
    const allowance = await consume(name, subject);
    if (!allowance.ok) return err("too_many_attempts", { retryAfterSeconds: allowance.retryAfterSeconds });
  }
  const user = await db().user.findUnique({ where: { id: scope.ownerId }, select: { passwordHash: true } });
  if (!(await verifyPassword(given, user?.passwordHash ?? null))) return err("wrong_password");
  for (const [name, subject] of counters) await refund(name, subject);
  return ok(null);
}

/** Whether the account has a password; one that was opened through an identity provider has none. */
export async function hasPassword(scope: OwnerScope): Promise<boolean> {
  const user = await db().user.findUnique({ where: { id: scope.ownerId }, select: { passwordHash: true } });
  return user?.passwordHash != null;
}

/**
 * Changes the password and ends every session; the answer is a new one for the browser that asked. API keys go on working: the
 * account's holder can end them one by one, and the mail says that there are some.
 */
export async function changePassword(
  asked: Asked,
  input: z.output<typeof changePasswordInput>,
): Promise<Result<Session, PasswordRefused>> {
  const confirmed = await confirmPassword(asked, input.currentPassword);
  if (!confirmed.ok) return confirmed;
  const { scope } = asked;
  const passwordHash = await hashPassword(input.newPassword);
  return ok(await db().$transaction((tx) => storePassword(tx, { userId: scope.ownerId, passwordHash })));
}

/**
 * Sets the password, ends all sessions and open reset links, and notifies the account's holder by email. Of the API keys only `keptKeys` go
 * on working; left out, all do.
 */
export async function storePassword(
  tx: Tx,
  { userId, passwordHash, keptKeys }: { userId: string; passwordHash: string; keptKeys?: string[] },
): Promise<Session> {
  await lockAccounts(tx);
  const { email, name, locale } = await tx.user.update({
    where: { id: userId },
    data: { passwordHash },
    select: { email: true, name: true, locale: true },
  });
  const session = await endAllSessions(tx, userId);
  await tx.passwordReset.deleteMany({ where: { userId } });
  const ended = keptKeys ? await tx.apiKey.deleteMany({ where: { userId, id: { notIn: keptKeys } } }) : null;
  const keys = { ended: ended?.count ?? 0, kept: await tx.apiKey.count({ where: { userId } }) };
  await record(tx, {
    action: keptKeys ? "password.reset" : "password.changed",
    accountId: userId,
    byHolder: true,
    details: { keysEnded: keys.ended, keysKept: keys.kept },
  });
  await sendPasswordChanged(tx, { email, name, locale, keys });
  return session;
}

/** Ends every session of an account; the answer opens a new one for the browser that asked. */
export async function endAllSessions(tx: Tx, userId: string): Promise<Session> {
  const { sessionEpoch } = await tx.user.update({
    where: { id: userId },
    data: { sessionEpoch: { increment: 1 } },
    select: { sessionEpoch: true },
  });
  await tx.session.deleteMany({ where: { userId } });
  return { userId, sessionEpoch };
}
