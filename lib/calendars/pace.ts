/** PURE: how old a copy of a calendar may be, and when it is read next. Milliseconds, unless a name says otherwise. */

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** What an organizer may choose as the age at which their times close, in minutes. */
export const staleMinutes = { least: 5, most: 24 * 60 } as const;

/** How many polls fit into the age at which times close: two may fail before a visitor notices. */
const pollsPerLimit = 3;

/**
 * The age from which a copy says nothing any more. The organizer's choice, or three polls where this server asks less often
 * than that.
 */
export function staleAfterMs(staleAfterMinutes: number, pollSeconds: number): number {
  return Math.max(staleAfterMinutes * minuteMs, pollsPerLimit * pollSeconds * 1000);
}

export interface Pace {
  /** Epoch milliseconds. */
  now: number;
  /** When a round last brought something new; null: never yet. */
  changedAt: number | null;
  /** SYNC_POLL_SECONDS */
  pollSeconds: number;
  staleAfterMinutes: number;
  /** The provider sends notifications of changes: reading is a safety net. */
  isNotified: boolean;
  /** 0 to 1. */
  chance: number;
}

/**
 * When a calendar that was read well is read again. Calendars where little happens are read less often, up to a third of the
 * age at which times close; with notifications always so. Up to a seventh earlier by chance, so that the work of many
 * spreads.
 */
export function nextPollAt(pace: Pace): number {
  const slowest = staleAfterMs(pace.staleAfterMinutes, pace.pollSeconds) / pollsPerLimit;
  const usual = pace.pollSeconds * 1000 * quietness(pace.now, pace.changedAt);
  const pause = pace.isNotified ? slowest : Math.min(usual, slowest);
  return pace.now + pause * (1 - pace.chance / 7);
}

function quietness(now: number, changedAt: number | null): number {
  const quietMs = changedAt === null ? Infinity : now - changedAt;
  if (quietMs < hourMs) return 1;
  return quietMs < 24 * hourMs ? 1.5 : 2.5;
}

/** Pauses after failed attempts, in seconds. */
const pauses = [5, 15, 30, 60, 120, 240];

/** When a calendar that could not be read is tried again; `attempt` 1 is the first failure. What the provider asks for holds. */
export function nextAttemptAt(
  now: number,
  attempt: number,
  retryAfterSeconds = 0,
  chance = Math.random(),
): number {
  const pause = pauses[Math.min(attempt, pauses.length) - 1] ?? 240;
  return now + Math.max(retryAfterSeconds, pause * (1 + chance * 0.2)) * 1000;
}
