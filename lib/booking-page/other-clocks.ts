import { showSameTime } from "@/lib/format/places";
import type { Interval } from "@/lib/slot-engine/rules";

/**
 * Those of the hosts whose clock shows another time than the visitor's, one for each time that is shown, in the order of the hosts. Zones
 * are IANA, instants epoch milliseconds. PURE.
 */
export function otherClocks<Host extends { timeZone: string }>(
  visitorZone: string,
  hosts: readonly Host[],
  { start, end }: Interval,
): Host[] {
  const isSame = (one: string, other: string) => showSameTime(one, other, start, end);
  return hosts.filter(
    ({ timeZone }, index) =>
      !isSame(visitorZone, timeZone) && hosts.findIndex((one) => isSame(one.timeZone, timeZone)) === index,
  );
}
