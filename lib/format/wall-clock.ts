/** A time of day as one or the other clock shows it. PURE, small enough for the browser. */

/** Which clock a reader reads: 24 or twice 12 hours. */
export type Clock = "24" | "12";

/**
 * A time (`HH:mm`, `24:00` too) as it is read in a language (BCP 47): "09:30" or "9:30 AM", midnight "12:00 AM", noon "12:00 PM"; in
 * Japanese "午前9:30".
 */
export function wallClock(time: string, clock: Clock, tag: string): string {
  if (clock === "24") return time;
  const hour = Number(time.slice(0, 2)) % 24;
  if (!tag.startsWith("en")) return twelveHours(tag).format((hour * 60 + Number(time.slice(3))) * 60_000);
  return `${hour % 12 || 12}${time.slice(2)} ${hour < 12 ? "AM" : "PM"}`;
}

const made = new Map<string, Intl.DateTimeFormat>();

function twelveHours(tag: string): Intl.DateTimeFormat {
  const options = {
    timeZone: "UTC",
    hour: "numeric",
    minute: "2-digit",
    hour12: true,
    numberingSystem: "latn",
  } as const;
  const format = made.get(tag) ?? new Intl.DateTimeFormat(tag, options);
  made.set(tag, format);
  return format;
}

/** The hour alone, beside a grid: "09:00" or "9 AM". */
export function wallHour(hour: number, clock: Clock, tag: string): string {
  const time = wallClock(`${String(hour).padStart(2, "0")}:00`, clock, tag);
  return clock === "24" ? time : time.replace(":00", "");
}

/** An instant (epoch milliseconds) in a zone, for scripts: browsers know their zones themselves. `tag` is the page's language. */
export function clockInBrowser(at: number, timeZone: string, clock: Clock, tag: string): string {
  const format = new Intl.DateTimeFormat("en", {
    timeZone,
    hourCycle: "h23",
    hour: "2-digit",
    minute: "2-digit",
  });
  return wallClock(format.format(at), clock, tag);
}
