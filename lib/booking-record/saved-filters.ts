/** What organizers look for in their bookings again and again, each by a name of their own. */
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { db } from "@/lib/database/client";
import { lockRow } from "@/lib/database/lock-row";
import { isId } from "@/lib/input/id";
import { err, ok, type Result } from "@/lib/result";

/** Few enough to be read at a glance. */
export const maxSavedFilters = 20;

export interface SavedFilter {
  id: string;
  name: string;
  /** The fields of the list's address: `status=no_show&view=past`. Never words of a search, which may name a visitor. */
  query: string;
}

const shown = { id: true, name: true, query: true } as const;

/** By name. */
export function listSavedFilters(scope: OwnerScope): Promise<SavedFilter[]> {
  return db().savedFilter.findMany({
    where: { userId: scope.ownerId },
    orderBy: { name: "asc" },
    select: shown,
  });
}

/** Saves a filter; one of the same name is replaced, so that saving twice does no harm. */
export function saveFilter(
  { ownerId: userId }: OwnerScope,
  { name, query }: { name: string; query: string },
): Promise<Result<SavedFilter, { code: "too_many_filters" }>> {
  return db().$transaction(async (tx) => {
    await lockRow(tx, "User", { id: userId });
    const others = await tx.savedFilter.count({ where: { userId, name: { not: name } } });
    if (others >= maxSavedFilters) return err("too_many_filters");
    const filter = await tx.savedFilter.upsert({
      where: { userId_name: { userId, name } },
      create: { userId, name, query },
      update: { query },
      select: shown,
    });
    return ok(filter);
  });
}

/** One that is not there is removed already; another organizer's stays. */
export async function removeSavedFilter(scope: OwnerScope, id: string): Promise<void> {
  if (!isId(id)) return;
  await db().savedFilter.deleteMany({ where: { id, userId: scope.ownerId } });
}
