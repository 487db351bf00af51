/** What an API key may do, from the least to the most. Each can do what the ones before it can. */
export const keyScopes = ["read", "bookings", "all"] as const;

export type KeyScope = (typeof keyScopes)[number];

/** For how many days a key may be good; null: until it is revoked. */
export const keyLifetimes = { "30": 30, "90": 90, "365": 365, never: null } as const;

export type KeyLifetime = keyof typeof keyLifetimes;

const dayMs = 24 * 3600 * 1000;

/** When a key that is made now ends; null: never. PURE. */
export function keyEnd(days: number | null, now = Date.now()): Date | null {
  return days === null ? null : new Date(now + days * dayMs);
}

/** Whether a key with the one scope may do what needs the other. PURE. */
export function covers(held: KeyScope, needed: KeyScope): boolean {
  return keyScopes.indexOf(held) >= keyScopes.indexOf(needed);
}
