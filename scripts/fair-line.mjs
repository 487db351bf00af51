/**
 * Who is served when more is asked than can be done. Some are served at once; the others wait, in a line for each network, and the lines
 * take turns. Once waiting takes too long, the network that asks most is refused, its newest request first, so that what is done is done
 * in time. PURE but for the clock it is given.
 */

/** Requests served at once: the database serves ten of them, the processor the others. */
const placesAtOnce = 64;
/** As many may come from one network, so that others always find a place. */
const placesPerNetwork = placesAtOnce / 2;
/** Under way altogether, with those that have given their place on. */
const underWayAtMost = 1_000;
/** How long the first in line waits at most before someone is refused, in milliseconds. */
const patienceMs = 1_000;
const waitingAtMost = 2_000;
/** Who takes longer waits for something else, such as Microsoft or the body of a request, and gives their place on. */
const turnMs = 1_000;
const bodyMs = 100;

export function openFairLine(now = () => performance.now()) {
  /** By network: who is being served, and who waits. Null is the network of everyone whose address says nothing. */
  const lines = new Map();
  /** Where each visit is. */
  const entries = new Map();
  let served = 0;
  let underWay = 0;
  let waiting = 0;

  function enter(network, visit) {
    const line = lines.get(network) ?? { network, served: 0, queue: [] };
    lines.set(network, line);
    const entry = { visit, line, since: now(), state: "waiting" };
    entries.set(visit, entry);
    if (line.queue.length === 0 && mayServe(line)) return serve(entry);
    line.queue.push(entry);
    waiting += 1;
    if (waiting > waitingAtMost || waitsTooLong()) refuseOne(line);
  }

  /** Its answer has been sent, or its sender has gone. Safe to call twice. */
  function leave(visit) {
    const entry = entries.get(visit);
    if (!entry) return;
    entries.delete(visit);
    if (entry.state === "waiting") unqueue(entry);
    else underWay -= 1;
    if (entry.state === "served") giveOn(entry);
    else forget(entry.line);
    serveNext();
  }

  /** Takes their places from those who have had their turn. To be called several times a second. */
  function takeTurns() {
    const at = now();
    for (const entry of entries.values()) {
      if (entry.state !== "served") continue;
      const limit = entry.visit.hasArrived() ? turnMs : bodyMs;
      if (at - entry.since < limit) continue;
      entry.state = "slow";
      giveOn(entry);
    }
    serveNext();
  }

  function mayServe({ network, served: own }) {
    const places = network === null ? placesAtOnce : placesPerNetwork;
    return served < placesAtOnce && own < places && underWay < underWayAtMost;
  }

  function serve(entry) {
    entry.state = "served";
    entry.since = now();
    entry.line.served += 1;
    served += 1;
    underWay += 1;
    entry.visit.start();
  }

  function giveOn({ line }) {
    line.served -= 1;
    served -= 1;
    forget(line);
  }

  /** Whoever was served last comes last in the map. */
  function serveNext() {
    for (const line of lines.values()) {
      if (waiting === 0 || served >= placesAtOnce) return;
      const [first] = line.queue;
      if (!first || !mayServe(line)) continue;
      unqueue(first);
      lines.delete(line.network);
      lines.set(line.network, line);
      serve(first);
    }
  }

  function waitsTooLong() {
    const at = now();
    for (const { queue } of lines.values()) {
      const [first] = queue;
      if (first && at - first.since > patienceMs) return true;
    }
    return false;
  }

  /** Among equals, whoever comes last. */
  function refuseOne(newest) {
    let heaviest = newest;
    const weight = (line) => line.served + line.queue.length;
    for (const line of lines.values()) {
      if (line.queue.length > 0 && weight(line) > weight(heaviest)) heaviest = line;
    }
    const entry = heaviest.queue.at(-1);
    entries.delete(entry.visit);
    unqueue(entry);
    forget(heaviest);
    entry.visit.refuse();
  }

  function unqueue(entry) {
    const { queue } = entry.line;
    queue.splice(queue.lastIndexOf(entry), 1);
    waiting -= 1;
  }

  function forget(line) {
    const isEmpty = line.served === 0 && line.queue.length === 0;
    if (isEmpty && lines.get(line.network) === line) lines.delete(line.network);
  }

  return { enter, leave, takeTurns };
}
