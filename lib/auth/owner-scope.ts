/**
 * Who may: whose things they are, and who reads or changes them. Queries and use cases take it in place of an id, so that none of them can
 * be called with an id out of a form or an address. The guards of pages and actions make one, and so does an API key; nothing else that
 * answers a request can.
 */
class Scope {
  // Private fields make the type nominal: an object with the same properties is not a scope.
  readonly #ownerId: string;
  readonly #readerId: string;

  constructor(ownerId: string, readerId: string) {
    this.#ownerId = ownerId;
    this.#readerId = readerId;
  }

  /** The organizer whose data is read or changed. */
  get ownerId(): string {
    return this.#ownerId;
  }

  /** Who acts: the owner, or a platform admin who looks after them. */
  get readerId(): string {
    return this.#readerId;
  }
}

export type OwnerScope = Scope;

/** Only for the guards and API keys, once they know who is asking. */
export function scopeOf(readerId: string, ownerId = readerId): OwnerScope {
  return new Scope(ownerId, readerId);
}

/** Who a guard found, among whatever else it found; null where that is nobody with an account. */
export function readerIn(found: unknown): string | null {
  const scope = typeof found === "object" && found !== null && "scope" in found ? found.scope : null;
  return scope instanceof Scope ? scope.readerId : null;
}

/**
 * For what no request asked for: background work, commands of the operator, a link that acts for its organizer. The caller vouches that
 * the id comes from our own rows. The linter keeps it out of `app` and `components`.
 */
export function scopeWithoutRequest(ownerId: string): OwnerScope {
  return new Scope(ownerId, ownerId);
}
