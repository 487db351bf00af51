/** The passkeys of an account: what its holder sees and does with them. */
import { z } from "zod";
import { lockAccounts } from "@/lib/accounts/lock";
import { name } from "@/lib/accounts/schema";
import { record } from "@/lib/audit/record";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { db, type Tx } from "@/lib/database/client";
import { type PasskeyChange, sendPasskeyChanged } from "@/lib/identities/mails/passkey-changed";
import { countWaysIn, listWaysIn } from "@/lib/identities/ways-in";
import { err, ok, type Result } from "@/lib/result";

export interface Passkey {
  id: string;
  name: string;
  /** It is on all devices of its holder; otherwise on one alone. */
  isSynced: boolean;
  /** When it looked as if a copy of it was in use. It opens nothing since then; null: never. */
  copiedAt: Date | null;
  createdAt: Date;
  lastUsedAt: Date | null;
}

/** An account's passkeys, the oldest first. */
export function listPasskeys(scope: OwnerScope): Promise<Passkey[]> {
  return db().passkey.findMany({
    where: { userId: scope.ownerId },
    select: { id: true, name: true, isSynced: true, copiedAt: true, createdAt: true, lastUsedAt: true },
    orderBy: { createdAt: "asc" },
  });
}

export const renamePasskeyInput = z.object({ id: z.uuid(), name });

/** Gives a passkey another name. One that is gone, or another organizer's, is left alone. */
export async function renamePasskey(
  scope: OwnerScope,
  { id, name }: z.output<typeof renamePasskeyInput>,
): Promise<void> {
  await db().passkey.updateMany({ where: { id, userId: scope.ownerId }, data: { name } });
}

/** Takes a passkey away. One that is gone, or another organizer's, is left alone; the last way to sign in stays. */
export async function removePasskey(
  scope: OwnerScope,
  id: string,
): Promise<Result<null, { code: "last_way_in" }>> {
  const offered = await listWaysIn();
  return db().$transaction(async (tx) => {
    await lockAccounts(tx);
    const found = await tx.passkey.findFirst({
      where: { id, userId: scope.ownerId },
      select: { name: true },
    });
    if (!found) return ok(null);
    if ((await countWaysIn(tx, scope, offered, { passkeyId: id })) === 0) return err("last_way_in");
    await tx.passkey.delete({ where: { id } });
    await notePasskey(tx, scope.ownerId, "removed", found.name);
    return ok(null);
  });
}

/** Takes the password away, for someone who has another way in. It can be set again by mail. */
export async function removePassword(scope: OwnerScope): Promise<Result<null, { code: "last_way_in" }>> {
  const offered = await listWaysIn();
  return db().$transaction(async (tx) => {
    await lockAccounts(tx);
    if ((await countWaysIn(tx, scope, offered, { password: true })) === 0) return err("last_way_in");
    const { count } = await tx.user.updateMany({
      where: { id: scope.ownerId, passwordHash: { not: null } },
      data: { passwordHash: null },
    });
    if (count > 0) await notePasskey(tx, scope.ownerId, "passwordRemoved", "");
    return ok(null);
  });
}

const actions = {
  added: "passkey.added",
  removed: "passkey.removed",
  copied: "passkey.copied",
  passwordRemoved: "password.removed",
} as const;

/** Writes a change to the audit log and mails it to the account's holder, in case someone else did it. */
export async function notePasskey(
  tx: Tx,
  userId: string,
  change: PasskeyChange,
  passkey: string,
): Promise<void> {
  const holder = await tx.user.findUniqueOrThrow({
    where: { id: userId },
    select: { name: true, email: true, locale: true },
  });
  const details = passkey ? { details: { name: passkey } } : {};
  await record(tx, { action: actions[change], accountId: userId, ...details });
  await sendPasskeyChanged(tx, holder, { change, passkey });
}
