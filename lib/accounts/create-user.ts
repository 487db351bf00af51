import { z } from "zod";
import { createOrganizer } from "@/lib/accounts/create-organizer";
import { isHandleTaken } from "@/lib/accounts/handles";
import { lockAccounts } from "@/lib/accounts/lock";
import { email, handle, name, password } from "@/lib/accounts/schema";
import { findUserId } from "@/lib/accounts/users";
import { createApiKey } from "@/lib/auth/api-keys";
import { keyEnd, keyScopes } from "@/lib/auth/key-scopes";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { hashPassword } from "@/lib/auth/passwords";
import { db } from "@/lib/database/client";
import { defaultLocale } from "@/lib/i18n/languages";
import { err, ok, type Result } from "@/lib/result";
import { timeZone } from "@/lib/schedules/schema";

export const createUserInput = z.object({
  email,
  name,
  handle,
  /** Left out: the account is entered through a reset link. */
  password: password.optional(),
  /** Left out: the very first account is the admin's, every other an organizer's. */
  role: z.enum(["organizer", "admin"], { error: "role_unknown" }).optional(),
  timeZone: timeZone.default("UTC"),
});

export interface CreatedUser {
  id: string;
  handle: string;
  email: string;
  apiKey: string;
}

/** Opens an account on the operator's word, with a first API key. Creating it a second time changes nothing. */
export async function createUser(
  input: z.output<typeof createUserInput>,
): Promise<Result<CreatedUser, { code: "email_taken" | "handle_taken" }>> {
  const { password: given, ...organizer } = input;
  const passwordHash = given === undefined ? null : await hashPassword(given);
  return db().$transaction(async (tx) => {
    await lockAccounts(tx);
    if ((await tx.user.count({ where: { email: input.email } })) > 0) return err("email_taken");
    if (await isHandleTaken(tx, input.handle)) return err("handle_taken");
    const isFirst = (await tx.user.count()) === 0;
    const { id, handle, email } = await createOrganizer(tx, {
      ...organizer,
      role: organizer.role ?? (isFirst ? "admin" : "organizer"),
      passwordHash,
      locale: defaultLocale,
    });
    // The operator vouches for the address: what it was invited to is theirs.
    await tx.teamInvitation.updateMany({ where: { email, userId: null }, data: { userId: id } });
    const { apiKey } = await createApiKey(scopeWithoutRequest(id), "Command line", tx);
    return ok({ id, handle, email, apiKey });
  });
}

export const userApiKeyInput = z.object({
  email,
  name: name.default("Command line"),
  scope: z.enum(keyScopes, { error: "key_scope" }).default("all"),
  /** For how many days it is good; left out: until it is revoked. */
  days: z
    .string()
    .regex(/^[1-9]\d{0,3}$/, "key_days")
    .transform(Number)
    .optional(),
});

/** A further API key for the account with this address. */
export async function createUserApiKey(
  input: z.output<typeof userApiKeyInput>,
): Promise<Result<{ id: string; apiKey: string }, { code: "unknown_user" }>> {
  const userId = await findUserId(input.email);
  if (!userId) return err("unknown_user");
  const grant = { scope: input.scope, expiresAt: keyEnd(input.days ?? null) };
  return ok(await createApiKey(scopeWithoutRequest(userId), input.name, undefined, grant));
}
