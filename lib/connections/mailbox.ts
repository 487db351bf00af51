/** Names the mailbox behind a connection; another account at the provider has another one. */
export function mailboxOf({ tenantId, accountId }: { tenantId: string; accountId: string }): string {
  return `${tenantId}/${accountId}`;
}
