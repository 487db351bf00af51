/** How long one kind of data is kept. Everything that goes by its age alone has such a rule, and they are all listed in lib/retention.ts. */
export interface RetentionRule {
  /** As the admin guide names it. */
  kind: string;
  /** Days that it is kept; 0: until it expires, which is hours at most. */
  days: number;
  /** How many would go now. */
  count(now: Date): Promise<number>;
  /** Lets them go, and answers how many. Safe to run twice. */
  remove(now: Date): Promise<number>;
}

const dayMs = 24 * 3600 * 1000;

/** The instant this many days before. PURE. */
export const daysBefore = (now: Date, days: number) => new Date(now.getTime() - days * dayMs);

/** The rows of a table with an end that have reached it. PURE. */
export const ranOut = (now: Date) => ({ where: { expiresAt: { lt: now } } });

/** Adds up the answers. */
export async function sumOf(counts: Promise<number>[]): Promise<number> {
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}

/** What Prisma says of many rows, as a number. */
export const countOf = (batch: Promise<{ count: number }>) => batch.then(({ count }) => count);
