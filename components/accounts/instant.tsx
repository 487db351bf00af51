import { readClock } from "@/lib/booking-page/visitor";
import { type Clock, clockTime } from "@/lib/format/spoken-time";

const dateFormat = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" });

/** An instant of the installation's records in words: UTC, and saying so. */
export function formatInstant(at: Date, clock: Clock): string {
  return `${dateFormat.format(at)}, ${clockTime(at.getTime(), "UTC", clock)} UTC`;
}

export async function Instant({ at }: { at: Date }) {
  return <time dateTime={at.toISOString()}>{formatInstant(at, await readClock())}</time>;
}
