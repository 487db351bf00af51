/** A time of day as one or the other clock shows it. PURE, small enough for the browser. */

/** Which clock a reader reads: 24 or twice 12 hours. */
export type Clock = "24" | "12";

/** A time (`HH:mm`, `24:00` too) as it is read: "09:30" or "9:30 AM", midnight "12:00 AM", noon "12:00 PM". */
export function wallClock(time: string, clock: Clock): string {
  if (clock === "24") return time;
  const hour = Number(time.slice(0, 2)) % 24;
  return `${hour % 12 || 12}${time.slice(2)} ${hour < 12 ? "AM" : "PM"}`;
}

/** The hour alone, beside a grid: "09:00" or "9 AM". */
export function wallHour(hour: number, clock: Clock): string {
  const time = wallClock(`${String(hour).padStart(2, "0")}:00`, clock);
  return clock === "24" ? time : time.replace(":00", "");
}

/** An instant (epoch milliseconds) in a zone, for scripts: browsers know their zones themselves. */
export function clockInBrowser(at: number, timeZone: string, clock: Clock): string {
  const format = new Intl.DateTimeFormat("en", {
    timeZone,
    hourCycle: "h23",
    hour: "2-digit",
    minute: "2-digit",
  });
  return wallClock(format.format(at), clock);
}
