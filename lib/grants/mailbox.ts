interface Account {
  tenantId: string;
  accountId: string;
}

/** Names the mailbox behind an account, as tid/oid; another account at the provider has another one. */
export function mailboxOf({ tenantId, accountId }: Account): string {
  return `${tenantId}/${accountId}`;
}

/** The account behind a mailbox's name. */
export function partsOf(mailbox: string): Account {
  const cut = mailbox.indexOf("/");
  return { tenantId: mailbox.slice(0, cut), accountId: mailbox.slice(cut + 1) };
}

/** Reads an organizer's former mailboxes that can still be reached, as part of a Prisma `select`. */
export const reachableMailboxes = {
  where: { provider: "teams", refreshToken: { not: null }, state: { not: "reconnect_needed" } },
  select: { tenantId: true, accountId: true },
} as const;
