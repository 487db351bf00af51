/** What the platform admin sees and does with accounts. */
import { z } from "zod";
import { endAllSessions } from "@/lib/accounts/change-password";
import { lockAccounts } from "@/lib/accounts/lock";
import { email } from "@/lib/accounts/schema";
import { record } from "@/lib/audit/record";
import { db, type Tx } from "@/lib/database/client";
import { withdrawMailsTo } from "@/lib/outbox/outbox";
import { err, ok, type Result } from "@/lib/result";

export interface UserSummary {
  id: string;
  name: string;
  email: string;
  handle: string;
  role: "organizer" | "admin";
  createdAt: Date;
  /** Null while the account is open. */
  disabledAt: Date | null;
}

const shown = {
  id: true,
  name: true,
  email: true,
  handle: true,
  role: true,
  createdAt: true,
  disabledAt: true,
} as const;

/** Names an account that is there. */
export const knownUserInput = z.object({ email });

/** Names an account that is there, and what its holder is to be. */
export const knownUserRoleInput = z.object({
  email,
  role: z.enum(["organizer", "admin"], { error: "role_unknown" }),
});

/** The account with this address; null where there is none. */
export async function findUserId(address: string): Promise<string | null> {
  const found = await db().user.findUnique({ where: { email: address }, select: { id: true } });
  return found?.id ?? null;
}

const pageSize = 50;

/** Accounts, newest first, whose name, address or handle has `search` in it. `after` is the last id of the page before. */
export async function listUsers({ search = "", after }: { search?: string; after?: string } = {}): Promise<{
  items: UserSummary[];
  nextAfter: string | null;
}> {
  // `%`, `_` and `\` mean themselves.
  const has = { contains: search.replace(/[\\%_]/g, "\\$&"), mode: "insensitive" as const };
  const rows = await db().user.findMany({
    where: {
      ...(search ? { OR: [{ name: has }, { email: has }, { handle: has }] } : {}),
      // Ids are UUIDs of version 7: they sort by the time they were made.
      ...(after ? { id: { lt: after } } : {}),
    },
    select: shown,
    orderBy: { id: "desc" },
    take: pageSize + 1,
  });
  const items = rows.slice(0, pageSize);
  return { items, nextAfter: rows.length > pageSize ? (items.at(-1)?.id ?? null) : null };
}

/** One account, or null. */
export function getUser(id: string): Promise<UserSummary | null> {
  return db().user.findUnique({
    where: { id },
    select: shown,
  });
}

/**
 * Makes someone a platform admin, or an organizer again, which ends their sessions: each begins with the rights of its holder. The last
 * admin stays one.
 */
export function changeRole(
  userId: string,
  role: "organizer" | "admin",
): Promise<Result<null, { code: "not_found" | "last_admin" }>> {
  return db().$transaction(async (tx) => {
    await lockAccounts(tx);
    const user = await tx.user.findUnique({ where: { id: userId }, select: { role: true } });
    if (!user) return err("not_found");
    if (role === "organizer" && (await isLastAdmin(tx, userId))) return err("last_admin");
    if (user.role === role) return ok(null);
    await tx.user.update({ where: { id: userId }, data: { role }, select: { id: true } });
    await record(tx, {
      action: "role.changed",
      accountId: userId,
      details: { before: { role: user.role }, after: { role } },
    });
    await endAllSessions(tx, userId);
    return ok(null);
  });
}

/**
 * Shuts an account: its sessions, keys and pages end with this. Bookings stay as they are. Doing it again changes nothing; the last
 * admin can't be shut out.
 */
export function disableUser(userId: string): Promise<Result<null, { code: "not_found" | "last_admin" }>> {
  return db().$transaction(async (tx) => {
    await lockAccounts(tx);
    return disableUserIn(tx, userId);
  });
}

/** The same within a transaction, under the accounts' lock. */
export async function disableUserIn(
  tx: Tx,
  userId: string,
): Promise<Result<null, { code: "not_found" | "last_admin" }>> {
  const user = await tx.user.findUnique({ where: { id: userId }, select: { disabledAt: true } });
  if (!user) return err("not_found");
  if (user.disabledAt) return ok(null);
  if (await isLastAdmin(tx, userId)) return err("last_admin");
  await tx.user.update({ where: { id: userId }, data: { disabledAt: new Date() }, select: { id: true } });
  await endAllSessions(tx, userId);
  await tx.passwordReset.deleteMany({ where: { userId } });
  await withdrawMailsTo(tx, userId);
  await record(tx, { action: "account.disabled", accountId: userId });
  return ok(null);
}

/** Opens an account again. Sessions of before stay ended. */
export async function enableUser(userId: string): Promise<void> {
  await db().$transaction((tx) => enableUserIn(tx, userId));
}

/** The same within a transaction. */
export async function enableUserIn(tx: Tx, userId: string): Promise<void> {
  const { count } = await tx.user.updateMany({
    where: { id: userId, disabledAt: { not: null } },
    data: { disabledAt: null },
  });
  if (count > 0) await record(tx, { action: "account.enabled", accountId: userId });
}

/** Whether this is an admin, and the only one whose account is open. Ask under the accounts' lock. */
export async function isLastAdmin(tx: Tx, userId: string): Promise<boolean> {
  const admins = await tx.user.findMany({ where: { role: "admin", disabledAt: null }, select: { id: true } });
  return admins.length === 1 && admins[0]?.id === userId;
}
