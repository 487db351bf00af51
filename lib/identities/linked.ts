/** The people at identity providers who are one organizer here. */
import { lockAccounts } from "@/lib/accounts/lock";
import { record } from "@/lib/audit/record";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { db, type Tx } from "@/lib/database/client";
import { sendWayInChanged } from "@/lib/identities/mails/way-in-changed";
import type { IdentityProvider, ProvenPerson } from "@/lib/identities/person";
import { countWaysIn, listWaysIn } from "@/lib/identities/ways-in";
import { err, ok, type Result } from "@/lib/result";

export interface LinkedIdentity {
  id: string;
  provider: IdentityProvider;
  email: string | null;
  createdAt: Date;
  lastUsedAt: Date;
}

/** What is linked, the oldest first. */
export async function listLinked(scope: OwnerScope): Promise<LinkedIdentity[]> {
  const rows = await db().identity.findMany({
    where: { userId: scope.ownerId },
    select: { id: true, provider: true, email: true, createdAt: true, lastUsedAt: true },
    orderBy: { createdAt: "asc" },
  });
  return rows.map((row) => ({ ...row, provider: row.provider === "oidc" ? "oidc" : "microsoft" }));
}

/** Links someone who has just proved who they are. Linking the same person again changes nothing. */
export function link(
  scope: OwnerScope,
  person: ProvenPerson,
): Promise<Result<null, { code: "linked_elsewhere" | "email_unverified" }>> {
  return db().$transaction(async (tx) => {
    await lockAccounts(tx);
    const { provider, issuer, subject, email } = person;
    const known = await tx.identity.findUnique({
      where: { issuer_subject: { issuer, subject } },
      select: { userId: true },
    });
    if (known) return known.userId === scope.ownerId ? ok(null) : err("linked_elsewhere");
    if (person.isEmailVerified === false) return err("email_unverified");
    await tx.identity.create({ data: { userId: scope.ownerId, provider, issuer, subject, email } });
    await notifyHolder(tx, scope, { change: "linked", provider, email });
    return ok(null);
  });
}

/** Takes a link away. One that is gone, or another organizer's, is left alone; the last way to sign in stays. */
export async function unlink(scope: OwnerScope, id: string): Promise<Result<null, { code: "last_way_in" }>> {
  const offered = await listWaysIn();
  return db().$transaction(async (tx) => {
    await lockAccounts(tx);
    const found = await tx.identity.findFirst({ where: { id, userId: scope.ownerId } });
    if (!found) return ok(null);
    if ((await countWaysIn(tx, scope, offered, { identityId: id })) === 0) return err("last_way_in");
    await tx.identity.delete({ where: { id } });
    const provider = found.provider === "oidc" ? "oidc" : "microsoft";
    await notifyHolder(tx, scope, { change: "unlinked", provider, email: found.email });
    return ok(null);
  });
}

async function notifyHolder(
  tx: Tx,
  scope: OwnerScope,
  change: { change: "linked" | "unlinked"; provider: IdentityProvider; email: string | null },
): Promise<void> {
  const holder = await tx.user.findUniqueOrThrow({
    where: { id: scope.ownerId },
    select: { name: true, email: true, locale: true },
  });
  await record(tx, {
    action: `identity.${change.change}`,
    accountId: scope.ownerId,
    details: { provider: change.provider, email: change.email },
  });
  await sendWayInChanged(tx, holder, change);
}
