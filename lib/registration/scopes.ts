/** Names of permissions, as they are configured, asked for and granted. PURE. */

/** Scopes that say who signs in or how long; providers do not echo all of them. */
const identityScopes = new Set(["openid", "profile", "email", "offline_access"]);

/**
 * The scopes of a text, each as its short name. Providers answer with whole addresses (`https://api.example/User.Read`) as
 * well as with short names.
 */
export function listScopes(text: string): string[] {
  const short = text
    .split(/\s+/)
    .filter(Boolean)
    .map((scope) => scope.replace(/^https?:\/\/[^/]+\/+/i, ""));
  return [...new Set(short)];
}

/** The permissions that `configured` asks an account for, in its own spelling. Personal accounts have no online meetings. */
export function requiredScopes(accountKind: "work" | "personal", configured: string): string[] {
  return listScopes(configured)
    .map((scope) => (scope === ".default" ? "Calendars.ReadWrite" : scope))
    .filter((scope) => !identityScopes.has(scope.toLowerCase()))
    .filter((scope) => accountKind === "work" || !/^OnlineMeetings\./i.test(scope));
}

/** Which of the asked scopes were not granted; names are compared without regard to case. */
export function missingScopes(asked: string[], granted: string): string[] {
  const have = new Set(listScopes(granted).map((scope) => scope.toLowerCase()));
  return asked.filter((scope) => !namesThatGrant(scope).some((name) => have.has(name)));
}

/** What a connection is granted that the organization gave to this server itself: all that an administrator chose. */
export const applicationScopes = ".default";

/**
 * A scope in lower case, and those that contain it: who may write may read (Microsoft: permissions-reference), and which permissions
 * an administrator gave the app itself shows when they are used.
 */
export function namesThatGrant(scope: string): string[] {
  const name = scope.toLowerCase();
  const own = /^[^.]+\.read$/.test(name) ? [name, `${name}write`] : [name];
  return [...own, applicationScopes];
}

/** Whether scopes that are asked for let calendars be read, and nothing be written to them. */
export function onlyReadsCalendars(asked: string): boolean {
  const has = (pattern: RegExp) => listScopes(asked).some((scope) => pattern.test(scope));
  return has(/^Calendars\.Read$/i) && !has(/^(\.default|Calendars\.ReadWrite)$/i);
}
