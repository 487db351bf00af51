/** Writes iCalendar files (RFC 5545). PURE. */
import type { CalendarEntry } from "@/lib/calendar-links/entry";

/** RFC 5545, 3.1: a content line has at most 75 octets; what goes beyond continues after a line break and a space. */
const maxOctets = 75;

/**
 * The entry as a file that calendars import. Times are UTC, so that no calendar has to guess what a zone's name means.
 * `writtenAt` is when the file is made.
 */
export function writeIcs(entry: CalendarEntry, writtenAt: Date): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Bellhop//Booking//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    "BEGIN:VEVENT",
    `UID:${escapeText(entry.uid)}`,
    `SEQUENCE:${entry.sequence}`,
    `DTSTAMP:${utc(writtenAt)}`,
    `DTSTART:${utc(entry.startsAt)}`,
    `DTEND:${utc(entry.endsAt)}`,
    `SUMMARY:${escapeText(entry.title)}`,
    ...(entry.description ? [`DESCRIPTION:${escapeText(entry.description)}`] : []),
    ...(entry.location ? [`LOCATION:${escapeText(entry.location)}`] : []),
    `URL:${entry.url}`,
    // A published event names its organizer (RFC 5546, 3.2.1). Their page takes the place of an address they may not want shown.
    `ORGANIZER;CN=${quoteParameter(entry.organizer.name)}:${entry.organizer.url}`,
    `STATUS:${entry.status.toUpperCase()}`,
    "TRANSP:OPAQUE",
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join("");
}

/** `20261210T143000Z` */
export function utc(instant: Date): string {
  return `${instant.toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
}

/** RFC 5545, 3.3.11. Control characters have no place in text. */
export function escapeText(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/[^\P{Cc}\n]/gu, " ")
    .replace(/[\\;,]/g, "\\$&")
    .replace(/\n/g, "\\n");
}

/** RFC 6868: in a quoted parameter, quotation marks, line breaks and the caret itself are written with carets. */
export function quoteParameter(text: string): string {
  const written = text
    .replace(/\^/g, "^^")
    .replace(/"/g, "^'")
    .replace(/\r\n?|\n/g, "^n")
    .replace(/\p{Cc}/gu, " ");
  return `"${written}"`;
}

/** Breaks a line by octets without tearing a character apart. */
export function fold(line: string): string {
  const parts: string[] = [];
  let part = "";
  let octets = 0;
  for (const char of line) {
    const size = Buffer.byteLength(char);
    if (octets + size > maxOctets) {
      parts.push(part);
      part = " ";
      octets = 1;
    }
    part += char;
    octets += size;
  }
  return [...parts, part].join("\r\n");
}
