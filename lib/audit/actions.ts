/** What is written down in the audit log, by stable names. Each has its words in messages/en/audit.json. */
export const auditActions = [
  "account.opened",
  "account.bookings_cancelled",
  "account.disabled",
  "account.enabled",
  "account.exported",
  "account.deleted",
  "account.sessions_ended",
  "api_key.created",
  "api_key.revoked",
  "block.made",
  "block.removed",
  "command.run",
  "connection.made",
  "connection.removed",
  "connection.reminded",
  "email.changed",
  "identity.linked",
  "identity.unlinked",
  "invitation.made",
  "invitation.taken_back",
  "list.exported",
  "mail.link_shown",
  "password.changed",
  "password.reset",
  "password.reset_asked",
  "profile.changed",
  "role.changed",
  "scim_token.made",
  "scim_token.revoked",
  "session.ended",
  "settings.changed",
  "sign_in.failed",
  "sign_in.link_made",
  "sign_in.succeeded",
  "sign_out",
  "team.made",
  "team.deleted",
  "team.invited",
  "team.joined",
  "team.left",
  "team.role_changed",
  "webhook.made",
  "webhook.removed",
] as const;

export type AuditAction = (typeof auditActions)[number];

/** Whether a word, such as one out of an address, names an action. PURE. */
export function isAuditAction(word: string): word is AuditAction {
  return auditActions.some((action) => action === word);
}
