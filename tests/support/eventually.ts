/** Between two questions, in milliseconds: short at first, then longer, so that asking takes little from those who are waited for. */
const shortestPauseMs = 20;
const longestPauseMs = 100;

/** Waits until a state is reached, asking again and again; fails with the last answer after `seconds`. */
export async function eventually<Value>(
  ask: () => Promise<Value>,
  isReached: (value: Value) => boolean,
  seconds = 40,
): Promise<Value> {
  const deadline = Date.now() + seconds * 1000;
  for (let pauseMs = shortestPauseMs; ; pauseMs = Math.min(pauseMs * 1.25, longestPauseMs)) {
    const value = await ask();
    if (isReached(value)) return value;
    if (Date.now() > deadline) throw new Error(`Not reached in ${seconds} s: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
