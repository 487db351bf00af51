/** Pauses between tries, in seconds: quick while a visitor may still be looking, then patient. PURE. */
const pauses = [1, 2, 4, 8, 15, 30, 60, 120, 300, 600];

/**
 * Seconds to wait before try number `attempt` + 1 (the first try is 1). What the provider asks for is honoured, fractions
 * included; a little chance keeps many meetings from coming back at once.
 */
export function pauseSeconds(attempt: number, retryAfterSeconds = 0, chance = Math.random()): number {
  const pause = pauses[Math.min(Math.max(attempt, 1), pauses.length) - 1] ?? 600;
  return Math.max(retryAfterSeconds, pause) * (1 + chance * 0.2);
}
