const format = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });

/** An instant of the installation's records, in UTC and saying so. */
export function Instant({ at }: { at: Date }) {
  return <time dateTime={at.toISOString()}>{`${format.format(at)} UTC`}</time>;
}
