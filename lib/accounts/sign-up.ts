import { createHash, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { askToConfirm } from "@/lib/accounts/confirm-sign-up";
import { createOrganizer } from "@/lib/accounts/create-organizer";
import { redeemInvitation } from "@/lib/accounts/invitations";
import { lockAccounts } from "@/lib/accounts/lock";
import { email, name, password } from "@/lib/accounts/schema";
import { findSignUpAccess } from "@/lib/accounts/sign-up-access";
import { hashPassword } from "@/lib/auth/passwords";
import { consume } from "@/lib/auth/rate-limit";
import { homePath } from "@/lib/auth/return-to";
import type { Session } from "@/lib/auth/session";
import { env } from "@/lib/config/env";
import { db, type Tx } from "@/lib/database/client";
import type { Locale } from "@/lib/i18n/languages";
import { err, ok, type Result } from "@/lib/result";
import { canonicalTimeZone } from "@/lib/slot-engine/zone-clock";

export const signUpInput = z.object({
  name,
  email,
  password,
  /** What the browser says; anything else is UTC, to be set later. */
  timeZone: z
    .string()
    .optional()
    .transform((zone) => canonicalTimeZone(zone ?? "") ?? "UTC"),
  invitation: z.string().max(200).optional(),
  /** Of whoever opens the first account, where the operator asks for it. */
  setupToken: z.string().trim().max(200, "too_long").optional(),
});

export type SignUpInput = z.output<typeof signUpInput>;

export type SignUpRefused =
  | { code: "sign_up_closed" }
  | { code: "invitation_invalid" }
  | { code: "setup_token_wrong" }
  /** This server takes no passwords. */
  | { code: "password_not_offered" }
  /** The address has an account. Anyone who asks learns only that no account was made. */
  | { code: "account_not_created" }
  | { code: "too_many_attempts"; retryAfterSeconds: number };

/**
 * Opens an account and answers with its session. The very first one becomes the platform admin, however sign-up is set; after that `mode`
 * and SIGN_UP_DOMAINS decide. Where there is a mail server, no other opens at once: the answer is null, and a mail says how to go on,
 * whether or not the address has an account. `address` is where the request came from, `locale` the language of the first schedule and
 * event type.
 */
export async function signUp(
  input: SignUpInput,
  { address, locale, returnTo = homePath }: { address: string; locale: Locale; returnTo?: string },
  mode = env().SIGN_UP,
): Promise<Result<Session | null, SignUpRefused>> {
  if (!env().SIGN_IN.includes("password")) return err("password_not_offered");
  const allowance = await consume("signUp", address);
  if (!allowance.ok) return err("too_many_attempts", { retryAfterSeconds: allowance.retryAfterSeconds });
  const newcomer = { invitation: input.invitation ?? "", email: input.email };
  const access = await findSignUpAccess(newcomer, mode);
  if (!access.isOpen) return err(access.code);
  // Before anything is looked up about the address, so that a taken one answers no sooner.
  const passwordHash = await hashPassword(input.password);
  if (env().SMTP_URL && !access.asFirst) {
    const mails = await consume("addressMail", input.email);
    if (!mails.ok) return err("too_many_attempts", { retryAfterSeconds: mails.retryAfterSeconds });
    await db().$transaction((tx) => askToConfirm(tx, { ...input, passwordHash, returnTo, locale }));
    return ok(null);
  }
  return db().$transaction((tx) => open(tx, { ...input, passwordHash, locale }, mode));
}

/** Whether it is the operator's; anything is, where they set none. */
function isSetupToken(given = ""): boolean {
  const token = env().SETUP_TOKEN;
  if (!token) return true;
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}

async function open(
  tx: Tx,
  input: SignUpInput & { passwordHash: string; locale: Locale },
  mode: "open" | "invite" | "closed",
): Promise<Result<Session, SignUpRefused>> {
  await lockAccounts(tx);
  // Again, now that no one else can come first or use the same invitation.
  const access = await findSignUpAccess({ invitation: input.invitation ?? "" }, mode, tx);
  if (!access.isOpen) return err(access.code);
  if (access.asFirst && !isSetupToken(input.setupToken)) return err("setup_token_wrong");
  // Someone else came first meanwhile, and this address has not been confirmed.
  if (env().SMTP_URL && !access.asFirst) return err("account_not_created");
  const taken = await tx.user.findUnique({ where: { email: input.email }, select: { id: true } });
  if (taken) return err("account_not_created");
  if (input.invitation) await redeemInvitation(tx, input.invitation);
  const created = await createOrganizer(tx, {
    email: input.email,
    name: input.name,
    passwordHash: input.passwordHash,
    role: access.asFirst ? "admin" : "organizer",
    timeZone: input.timeZone,
    locale: input.locale,
    openedWith: "password",
  });
  return ok({ userId: created.id, sessionEpoch: created.sessionEpoch });
}
