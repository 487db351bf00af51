/**
 * The slots that the hosts of an event type offer together. All fixed ones take part in each slot, and some of those who take turns.
 * One host alone is judged by `listSlots` and `explain`, at their cost.
 */
import { MINUTE_MS } from "./calendar-date";
import { explain } from "./explain";
import { jointStarts } from "./joint-starts";
import { availabilityOf } from "./question";
import type { HostsAvailability, HostsQuery, HostsVerdict, Interval } from "./rules";
import { listSlots } from "./slots";

/**
 * The slots that start at `from` or later and before `to` (epoch milliseconds), in order: those that the fixed hosts and some
 * `rotatingHosts` of the others have in common, whichever these are. Throws RangeError where `listSlots` does.
 */
export function listHostSlots(query: HostsQuery): Interval[] {
  const { from, to, durationMinutes } = query;
  const [host] = query.hosts;
  if (host && isAlone(query)) {
    return listSlots({ ...availabilityOf(query, host), from, to: Math.min(to, host.knownUntil ?? to) });
  }
  return jointStarts(query).map((start) => ({ start, end: start + durationMinutes * MINUTE_MS }));
}

/** Whether `listHostSlots` would offer the start (epoch milliseconds), and what stands against it for each host. */
export function judgeHosts(question: HostsAvailability, start: number): HostsVerdict {
  const hosts = question.hosts.map((host) => ({
    id: host.id,
    reasons: explain(availabilityOf(question, host), start),
  }));
  if (isAlone(question)) return { offered: hosts.every(({ reasons }) => reasons.length === 0), hosts };
  const offered = jointStarts({ ...question, from: start, to: start + 1 }).length > 0;
  if (!offered) return { offered, hosts };
  // Where they meet the grid is that of the time they share, not each one's own.
  const others = hosts.map(({ id, reasons }) => ({
    id,
    reasons: reasons.filter(({ code }) => code !== "off_grid"),
  }));
  return { offered, hosts: others };
}

/** One host, who takes part in each slot. */
function isAlone({ hosts, rotatingHosts }: HostsAvailability): boolean {
  return hosts.length === 1 && rotatingHosts === (hosts[0]?.kind === "rotating" ? 1 : 0);
}
