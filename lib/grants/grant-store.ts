/** Where a grant is kept: with the connection, or with a mailbox that was connected before. */

import { db, type Tx } from "@/lib/database/client";
import type { MeetingProviderConnection } from "@/lib/database/generated/client";
import { Prisma, type PrismaClient } from "@/lib/database/generated/client";
import type { Binding } from "@/lib/encryption/cipher";
import type { Owner } from "@/lib/grants/health";
import { mailboxOf, partsOf } from "@/lib/grants/mailbox";

/** Whose grant it is. */
export interface GrantHolder extends Owner {
  /** The former mailbox it opens, as tid/oid; left out: the connected one. */
  mailbox?: string | undefined;
}

/** The columns of a grant that both tables have. */
export type GrantRow = Pick<
  MeetingProviderConnection,
  | "id"
  | "accessToken"
  | "refreshToken"
  | "expiresAt"
  | "tokenSeconds"
  | "scopes"
  | "askedScopes"
  | "tenantId"
  | "accountId"
  | "accountKind"
  | "managed"
  | "teamsAvailable"
  | "state"
  | "reason"
  | "tokenVersion"
  | "pausedUntil"
  | "lastUsedAt"
>;

type Changes = Pick<
  Prisma.MeetingProviderConnectionUpdateManyMutationInput,
  | "accessToken"
  | "refreshToken"
  | "expiresAt"
  | "tokenSeconds"
  | "scopes"
  | "state"
  | "reason"
  | "lastError"
  | "tokenVersion"
  | "refreshLeaseUntil"
  | "lastUsedAt"
  | "renewDueAt"
>;

/** The stored grant; null if there is none or it was emptied. */
export async function readGrant({ userId, provider, mailbox }: GrantHolder): Promise<GrantRow | null> {
  if (!mailbox) {
    return db().meetingProviderConnection.findUnique({ where: { userId_provider: { userId, provider } } });
  }
  const row = await db().formerMailbox.findFirst({ where: { userId, provider, ...partsOf(mailbox) } });
  const { accessToken, refreshToken } = row ?? {};
  return row && accessToken && refreshToken ? { ...row, accessToken, refreshToken } : null;
}

interface Which {
  id: string;
  /** Only as long as this pair of tokens is the newest. */
  tokenVersion?: number;
  state?: { not: "reconnect_needed" };
}

/** Changes a grant; returns the number of matching rows, one or none. */
export async function changeGrant(
  { mailbox }: Pick<GrantHolder, "mailbox">,
  where: Which,
  data: Changes,
  client: Tx | PrismaClient = db(),
): Promise<number> {
  const changed = mailbox
    ? await client.formerMailbox.updateMany({ where, data })
    : await client.meetingProviderConnection.updateMany({ where, data });
  return changed.count;
}

/** Its table, for use in a statement. */
export function tableOf({ mailbox }: Pick<GrantHolder, "mailbox">): Prisma.Sql {
  return Prisma.raw(mailbox ? '"FormerMailbox"' : '"MeetingProviderConnection"');
}

/** What a token is bound to. */
export function grantBinding(
  { userId, provider, mailbox }: GrantHolder,
  kind: "access" | "refresh",
): Binding {
  const place = mailbox ? `${provider}:${mailbox}` : provider;
  return { purpose: "MeetingProvider.Tokens.v1", row: `${userId}:${place}:${kind}` };
}

/** The holder of a former mailbox's grant. */
export function formerHolder(
  row: Owner & { tenantId: string; accountId: string },
): GrantHolder & { mailbox: string } {
  return { userId: row.userId, provider: row.provider, mailbox: mailboxOf(row) };
}
