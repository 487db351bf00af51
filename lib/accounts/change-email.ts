/** The address that an organizer signs in with. Where there is a mail server, another one has to be shown to be theirs first. */
import { z } from "zod";
import {
  type Asked,
  confirmPassword,
  endAllSessions,
  type PasswordRefused,
} from "@/lib/accounts/change-password";
import { lockAccounts } from "@/lib/accounts/lock";
import { sendAddressTaken, sendConfirmEmail } from "@/lib/accounts/mails/confirm-address";
import { sendEmailChanged } from "@/lib/accounts/mails/email-changed";
import { email } from "@/lib/accounts/schema";
import { record } from "@/lib/audit/record";
import { hashCapability, newCapability } from "@/lib/auth/capability";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { consume } from "@/lib/auth/rate-limit";
import type { Session } from "@/lib/auth/session";
import { env } from "@/lib/config/env";
import { db, type Tx } from "@/lib/database/client";
import { err, ok, type Result } from "@/lib/result";

const lifetimeMs = 24 * 3600 * 1000;

export const changeEmailInput = z.object({
  email,
  /** Of an account that has one, while it is a way in. */
  currentPassword: z.string().max(256, "too_long").optional(),
});

export type EmailRefused =
  | PasswordRefused
  /** There is no password to ask for, and the last sign-in is too long ago. */
  | { code: "sign_in_again" }
  | { code: "email_unavailable" };

export type EmailOutcome =
  | { kind: "unchanged" }
  /** The old address is told, open reset links and all sessions end, and this one is new for the browser that asked. */
  | { kind: "changed"; session: Session }
  /** A link was mailed to the new address. Until it is opened, nothing changes. */
  | { kind: "asked" };

/**
 * Changes the address once the account's holder has proved who they are: by the password, or where there is none by a sign-in that
 * `isRecent`. With a mail server, the answer is the same whether or not another account has the address: its holder is mailed.
 */
export async function changeEmail(
  asked: Asked,
  input: z.output<typeof changeEmailInput>,
  isRecent = false,
  now = new Date(),
): Promise<Result<EmailOutcome, EmailRefused>> {
  const { scope } = asked;
  if (await asksPassword(scope)) {
    const confirmed = await confirmPassword(asked, input.currentPassword ?? "");
    if (!confirmed.ok) return confirmed;
  } else if (!isRecent) return err("sign_in_again");
  const userId = scope.ownerId;
  if (!env().SMTP_URL) {
    return db().$transaction(async (tx) => {
      await lockAccounts(tx);
      const holder = await tx.user.findUnique({ where: { email: input.email }, select: { id: true } });
      if (holder?.id === userId) return ok({ kind: "unchanged" });
      return holder ? err("email_unavailable") : ok(await storeEmail(tx, userId, input.email));
    });
  }
  const mails = await consume("addressMail", input.email);
  if (!mails.ok) return err("too_many_attempts", { retryAfterSeconds: mails.retryAfterSeconds });
  return db().$transaction((tx) => ask(tx, userId, input.email, now));
}

/** Whether a change needs the password: there is one, and it is a way in. */
export async function asksPassword(scope: OwnerScope): Promise<boolean> {
  const user = await db().user.findUnique({ where: { id: scope.ownerId }, select: { passwordHash: true } });
  return user?.passwordHash != null && env().SIGN_IN.includes("password");
}

async function ask(
  tx: Tx,
  userId: string,
  newEmail: string,
  now: Date,
): Promise<Result<EmailOutcome, never>> {
  await lockAccounts(tx);
  const holder = await tx.user.findUnique({
    where: { email: newEmail },
    select: { id: true, name: true, email: true, locale: true },
  });
  await tx.emailChange.deleteMany({ where: { userId } });
  if (holder?.id === userId) return ok({ kind: "unchanged" });
  const token = newCapability();
  const { locale } = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { locale: true } });
  const expiresAt = new Date(now.getTime() + lifetimeMs);
  await tx.emailChange.create({
    data: { userId, email: newEmail, tokenHash: hashCapability(token), expiresAt },
  });
  // Nobody gets the link to an address that is taken.
  if (holder) await sendAddressTaken(tx, holder);
  else await sendConfirmEmail(tx, { email: newEmail, locale, token });
  return ok({ kind: "asked" });
}

/** The address that waits to be confirmed; null: none. */
export async function getPendingEmail(scope: OwnerScope, now = new Date()): Promise<string | null> {
  const found = await db().emailChange.findFirst({
    where: { userId: scope.ownerId, expiresAt: { gt: now } },
    select: { email: true },
  });
  return found?.email ?? null;
}

/** Keeps the address that there is. */
export async function dropPendingEmail(scope: OwnerScope): Promise<void> {
  await db().emailChange.deleteMany({ where: { userId: scope.ownerId } });
}

/** The address that a mailed link would give to this account; null for one that is used up, ran out, or is another account's. */
export async function readEmailLink(
  scope: OwnerScope,
  token: string,
  now = new Date(),
): Promise<string | null> {
  const found = await db().emailChange.findFirst({ where: live(scope, token, now), select: { email: true } });
  return found?.email ?? null;
}

const live = ({ ownerId }: OwnerScope, token: string, now: Date) => ({
  userId: ownerId,
  tokenHash: hashCapability(token),
  expiresAt: { gt: now },
});

/**
 * Gives the account the address that its holder has shown to be theirs. They have to be signed in: a link that was mailed to a mistyped
 * address gives its reader nothing.
 */
export function confirmEmail(
  scope: OwnerScope,
  token: string,
  now = new Date(),
): Promise<Result<{ session: Session; email: string }, { code: "link_invalid" }>> {
  return db().$transaction(async (tx) => {
    await lockAccounts(tx);
    const pending = await tx.emailChange.findFirst({
      where: live(scope, token, now),
      select: { email: true },
    });
    if (!pending) return err("link_invalid");
    await tx.emailChange.deleteMany({ where: { userId: scope.ownerId } });
    const taken = await tx.user.findUnique({ where: { email: pending.email }, select: { id: true } });
    if (taken) return err("link_invalid");
    const { session } = await storeEmail(tx, scope.ownerId, pending.email);
    return ok({ session, email: pending.email });
  });
}

/** Gives an account another address: the old one is told, open reset links and all sessions end. Call under the accounts' lock. */
export async function storeEmail(
  tx: Tx,
  userId: string,
  newEmail: string,
): Promise<{ kind: "changed"; session: Session }> {
  const before = await tx.user.findUniqueOrThrow({
    where: { id: userId },
    select: { email: true, name: true, locale: true },
  });
  await tx.user.update({ where: { id: userId }, data: { email: newEmail }, select: { id: true } });
  await tx.passwordReset.deleteMany({ where: { userId } });
  const session = await endAllSessions(tx, userId);
  await record(tx, {
    action: "email.changed",
    accountId: userId,
    details: { before: { email: before.email }, after: { email: newEmail } },
  });
  await sendEmailChanged(tx, {
    name: before.name,
    oldEmail: before.email,
    newEmail,
    locale: before.locale,
  });
  return { kind: "changed", session };
}
