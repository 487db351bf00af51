/**
 * The slots that the hosts of an event type offer together. All fixed ones take part in each slot, and some of those who take turns.
 * One host alone is judged by `listSlots` and `explain`, at their cost.
 */
import { MINUTE_MS } from "./calendar-date";
import { explain, reasonsFor } from "./explain";
import { jointStarts, startsOfMembers, toMembers } from "./joint-starts";
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

/** Whether `listHostSlots` would offer the start (epoch milliseconds), and what prevents it for each host. */
export function judgeHosts(question: HostsAvailability, start: number): HostsVerdict {
  const [host] = question.hosts;
  if (host && isAlone(question)) {
    const reasons = explain(availabilityOf(question, host), start);
    return { offered: reasons.length === 0, hosts: [{ id: host.id, reasons }] };
  }
  const asked = { ...question, from: start, to: start + 1 };
  const members = toMembers(asked);
  const offered = startsOfMembers(asked, members).length > 0;
  // What is offered is on their grid, whatever is taken. On the grid of the time they share, that of each one's own does not matter.
  const grid = offered || jointStarts(untaken(asked)).length > 0 ? "any" : "own";
  const hosts = members.map((member) => {
    return { id: member.id, reasons: reasonsFor(member.question, member, start, grid) };
  });
  return { offered, hosts };
}

/** The same with nothing taken, everyone available and no limits. */
function untaken(asked: HostsQuery): HostsQuery {
  const event = { ...asked.event, limits: {} };
  const hosts = asked.hosts.map((host) => {
    return { ...host, bookings: [], busy: [], holds: [], presence: "available" as const };
  });
  return { ...asked, event, hosts };
}

/** One host, who takes part in each slot. */
function isAlone({ hosts, rotatingHosts }: HostsAvailability): boolean {
  return hosts.length === 1 && rotatingHosts === (hosts[0]?.kind === "rotating" ? 1 : 0);
}
