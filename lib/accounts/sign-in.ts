import { z } from "zod";
import { email } from "@/lib/accounts/schema";
import { record } from "@/lib/audit/record";
import { type KnownDevice, ownDevice } from "@/lib/auth/known-device";
import { hashPassword, needsRehash, verifyPassword } from "@/lib/auth/passwords";
import { consume, type LimitName, refund } from "@/lib/auth/rate-limit";
import type { Session } from "@/lib/auth/session";
import { env } from "@/lib/config/env";
import { db } from "@/lib/database/client";
import { err, ok, type Result } from "@/lib/result";

export const signInInput = z.object({ email, password: z.string().min(1, "required").max(256, "too_long") });

export type SignInRefused =
  /** No such account, no password set, or another password: which of them is not revealed. */
  | { code: "wrong_credentials" }
  | { code: "too_many_attempts"; retryAfterSeconds: number }
  /** This server takes no passwords. */
  | { code: "password_not_offered" }
  /** Said to whoever knows the password, and to no one else. */
  | { code: "account_disabled" };

/**
 * Checks email address and password. Failures of strangers are counted by network, by account and network together, and by account. A
 * `device` that its holder has used before counts for itself alone, so that no stranger's tries lock them out.
 */
export async function signIn(
  input: z.output<typeof signInInput>,
  address: string,
  device: KnownDevice | null = null,
): Promise<Result<Session, SignInRefused>> {
  if (!env().SIGN_IN.includes("password")) return err("password_not_offered");
  const user = await db().user.findUnique({
    where: { email: input.email },
    select: { id: true, passwordHash: true, sessionEpoch: true, disabledAt: true },
  });
  const counters = countersOf(input.email, address, ownDevice(device, user?.id));
  for (const counter of counters) {
    const allowance = await consume(...counter);
    if (!allowance.ok) return err("too_many_attempts", { retryAfterSeconds: allowance.retryAfterSeconds });
  }
  const matches = await verifyPassword(input.password, user?.passwordHash ?? null);
  if (!user?.passwordHash || !matches) return refuse("wrong_credentials", user?.id);
  for (const counter of counters) await refund(...counter);
  if (user.disabledAt) return refuse("account_disabled", user.id);
  if (needsRehash(user.passwordHash)) await renewHash(user.id, user.passwordHash, input.password);
  const details = { with: "password" };
  await record(db(), { action: "sign_in.succeeded", accountId: user.id, byHolder: true, details });
  return ok({ userId: user.id, sessionEpoch: user.sessionEpoch });
}

/** The account's own counter comes last: tries that a network is refused anyway take nothing from it. */
function countersOf(email: string, address: string, device: string | null): [LimitName, ...string[]][] {
  if (device !== null) return [["signInDevice", email, device]];
  return [
    ["signInAddress", address],
    ["signIn", email, address],
    ["signInAccount", email],
  ];
}

/** Of an address that has no account, nothing is written down: it may be a password, typed into the wrong field. */
async function refuse<Code extends "wrong_credentials" | "account_disabled">(
  code: Code,
  accountId: string | undefined,
): Promise<Result<never, { code: Code }>> {
  const details = { with: "password", problem: code };
  await record(db(), { action: "sign_in.failed", ...(accountId && { accountId }), details });
  return err(code);
}

/** Unless the password was changed meanwhile. */
async function renewHash(userId: string, passwordHash: string, password: string): Promise<void> {
  const renewed = await hashPassword(password);
  await db().user.updateMany({ where: { id: userId, passwordHash }, data: { passwordHash: renewed } });
}
