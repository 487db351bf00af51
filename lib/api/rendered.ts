/** An answer that is written already, with its entity tag: caches may keep it, and ask each time whether it still holds. */
export class Rendered {
  constructor(
    /** JSON */
    readonly body: string,
    /** A weak entity tag (RFC 9110): the same for all encodings of the body. */
    readonly etag: string,
    /** `isPrivate`: only for the one who asked; no cache keeps it. */
    private readonly given: { isPrivate: boolean } = { isPrivate: false },
  ) {}

  /** What Cache-Control says. */
  get caching(): string {
    return this.given.isPrivate ? "no-store" : "public, max-age=0, must-revalidate";
  }

  /** Whether an `If-None-Match` header names this answer. */
  isKnownTo(ifNoneMatch: string | null): boolean {
    if (ifNoneMatch === null) return false;
    const opaque = (tag: string) => tag.trim().replace(/^W\//, "");
    return ifNoneMatch.split(",").some((tag) => tag.trim() === "*" || opaque(tag) === opaque(this.etag));
  }
}
