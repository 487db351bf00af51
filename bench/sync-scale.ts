/**
 * What keeping many organizers' calendars in step asks of Microsoft: half a day in simulated time, paced by the scheduler's own
 * functions, second by second, against the limits Microsoft publishes (throttling-limits.md).
 */
import type { Figure } from "@/bench/figures";
import { nextPollAt } from "@/lib/calendars/pace";
import { calendarPort } from "@/lib/meetings/registry-calendar";

const secondMs = 1000;
/** From six in the morning to six in the evening: the busy half of a day. */
const begin = 6 * 3600 * secondMs;
const daySeconds = 12 * 3600;

/** Requests of one app in all, in ten seconds; and of one app to one mailbox, in ten minutes. */
const limits = { appIn10s: 130_000, mailboxIn10min: 10_000 };

/** What is assumed of people: changes a day, nine in ten within eight hours; pages of a round of everything. */
const assumed = { changesADay: 12, pagesOfFullRound: 2, tokenMinutes: 70, callMs: 150 };

interface Day {
  /** Requests in each second. */
  perSecond: Uint32Array;
  busiestMailbox: number;
  /** The longest a calendar was not read, in seconds. */
  oldestSeconds: number;
}

/** A small generator of chance (mulberry32), so that every run has the same day. */
function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** From six to six of so many organizers. */
function simulate(organizers: number, isNotified: boolean): Day {
  const perSecond = new Uint32Array(daySeconds);
  const chance = chanceFrom(1);
  let busiestMailbox = 0;
  let oldestSeconds = 0;
  for (let organizer = 0; organizer < organizers; organizer++) {
    const changes = changesOf(chance);
    const calls: number[] = [];
    let changedAt: number | null = null;
    let seen = 0;
    let at = chance() * 300 * secondMs;
    for (let before = at; at < daySeconds * secondMs; before = at) {
      calls.push(at);
      const begun = seen;
      while ((changes[seen] ?? Infinity) <= at) seen++;
      if (seen > begun) changedAt = at;
      const planned = nextPollAt({
        now: at,
        changedAt,
        pollSeconds: 120,
        staleAfterMinutes: 15,
        isNotified,
        chance: chance(),
      });
      // Where Outlook sends notifications, a change is read a moment later.
      const seenAt = isNotified ? (changes[seen] ?? Infinity) + secondMs : Infinity;
      at = Math.min(planned, Math.max(seenAt, at + 1));
      oldestSeconds = Math.max(oldestSeconds, (at - before) / secondMs);
    }
    // Half of what comes once a day falls into this half.
    const once = chance() * 2 * daySeconds * secondMs;
    for (let page = 0; page < assumed.pagesOfFullRound; page++) calls.push(once + page * assumed.callMs);
    // The list of calendars, once a day; a subscription, renewed at half its life.
    calls.push(chance() * daySeconds * secondMs);
    if (isNotified && chance() < (24 * 60) / (calendarPort("teams").subscriptionMinutes / 2))
      calls.push(chance() * daySeconds * secondMs);
    busiestMailbox = Math.max(busiestMailbox, maxWithin(calls, 600 * secondMs));
    for (const call of calls) {
      const second = Math.floor(call / secondMs);
      if (second < daySeconds) perSecond[second] = (perSecond[second] ?? 0) + 1;
    }
  }
  return { perSecond, busiestMailbox, oldestSeconds };
}

function changesOf(chance: () => number): number[] {
  return Array.from({ length: assumed.changesADay }, () => {
    const hour = chance() < 0.9 ? 8 + 8 * chance() : 24 * chance();
    return hour * 3600 * secondMs - begin;
  })
    .filter((at) => at > 0)
    .sort((a, b) => a - b);
}

/** The most of some instants that lie within one stretch of time. */
function maxWithin(instants: number[], stretchMs: number): number {
  instants.sort((a, b) => a - b);
  let most = 0;
  for (let first = 0, last = 0; last < instants.length; last++) {
    while ((instants[last] ?? 0) - (instants[first] ?? 0) > stretchMs) first++;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

/** The busiest ten seconds. */
function busiest10s(perSecond: Uint32Array): number {
  let sum = 0;
  let most = 0;
  for (let second = 0; second < perSecond.length; second++) {
    sum += (perSecond[second] ?? 0) - (perSecond[second - 10] ?? 0);
    most = Math.max(most, sum);
  }
  return most;
}

/** Requests to Graph, by polling and with notifications. */
export function measureSyncScale(say: (line: string) => void): Figure[] {
  return [10_000, 100_000].flatMap((organizers) =>
    [false, true].map((isNotified) => {
      const count = organizers.toLocaleString("en");
      say(`Half a day of ${count} calendars, simulated`);
      return figureOf(organizers, isNotified, simulate(organizers, isNotified));
    }),
  );
}

function figureOf(
  organizers: number,
  isNotified: boolean,
  { perSecond, busiestMailbox, oldestSeconds }: Day,
): Figure {
  const total = perSecond.reduce((sum, count) => sum + count, 0);
  const peak = busiest10s(perSecond);
  const name = isNotified ? "with notifications" : "polling every 120 s";
  return {
    name: `${organizers.toLocaleString("en")} calendars, ${name}, busiest 10 s`,
    against: `Microsoft's limit for one app; ${peak} of ${limits.appIn10s.toLocaleString("en")} requests`,
    value: (100 * peak) / limits.appIn10s,
    unit: "%" as const,
    goal: { atMost: 10 },
    details: {
      requestsInBusiest10s: peak,
      requestsPerSecond: Math.round((total / daySeconds) * 10) / 10,
      callsAtOnce: Math.ceil((peak / 10) * (assumed.callMs / 1000)),
      busiestMailboxIn10Minutes: busiestMailbox,
      mailboxLimitIn10Minutes: limits.mailboxIn10min,
      longestUnreadSeconds: Math.round(oldestSeconds),
      tokenRenewalsPerSecond: Math.round((organizers / (assumed.tokenMinutes * 60)) * 10) / 10,
    },
  };
}
