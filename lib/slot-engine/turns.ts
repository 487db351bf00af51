/**
 * Whose turn it is among the hosts of an event type who take turns. The highest priority comes first; then whoever has taken the smallest
 * share of this month's bookings, measured by their weight; then whoever was taken longest ago; then the order of the hosts. PURE.
 */

/** One who takes turns, in the order of the event type's hosts. Instants are epoch milliseconds. */
export interface TurnHost {
  readonly id: string;
  /** 0 to 9; the highest is asked first. */
  readonly priority: number;
  /** 1 to 1000: how large a share of the bookings. */
  readonly weight: number;
  /** When they joined or came back, where that was in this month; null: before. */
  readonly joinedAt: number | null;
  /** null: never. */
  readonly lastTakenAt: number | null;
}

/** Bookings of this month that one host takes part in, made in one of the stretches that joins cut the month into. */
export interface TakenCount {
  readonly hostId: string;
  /** The last join before they were made, epoch milliseconds; null: none in this month. */
  readonly since: number | null;
  readonly count: number;
}

/** What decided that it is someone's turn, over the next one who could have come. */
export type TurnReason =
  /** No one else could come. */
  | "only_choice"
  | "priority"
  /** They have had the smallest share so far. */
  | "share"
  | "longest_ago"
  /** All else is equal. */
  | "order";

export interface Standing {
  id: string;
  priority: number;
  weight: number;
  /** Bookings of this month that they take part in. */
  taken: number;
  /** What they are measured by: taken ÷ weight, from where they started. */
  share: number;
  lastTakenAt: number | null;
}

/** When hosts joined this month, in order, each instant once. */
function joinsOf(hosts: readonly Pick<TurnHost, "joinedAt">[]): number[] {
  const joins = hosts.flatMap(({ joinedAt }) => joinedAt ?? []);
  return [...new Set(joins)].sort((a, b) => a - b);
}

/**
 * Where each host stands, in the order in which it is their turn. Someone who joined or came back goes on from the smallest share
 * that the others of their priority had at that moment, where theirs was smaller: neither flooded nor left out.
 */
export function standingsOf(hosts: readonly TurnHost[], counts: readonly TakenCount[]): Standing[] {
  const standings = hosts.map(({ id, priority, weight, lastTakenAt }) => {
    return { id, priority, weight, lastTakenAt, taken: 0, share: 0, start: 0 };
  });
  const byId = new Map(standings.map((standing) => [standing.id, standing]));
  const joins = joinsOf(hosts);
  for (const [period, since] of [-Infinity, ...joins].entries()) {
    const until = joins[period] ?? Infinity;
    const isIn = (host: TurnHost) => (host.joinedAt ?? -Infinity) < since;
    const starts = hosts.flatMap((host) => {
      if (host.joinedAt !== since) return [];
      const others = hosts.filter((other) => isIn(other) && other.priority === host.priority);
      const shares = others.map(({ id }) => byId.get(id)?.share ?? 0);
      return shares.length > 0 ? [[host.id, Math.min(...shares)] as const] : [];
    });
    for (const [id, start] of starts) {
      const own = byId.get(id);
      if (own && start > own.share) own.start += start - own.share;
      if (own) own.share = own.start + own.taken / own.weight;
    }
    for (const { hostId, since: at, count } of counts) {
      const isThen = at === null ? period === 0 : at >= since && at < until;
      const own = isThen ? byId.get(hostId) : undefined;
      if (!own) continue;
      own.taken += count;
      own.share = own.start + own.taken / own.weight;
    }
  }
  return standings
    .map(({ id, priority, weight, lastTakenAt, taken, share }) => {
      return { id, priority, weight, lastTakenAt, taken, share };
    })
    .sort((a, b) => compare(a, b).order);
}

/** Shares that differ by less are the same: sums of fractions. */
const tolerance = 1e-9;

/** Negative: it is the first one's turn before the other's. The order of the hosts is what sorting leaves as it is. */
function compare(a: Standing, b: Standing): { order: number; reason: TurnReason } {
  if (a.priority !== b.priority) return { order: b.priority - a.priority, reason: "priority" };
  if (Math.abs(a.share - b.share) > tolerance) return { order: a.share - b.share, reason: "share" };
  const [last, other] = [a.lastTakenAt ?? -Infinity, b.lastTakenAt ?? -Infinity];
  if (last !== other) return { order: last < other ? -1 : 1, reason: "longest_ago" };
  return { order: 0, reason: "order" };
}

export interface Turn extends Standing {
  reason: TurnReason;
  /** Whose turn it would have been, had they been free. */
  passedOver: string[];
}

/** The first `needed` of those who are free, with why each of them; fewer where there are no more. */
export function takeTurns(
  standings: readonly Standing[],
  isFree: (id: string) => boolean,
  needed: number,
): Turn[] {
  const free = standings.filter(({ id }) => isFree(id));
  const next = free[needed];
  return free.slice(0, needed).map((standing) => ({
    ...standing,
    reason: next ? compare(standing, next).reason : "only_choice",
    passedOver: standings.slice(0, standings.indexOf(standing)).flatMap(({ id }) => (isFree(id) ? [] : id)),
  }));
}
