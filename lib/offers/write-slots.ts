import { DAY_MS, MINUTE_MS, toDate } from "@/lib/slot-engine/calendar-date";
import type { Interval } from "@/lib/slot-engine/rules";

/** `T09:30:00.000Z` for each minute of a day. */
const minutes = Array.from({ length: 1440 }, (_, minute) => {
  const two = (value: number) => String(value).padStart(2, "0");
  return `T${two(Math.floor(minute / 60))}:${two(minute % 60)}:00.000Z`;
});

/** `[{"start","end"}]` as JSON; a slot takes a date and a minute from tables, since most of an answer is instants. */
export function writeSlots(slots: readonly Interval[]): string {
  const instant = instantWriter();
  const written = slots.map(({ start, end }) => `{"start":"${instant(start)}","end":"${instant(end)}"}`);
  return `[${written.join(",")}]`;
}

function instantWriter(): (ms: number) => string {
  let day = Number.NaN;
  let date = "";
  return (ms) => {
    const itsDay = Math.floor(ms / DAY_MS);
    const time = minutes[(ms - itsDay * DAY_MS) / MINUTE_MS];
    // Zones of long ago have offsets with seconds.
    if (time === undefined) return new Date(ms).toISOString();
    if (itsDay !== day) {
      day = itsDay;
      date = toDate(day);
    }
    return date + time;
  };
}
