/** What a person's own calendar holds about one appointment. */
export interface CalendarEntry {
  /** The same for ever, so that a calendar that has the entry already changes it and does not add another. */
  uid: string;
  /** Rises each time the appointment changes (RFC 5545, 3.8.7.4). */
  sequence: number;
  status: "confirmed" | "tentative" | "cancelled";
  title: string;
  /** Plain text; lines may be broken with `\n`. */
  description: string;
  /** Where it takes place: an address, a telephone number, or the join page; may be empty. */
  location: string;
  /** The page that leads into the meeting, or to the organizer. */
  url: string;
  organizer: { name: string; url: string };
  startsAt: Date;
  endsAt: Date;
}
