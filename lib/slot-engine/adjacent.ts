/** Which slots leave no gap beside what is there already. PURE. */
import type { HostsQuery, Interval } from "./rules";

type Beside = Pick<HostsQuery, "hosts" | "excludeBookingId"> & {
  event: Pick<
    HostsQuery["event"],
    "bufferBeforeMinutes" | "bufferAfterMinutes" | "slotIntervalMinutes" | "durationsMinutes"
  >;
};

const minuteMs = 60_000;

/**
 * The starts (epoch milliseconds) of those of the offered slots that are right before or after a booking or busy time of one of the hosts:
 * buffers apart, less is left between them than the time from one start to the next. So are those that share the time of a booking
 * whose seats are not all taken. A host whose time is not known is beside nothing.
 */
export function adjacentStarts(
  slots: readonly Interval[],
  { event, hosts, excludeBookingId }: Beside,
): Set<number> {
  const step = (event.slotIntervalMinutes ?? Math.min(...event.durationsMinutes)) * minuteMs;
  const before = event.bufferBeforeMinutes * minuteMs;
  const after = event.bufferAfterMinutes * minuteMs;
  const blocks = hosts.flatMap(({ bookings, busy }) => [
    ...busy.map(({ start, end }) => ({ start, end, from: start, until: end })),
    ...bookings
      .filter(({ id }) => id !== excludeBookingId)
      .map(({ start, end, bufferBeforeMinutes, bufferAfterMinutes }) => ({
        start,
        end,
        from: start - bufferBeforeMinutes * minuteMs,
        until: end + bufferAfterMinutes * minuteMs,
      })),
  ]);
  const isGap = (left: number) => left >= 0 && left < step;
  const isBeside = (slot: Interval) =>
    blocks.some(
      ({ start, end, from, until }) =>
        isGap(slot.start - before - until) ||
        isGap(from - slot.end - after) ||
        (slot.start === start && slot.end === end),
    );
  return new Set(slots.filter(isBeside).map(({ start }) => start));
}
