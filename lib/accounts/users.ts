/** What the platform admin sees and does with accounts. */
import { lockAccounts } from "@/lib/accounts/lock";
import { db } from "@/lib/database/client";
import { err, ok, type Result } from "@/lib/result";

export interface UserSummary {
  id: string;
  name: string;
  email: string;
  handle: string;
  role: "organizer" | "admin";
  createdAt: Date;
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
    select: { id: true, name: true, email: true, handle: true, role: true, createdAt: true },
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
    select: { id: true, name: true, email: true, handle: true, role: true, createdAt: true },
  });
}

/** Makes someone a platform admin, or an organizer again. The last admin stays one. */
export function changeRole(
  userId: string,
  role: "organizer" | "admin",
): Promise<Result<null, { code: "not_found" | "last_admin" }>> {
  return db().$transaction(async (tx) => {
    await lockAccounts(tx);
    const user = await tx.user.findUnique({ where: { id: userId }, select: { role: true } });
    if (!user) return err("not_found");
    if (user.role === "admin" && role === "organizer") {
      const admins = await tx.user.count({ where: { role: "admin" } });
      if (admins < 2) return err("last_admin");
    }
    await tx.user.update({ where: { id: userId }, data: { role }, select: { id: true } });
    return ok(null);
  });
}
