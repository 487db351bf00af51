/** Reasons for a reconnect that there are words for. */
const known = [
  "grant_ended",
  "consent_removed",
  "sign_in_required",
  "missing_scopes",
  "scopes_added",
  "calendar_denied",
] as const;

/** Reasons for a limited account that there are words for. */
const knownLacks = ["personal_account", "no_teams", "no_mailbox", "read_only"] as const;

/** The key of the words for why an organizer has to reconnect. A newer version's reason is `other`. */
export function endReasonOf(reason: string | null): (typeof known)[number] | "other" {
  return known.find((one) => one === reason) ?? "other";
}

/** The key of the words for what an account lacks. */
export function lackOf(reason: string | null): (typeof knownLacks)[number] | "other" {
  return knownLacks.find((one) => one === reason) ?? "other";
}
