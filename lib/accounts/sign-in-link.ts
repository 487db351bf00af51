/** The operator's way in when every other is broken: a link, made at the command line, that signs one person in once. */
import { sendSignedInByLink } from "@/lib/accounts/mails/signed-in-by-link";
import { record } from "@/lib/audit/record";
import { hashCapability, newCapability } from "@/lib/auth/capability";
import type { Session } from "@/lib/auth/session";
import { env } from "@/lib/config/env";
import { db } from "@/lib/database/client";
import { err, ok, type Result } from "@/lib/result";

const lifetimeMs = 15 * 60_000;

/** Makes the link, good for 15 minutes. One of before works no longer. This is the only time it can be read. */
export async function createSignInLink(
  userId: string,
  now = new Date(),
): Promise<Result<{ url: string; expiresAt: Date }, { code: "account_disabled" }>> {
  return db().$transaction(async (tx) => {
    const user = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { disabledAt: true } });
    if (user.disabledAt) return err("account_disabled");
    const token = newCapability();
    const expiresAt = new Date(now.getTime() + lifetimeMs);
    await tx.signInLink.deleteMany({ where: { userId } });
    await tx.signInLink.create({ data: { userId, tokenHash: hashCapability(token), expiresAt } });
    await record(tx, { action: "sign_in.link_made", accountId: userId });
    return ok({ url: `${env().APP_URL}/sign-in/link/${token}`, expiresAt });
  });
}

const live = (token: string, now: Date) => ({
  tokenHash: hashCapability(token),
  expiresAt: { gt: now },
  user: { disabledAt: null },
});

/** Whom a link would sign in; null for one that is used up, ran out, or never was. */
export async function readSignInLink(
  token: string,
  now = new Date(),
): Promise<{ name: string; email: string } | null> {
  const found = await db().signInLink.findFirst({
    where: live(token, now),
    select: { user: { select: { name: true, email: true } } },
  });
  return found?.user ?? null;
}

/** Signs in by a link, once, whatever SIGN_IN says. The account's holder is mailed. */
export async function signInByLink(
  token: string,
  now = new Date(),
): Promise<Result<Session, { code: "link_invalid" }>> {
  return db().$transaction(async (tx) => {
    const found = await tx.signInLink.findFirst({
      where: live(token, now),
      select: { user: { select: { id: true, sessionEpoch: true, name: true, email: true, locale: true } } },
    });
    const { count } = await tx.signInLink.deleteMany({ where: { tokenHash: hashCapability(token) } });
    if (!found || count === 0) return err("link_invalid");
    const { id, sessionEpoch, ...holder } = found.user;
    await record(tx, {
      action: "sign_in.succeeded",
      accountId: id,
      byHolder: true,
      details: { with: "command line" },
    });
    await sendSignedInByLink(tx, holder);
    return ok({ userId: id, sessionEpoch });
  });
}
