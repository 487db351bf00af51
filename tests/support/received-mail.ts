import ICAL from "ical.js";
import type { ReceivedMail } from "@/tests/support/smtp";

/** The body of the first part of this type, decoded; null when the mail has none. */
export function readPart({ raw }: ReceivedMail, type: string): { headers: string; body: string } | null {
  for (const [, boundary = ""] of raw.matchAll(/boundary="([^"]+)"/g)) {
    for (const part of raw.split(`--${boundary}`)) {
      const [headers = "", ...rest] = part.replace(/^\r\n/, "").split("\r\n\r\n");
      const unfolded = headers.replace(/\r\n[ \t]+/g, " ");
      if (!new RegExp(`^content-type: ${type}`, "im").test(unfolded)) continue;
      return { headers: unfolded, body: decode(unfolded, rest.join("\r\n\r\n").trim()) };
    }
  }
  return null;
}

function decode(headers: string, body: string): string {
  if (/base64/i.test(headers)) return Buffer.from(body, "base64").toString("utf8");
  if (!/quoted-printable/i.test(headers)) return body;
  const bytes = body
    .replace(/=\r\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}

/** Subject as people read it. */
export function readSubject({ raw }: ReceivedMail): string {
  const [head = ""] = raw.split("\r\n\r\n");
  const [, subject = ""] = /^subject: (.*)$/im.exec(head.replace(/\r\n[ \t]+/g, " ")) ?? [];
  return subject
    .replace(/(\?=) (?==\?)/g, "$1")
    .replace(/=\?utf-8\?([QB])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
      kind.toUpperCase() === "B"
        ? Buffer.from(text, "base64").toString("utf8")
        : decode("quoted-printable", text.replaceAll("_", " ")),
    );
}

/** The invitation in a mail, read by a calendar's own parser; null when there is none. */
export function readInvitation(mail: ReceivedMail) {
  const part = readPart(mail, "text/calendar");
  if (!part) return null;
  const calendar = new ICAL.Component(ICAL.parse(part.body));
  const component = calendar.getFirstSubcomponent("vevent");
  if (!component) throw new Error("The calendar has no event.");
  const zone = calendar.getFirstSubcomponent("vtimezone");
  if (zone) ICAL.TimezoneService.register(zone);
  const event = new ICAL.Event(component);
  const method = String(calendar.getFirstPropertyValue("method"));
  return {
    method,
    partMethod: /method=(\w+)/i.exec(part.headers)?.[1],
    uid: event.uid,
    sequence: event.sequence,
    start: event.startDate.toJSDate().toISOString(),
    end: event.endDate.toJSDate().toISOString(),
    zone: zone ? String(zone.getFirstPropertyValue("tzid")) : null,
    status: String(component.getFirstPropertyValue("status")),
    summary: event.summary,
    description: event.description,
    location: event.location,
    organizer: String(component.getFirstPropertyValue("organizer")),
    attendees: component.getAllProperties("attendee").map((attendee) => String(attendee.getFirstValue())),
  };
}
