/**
 * The line in front of an account's call slots, over all processes: visitors before everything else, and among equals those who
 * came first. Only calls that have to wait are written down; a place that its process no longer asks about is passed over.
 */
export type Priority = "visitor" | "sync";

/** A call's place in line. It keeps its number when it has to be made again. */
export interface Place {
  number: string | null;
}

/** Second half of the locks' names, so that no other lock of the application is meant. */
export const lockSpace = 1_112_034_304;

/** The last slot is kept for what a visitor waits for. */
export const slotsFor: Record<Priority, readonly number[]> = { visitor: [0, 1, 2, 3], sync: [0, 1, 2] };

const rank: Record<Priority, number> = { visitor: 0, sync: 1 };

/** `coalesce` tries the locks in order and stops at the first free one. */
const firstFree = [0, 1, 2, 3]
  .map(
    (slot) =>
      `CASE WHEN ${slot} = ANY($2::int[]) THEN CASE WHEN pg_try_advisory_lock($1::int, ${lockSpace + slot}) THEN ${slot} END END`,
  )
  .join(", ");

const take = `
  SELECT mine.number::text, CASE WHEN NOT EXISTS (
    SELECT 1 FROM "CallTicket" t WHERE t.account = $1::int AND t."seenAt" > now() - interval '2 seconds'
      AND (t.rank, t.id) < ($3::int, mine.number)) THEN coalesce(${firstFree}) END AS slot
  FROM (SELECT coalesce($4::bigint, nextval('"CallTicket_id_seq"')) AS number) mine`;

const stand = `
  INSERT INTO "CallTicket" (id, account, rank) VALUES ($1::bigint, $2::int, $3::int)
  ON CONFLICT (id) DO UPDATE SET "seenAt" = now()`;

const leave = `DELETE FROM "CallTicket" WHERE id = $1::bigint OR "seenAt" < now() - interval '1 minute'`;

interface Question {
  name: string;
  text: string;
  values: unknown[];
}

/** Takes the first free slot if it's this place's turn. Returns number and slot. */
export function takeQuestion(
  account: number,
  priority: Priority,
  slots: readonly number[],
  { number }: Place,
): Question {
  return { name: "take-call-slot", text: take, values: [account, slots, rank[priority], number] };
}

/** Keeps a place in line. */
export function standQuestion(account: number, priority: Priority, { number }: Place): Question {
  return { name: "stand-in-call-line", text: stand, values: [number, account, rank[priority]] };
}

/** Gives up a place. */
export function leaveQuestion({ number }: Place): Question {
  return { name: "leave-call-line", text: leave, values: [number] };
}

/** The calls of this process that wait for an account, in order. */
export class Waiters {
  #waiting: { rank: number; number: bigint; wake: () => void }[] = [];

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** True if no other call of this process is ahead. */
  isFirst(priority: Priority, { number }: Place): boolean {
    const [first] = this.#waiting;
    return !first || first.number === BigInt(number ?? 0) || first.rank > rank[priority];
  }

  add(priority: Priority, { number }: Place, wake: () => void): () => void {
    const one = { rank: rank[priority], number: BigInt(number ?? 0), wake };
    this.#waiting.push(one);
    this.#waiting.sort((a, b) => a.rank - b.rank || Number(a.number - b.number));
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== one);
    };
  }

  wakeFirst(): void {
    this.#waiting[0]?.wake();
  }
}
