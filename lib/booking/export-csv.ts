/** The organizer's bookings as a table for spreadsheets (RFC 4180), read and written page by page. */

import { stringify } from "csv-stringify/sync";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { joinPageUrl } from "@/lib/booking-record/links";
import { type BookingFilter, type BookingView, listBookings } from "@/lib/booking-record/queries";
import { referenceOf } from "@/lib/booking-record/reference";

const pageSize = 200;

const columns: { header: string; value: (booking: BookingView, timeZone: string) => string }[] = [
  { header: "reference", value: ({ id }) => referenceOf(id) },
  { header: "id", value: ({ id }) => id },
  { header: "status", value: ({ status }) => status },
  { header: "event_type", value: ({ title }) => title },
  { header: "start_utc", value: ({ startsAt }) => startsAt.toISOString() },
  { header: "end_utc", value: ({ endsAt }) => endsAt.toISOString() },
  { header: "start_local", value: ({ startsAt }, timeZone) => localOf(startsAt, timeZone) },
  { header: "time_zone", value: (_, timeZone) => timeZone },
  { header: "visitor_name", value: ({ visitor }) => visitor.name },
  { header: "visitor_email", value: ({ visitor }) => visitor.email },
  { header: "visitor_time_zone", value: ({ visitor }) => visitor.timeZone },
  { header: "guests", value: ({ guests }) => guests.join(" ") },
  { header: "answers", value: ({ answers }) => writeAnswers(answers) },
  { header: "meeting", value: ({ meeting }) => meeting.kind },
  { header: "join_page", value: ({ joinToken }) => joinPageUrl(joinToken) },
  { header: "no_show", value: ({ noShowAt }) => (noShowAt ? "yes" : "no") },
  { header: "times_moved", value: ({ rescheduleCount }) => String(rescheduleCount) },
  { header: "cancelled_by", value: ({ cancelledBy }) => cancelledBy ?? "" },
  { header: "cancel_reason", value: ({ cancelReason }) => cancelReason ?? "" },
  { header: "booked_at", value: ({ createdAt }) => createdAt.toISOString() },
  { header: "utm", value: ({ utm }) => writeAnswers(utm) },
];

/**
 * The table, one piece at a time: the head first, then some rows each. Texts that a spreadsheet would take for a formula get an
 * apostrophe in front (OWASP, CSV injection). Local times are of `timeZone` (IANA).
 */
export async function* exportBookings(
  scope: OwnerScope,
  filter: Omit<BookingFilter, "after" | "take">,
  timeZone: string,
): AsyncGenerator<string> {
  yield stringify([columns.map(({ header }) => header)], format);
  let after: BookingFilter["after"];
  for (;;) {
    const bookings = await listBookings(scope, { ...filter, after, take: pageSize });
    const rows = bookings.map((booking) => columns.map(({ value }) => value(booking, timeZone)));
    if (rows.length > 0) yield stringify(rows, format);
    const last = bookings.at(-1);
    if (!last || bookings.length < pageSize) return;
    after = { startsAt: last.startsAt, id: last.id };
  }
}

const format = { escape_formulas: true, record_delimiter: "windows" } as const;

/** `2026-12-10 15:30`, which spreadsheets read as a date and time. */
function localOf(at: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" });
  return parts.format(at);
}

function writeAnswers(answers: Record<string, unknown>): string {
  return Object.entries(answers)
    .map(([id, answer]) => `${id}: ${Array.isArray(answer) ? answer.join(", ") : String(answer)}`)
    .join("\n");
}
