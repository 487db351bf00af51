/** Accounts that open once their holder has shown that the address is theirs. */
import { z } from "zod";
import { createOrganizer } from "@/lib/accounts/create-organizer";
import { redeemInvitation } from "@/lib/accounts/invitations";
import { lockAccounts } from "@/lib/accounts/lock";
import { sendAddressTaken, sendConfirmSignUp } from "@/lib/accounts/mails/confirm-address";
import { findSignUpAccess } from "@/lib/accounts/sign-up-access";
import { hashCapability, newCapability } from "@/lib/auth/capability";
import { verifyPassword } from "@/lib/auth/passwords";
import { consume, refund } from "@/lib/auth/rate-limit";
import type { Session } from "@/lib/auth/session";
import { env } from "@/lib/config/env";
import { db, type Tx } from "@/lib/database/client";
import type { Locale } from "@/lib/i18n/languages";
import { err, ok, type Result } from "@/lib/result";

const lifetimeMs = 24 * 3600 * 1000;

export interface AskedSignUp {
  email: string;
  name: string;
  passwordHash: string;
  timeZone: string;
  invitation?: string | undefined;
  /** Where they go afterwards: a path of our own. */
  returnTo: string;
  locale: Locale;
}

/**
 * Mails a link, good for a day, to whoever wants an account. Where the address has one, its holder is mailed how to get in instead, so that
 * the answer is the same.
 */
export async function askToConfirm(tx: Tx, asked: AskedSignUp, now = new Date()): Promise<void> {
  const { email, name, passwordHash, timeZone, invitation, returnTo, locale } = asked;
  const taken = await tx.user.findUnique({
    where: { email },
    select: { name: true, email: true, locale: true },
  });
  if (taken) return sendAddressTaken(tx, taken);
  const token = newCapability();
  await tx.pendingSignUp.create({
    data: {
      tokenHash: hashCapability(token),
      email,
      name,
      passwordHash,
      timeZone,
      invitationHash: invitation ? hashCapability(invitation) : null,
      expiresAt: new Date(now.getTime() + lifetimeMs),
    },
  });
  const path = `/sign-up/confirm/${token}?returnTo=${encodeURIComponent(returnTo)}`;
  await sendConfirmSignUp(tx, { email, locale, path });
}

const live = (token: string, now: Date) => ({
  tokenHash: hashCapability(token),
  expiresAt: { gt: now },
});

/** The address that a link would confirm; null for one that is used up, ran out, or never was. */
export async function getPendingSignUp(token: string, now = new Date()): Promise<{ email: string } | null> {
  return db().pendingSignUp.findFirst({ where: live(token, now), select: { email: true } });
}

export const confirmSignUpInput = z.object({
  token: z.string().max(200),
  password: z.string().min(1, "required").max(256, "too_long"),
});

export type ConfirmRefused =
  | { code: "link_invalid" | "wrong_password" | "sign_up_closed" | "invitation_invalid" }
  | { code: "password_not_offered" }
  | { code: "too_many_attempts"; retryAfterSeconds: number };

/**
 * Opens the account that a mailed link is for, once. It asks for the password of the sign-up: otherwise a stranger could sign up with
 * someone's address, and with a password of their own get into the account that its owner then opens.
 */
export async function confirmSignUp(
  { token, password }: z.output<typeof confirmSignUpInput>,
  { locale }: { locale: Locale },
  now = new Date(),
): Promise<Result<Session, ConfirmRefused>> {
  if (!env().SIGN_IN.includes("password")) return err("password_not_offered");
  const pending = await db().pendingSignUp.findFirst({ where: live(token, now) });
  if (!pending) return err("link_invalid");
  const allowance = await consume("passwordCheckSession", pending.id);
  if (!allowance.ok) return err("too_many_attempts", { retryAfterSeconds: allowance.retryAfterSeconds });
  if (!(await verifyPassword(password, pending.passwordHash))) return err("wrong_password");
  await refund("passwordCheckSession", pending.id);
  return db().$transaction(async (tx) => {
    await lockAccounts(tx);
    const { email, name, passwordHash, timeZone, invitationHash } = pending;
    const access = await findSignUpAccess({ invitation: invitationHash ?? "", email }, env().SIGN_UP, tx);
    if (!access.isOpen) return err(access.code);
    const { count } = await tx.pendingSignUp.deleteMany({ where: { id: pending.id } });
    const taken = await tx.user.findUnique({ where: { email }, select: { id: true } });
    if (count === 0 || taken) return err("link_invalid");
    await tx.pendingSignUp.deleteMany({ where: { email } });
    if (invitationHash) await redeemInvitation(tx, invitationHash);
    const created = await createOrganizer(tx, {
      email,
      name,
      passwordHash,
      role: access.asFirst ? "admin" : "organizer",
      timeZone,
      locale,
      openedWith: "password",
    });
    return ok({ userId: created.id, sessionEpoch: created.sessionEpoch });
  });
}
