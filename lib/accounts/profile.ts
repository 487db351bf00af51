import { z } from "zod";
import { lockAccounts } from "@/lib/accounts/lock";
import { handle, name } from "@/lib/accounts/schema";
import { record } from "@/lib/audit/record";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { db } from "@/lib/database/client";
import { err, ok, type Result } from "@/lib/result";

export const profileInput = z.object({ name, handle });

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
