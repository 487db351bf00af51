import { tzlib_get_ical_block, tzlib_get_offset, tzlib_get_timezones } from "timezones-ical-library";
import { offsetMinutesAt, wallTime } from "@/lib/slot-engine/zone";

const known = new Set(tzlib_get_timezones());
const hourMs = 3600_000;

/** A time zone as written in a calendar file. */
export interface TimeZoneBlock {
  tzid: string;
  lines: string[];
}

/**
 * The zone's rules for a calendar file (RFC 5545, 3.6.5) that holds these instants (epoch milliseconds). Null where UTC
 * says it better: zones without a name there, rules that differ from the ones we reckon with, and hours around a change of
 * clocks, when one wall-clock time may mean two instants. PURE.
 */
export function timeZoneBlock(timeZone: string, instants: readonly number[]): TimeZoneBlock | null {
  if (timeZone === "UTC" || !known.has(timeZone)) return null;
  if (!instants.every((at) => isSettled(at, timeZone) && agrees(at, timeZone))) return null;
  const [block = "", tzid = ""] = tzlib_get_ical_block(timeZone);
  return { tzid: tzid.replace(/^TZID=/, ""), lines: block.split("\r\n") };
}

function isSettled(at: number, timeZone: string): boolean {
  return offsetMinutesAt(at - 3 * hourMs, timeZone) === offsetMinutesAt(at + 3 * hourMs, timeZone);
}

function agrees(at: number, timeZone: string): boolean {
  const { date, time } = wallTime(at, timeZone);
  const [, sign, hours, minutes] = /^([+-])(\d\d)(\d\d)$/.exec(tzlib_get_offset(timeZone, date, time)) ?? [];
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -1 : 1);
  return offset === offsetMinutesAt(at, timeZone);
}
