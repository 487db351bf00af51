/** What the troubleshooting page is asked about, kept in its address. PURE. */
import { readZone } from "@/lib/format/places";
import { toDayNumber } from "@/lib/slot-engine/calendar-date";
import { instantOfWallTime, localDateOf } from "@/lib/slot-engine/zone";

export interface TroubleshootQuery {
  /** `YYYY-MM-DD` in the zone. */
  date: string;
  /** `HH:mm`; null: the day alone. */
  time: string | null;
  /** The start that the time means; null without one. */
  startsAt: number | null;
  durationMinutes: number;
  /** IANA */
  timeZone: string;
}

interface Usual {
  timeZone: string;
  durationsMinutes: readonly number[];
  now: number;
}

/** Reads an address; what is missing or makes no sense is as usual: today, in the organizer's zone. */
export function readTroubleshootQuery(
  given: Readonly<Record<string, string>>,
  usual: Usual,
): TroubleshootQuery {
  const timeZone = readZone(given.tz) ?? usual.timeZone;
  const date = isDate(given.date) ? given.date : localDateOf(usual.now, timeZone);
  const time = /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(given.time ?? "") ? (given.time ?? null) : null;
  const minutes = Number(given.duration);
  return {
    date,
    time,
    startsAt: time === null ? null : instantOfWallTime(date, time, timeZone),
    durationMinutes: usual.durationsMinutes.includes(minutes) ? minutes : (usual.durationsMinutes[0] ?? 0),
    timeZone,
  };
}

/** The query part of an address that asks this. */
export function writeTroubleshootQuery({
  date,
  time,
  durationMinutes,
  timeZone,
}: Omit<TroubleshootQuery, "startsAt">): string {
  const query = new URLSearchParams({ date, ...(time ? { time } : {}) });
  query.set("duration", String(durationMinutes));
  query.set("tz", timeZone);
  return `?${query}`;
}

function isDate(text: string | undefined): text is string {
  if (!text || text < "1971-01-01" || text > "2999-12-31") return false;
  try {
    return toDayNumber(text) > 0;
  } catch {
    return false;
  }
}
