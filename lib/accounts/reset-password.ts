import { z } from "zod";
import { storePassword } from "@/lib/accounts/change-password";
import { sendPasswordReset } from "@/lib/accounts/mails/password-reset";
import { email, password } from "@/lib/accounts/schema";
import { findUserId } from "@/lib/accounts/users";
import { record } from "@/lib/audit/record";
import { type ApiKey, listApiKeys } from "@/lib/auth/api-keys";
import { hashCapability, newCapability } from "@/lib/auth/capability";
import { type KnownDevice, ownDevice } from "@/lib/auth/known-device";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { hashPassword } from "@/lib/auth/passwords";
import { type Allowance, consume } from "@/lib/auth/rate-limit";
import { db } from "@/lib/database/client";
import { err, ok, type Result } from "@/lib/result";

const lifetimeMs = 60 * 60 * 1000;

export const forgotPasswordInput = z.object({ email });

export const resetPasswordInput = z.object({
  token: z.string().max(200),
  newPassword: password,
  /** Ids of the API keys that go on working; the others end. */
  keptKeys: z.array(z.uuid()).max(1000).default([]),
});

/**
 * Counts one request for a reset link, whether or not the address has an account. No stranger can keep anyone from theirs: a `device` that
 * its holder has used before counts for itself, and whoever else is refused has a link in their mailbox that is good for half an hour more.
 */
export async function allowPasswordReset(
  emailAddress: string,
  address: string,
  device: KnownDevice | null = null,
): Promise<Allowance> {
  const own = ownDevice(device, (await findUserId(emailAddress)) ?? undefined);
  if (own && (await consume("passwordResetDevice", emailAddress, own)).ok) return { ok: true };
  const byNetwork = await consume("passwordResetAddress", address);
  if (byNetwork.ok && (await consume("passwordReset", emailAddress)).ok) return { ok: true };
  return consume("passwordResetReserve", emailAddress);
}

/**
 * Mails a link, good for an hour, to the account with this address; does nothing where there is none, or it is disabled. Run it after the
 * answer was sent, so that the response time reveals nothing.
 */
export async function mailPasswordReset(emailAddress: string, now = new Date()): Promise<void> {
  const user = await db().user.findUnique({
    where: { email: emailAddress, disabledAt: null },
    select: { id: true, name: true, email: true, locale: true },
  });
  if (!user) return;
  const token = newCapability();
  const expiresAt = new Date(now.getTime() + lifetimeMs);
  await db().$transaction(async (tx) => {
    await tx.passwordReset.create({
      data: { userId: user.id, tokenHash: hashCapability(token), expiresAt },
    });
    await record(tx, { action: "password.reset_asked", accountId: user.id });
    await sendPasswordReset(tx, { name: user.name, email: user.email, locale: user.locale, token });
  });
}

const live = (token: string, now: Date) => ({
  tokenHash: hashCapability(token),
  usedAt: null,
  expiresAt: { gt: now },
});

/** True while the link has neither been used nor run out. */
export async function isResetOpen(token: string, now = new Date()): Promise<boolean> {
  const found = await db().passwordReset.findFirst({ where: live(token, now), select: { id: true } });
  return found !== null;
}

/** The API keys of the account that a link is for; none when the link is not good. */
export async function listKeysOfReset(token: string, now = new Date()): Promise<ApiKey[]> {
  const found = await db().passwordReset.findFirst({ where: live(token, now), select: { userId: true } });
  return found ? listApiKeys(scopeWithoutRequest(found.userId)) : [];
}

/**
 * Sets a new password by a mailed link, once. Every session of the account ends, and so do its API keys but for those that were
 * chosen: anyone who lost a password may have lost more. No one is signed in by it; the answer names the account.
 */
export async function resetPassword(
  { token, newPassword, keptKeys = [] }: z.input<typeof resetPasswordInput>,
  now = new Date(),
): Promise<Result<{ userId: string }, { code: "link_invalid" }>> {
  if (!(await isResetOpen(token, now))) return err("link_invalid");
  const passwordHash = await hashPassword(newPassword);
  return db().$transaction(async (tx) => {
    const [used] = await tx.passwordReset.updateManyAndReturn({
      where: live(token, now),
      data: { usedAt: now },
      select: { userId: true },
    });
    if (!used) return err("link_invalid");
    await storePassword(tx, { userId: used.userId, passwordHash, keptKeys });
    return ok(used);
  });
}
