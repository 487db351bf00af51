import { z } from "zod";
import {
  confirmPassword,
  currentPassword,
  endAllSessions,
  type PasswordRefused,
} from "@/lib/accounts/change-password";
import { lockAccounts } from "@/lib/accounts/lock";
import { sendEmailChanged } from "@/lib/accounts/mails/email-changed";
import { email, handle, name } from "@/lib/accounts/schema";
import { record } from "@/lib/audit/record";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import type { Session } from "@/lib/auth/session";
import { db } from "@/lib/database/client";
import { err, ok, type Result } from "@/lib/result";

export const profileInput = z.object({ name, handle });

export const changeEmailInput = z.object({ email, currentPassword });

/** Changes name and handle. A new handle moves the public pages; the old address no longer leads to them. */
export function saveProfile(
  { ownerId: userId }: OwnerScope,
  input: z.output<typeof profileInput>,
): Promise<Result<null, { code: "handle_taken" }>> {
  return db().$transaction(async (tx) => {
    await lockAccounts(tx);
    const holder = await tx.handle.findUnique({ where: { handle: input.handle }, select: { userId: true } });
    if (holder && holder.userId !== userId) return err("handle_taken");
    const before = await tx.user.findUniqueOrThrow({
      where: { id: userId },
      select: { name: true, handle: true },
    });
    if (before.name === input.name && before.handle === input.handle) return ok(null);
    await tx.user.update({ where: { id: userId }, data: input, select: { id: true } });
    await record(tx, { action: "profile.changed", accountId: userId, details: { before, after: input } });
    return ok(null);
  });
}

/**
 * Changes the address to sign in with, once the password was given again. The old address is notified; open reset links and all
 * sessions end, and the answer is a new one for the browser that asked. Null: it was this address already.
 */
export async function changeEmail(
  scope: OwnerScope,
  input: z.output<typeof changeEmailInput>,
): Promise<Result<Session | null, PasswordRefused | { code: "email_unavailable" }>> {
  const userId = scope.ownerId;
  const confirmed = await confirmPassword(scope, input.currentPassword);
  if (!confirmed.ok) return confirmed;
  return db().$transaction(async (tx) => {
    await lockAccounts(tx);
    const holder = await tx.user.findUnique({ where: { email: input.email }, select: { id: true } });
    if (holder?.id === userId) return ok(null);
    if (holder) return err("email_unavailable");
    const before = await tx.user.findUniqueOrThrow({
      where: { id: userId },
      select: { email: true, name: true, locale: true },
    });
    await tx.user.update({ where: { id: userId }, data: { email: input.email }, select: { id: true } });
    await tx.passwordReset.deleteMany({ where: { userId } });
    const session = await endAllSessions(tx, userId);
    await record(tx, {
      action: "email.changed",
      accountId: userId,
      details: { before: { email: before.email }, after: { email: input.email } },
    });
    await sendEmailChanged(tx, {
      name: before.name,
      oldEmail: before.email,
      newEmail: input.email,
      locale: before.locale,
    });
    return ok(session);
  });
}
