/**
 * Who asks at intervals whether this server is ready, as balancers do. They go on sending visitors here until they have been told a few
 * times that it isn't. PURE but for the clock it is given.
 */

/** After as many refusals, a balancer sends no one here: HAProxy and Kubernetes ask for three, others for fewer. */
const refusalsToBelieve = 3;
/** Who asks more rarely than this isn't waited for. */
const longestGapMs = 10_000;
/** Who asks again sooner has only retried. */
const shortestGapMs = 100;
/** After as many gaps without a question, and no sooner than this, its asker is gone. */
const gapsUntilGone = 3;
const soonestGoneMs = 2_000;
const rememberedAtMost = 100;

export function openWatchers(now = () => performance.now()) {
  const watchers = new Map();

  function note(name, isReady) {
    const at = now();
    const known = watchers.get(name);
    if (known && isReady && at - known.lastAt < shortestGapMs) return;
    const gapMs = known && isReady ? at - known.lastAt : (known?.gapMs ?? null);
    watchers.delete(name);
    watchers.set(name, { lastAt: at, gapMs, refusals: isReady ? 0 : (known?.refusals ?? 0) + 1 });
    if (watchers.size > rememberedAtMost) watchers.delete(watchers.keys().next().value);
  }

  function haveHeard() {
    const at = now();
    return [...watchers.values()].every(({ lastAt, gapMs, refusals }) => {
      if (gapMs === null || gapMs > longestGapMs || refusals >= refusalsToBelieve) return true;
      return at - lastAt > Math.max(gapMs * gapsUntilGone, soonestGoneMs);
    });
  }

  return { note, haveHeard };
}
