const format = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });

/** An instant of the installation's records in words: UTC, and saying so. */
export function formatInstant(at: Date): string {
  return `${format.format(at)} UTC`;
}

export function Instant({ at }: { at: Date }) {
  return <time dateTime={at.toISOString()}>{formatInstant(at)}</time>;
}
