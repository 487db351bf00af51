/** Pauses between attempts, in seconds: short while a visitor may be watching, then longer. PURE. */
const pauses = [1, 2, 4, 8, 15, 30, 60, 120, 300, 600];

/** Even if the provider asks for longer, no pause of ours exceeds this. */
const longestBesideTheirs = 30;

/**
 * Seconds to wait before try number `attempt` + 1 (the first try is 1). What the provider asks for is honoured, fractions
 * included; a little chance keeps many meetings from coming back immediately.
 */
export function pauseSeconds(attempt: number, retryAfterSeconds = 0, chance = Math.random()): number {
  const pause = pauses[Math.min(Math.max(attempt, 1), pauses.length) - 1] ?? 600;
  const own = retryAfterSeconds > 0 ? Math.min(pause, longestBesideTheirs) : pause;
  return Math.max(retryAfterSeconds, own) * (1 + chance * 0.2);
}
