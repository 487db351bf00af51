import { z } from "zod";
import { BookingBadge } from "@/components/organizer-bookings/booking-badge";
import { bookingHref } from "@/components/organizer-bookings/booking-entry";
import { Arrival } from "@/components/ui/arrival";
import { Note } from "@/components/ui/note";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { getOwnBooking } from "@/lib/booking-record/queries";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

const justNow = z.object({
  letIn: z.uuid().optional().catch(undefined),
  rejected: z.uuid().optional().catch(undefined),
});

interface DecidedNoteProps {
  /** All of the page's address: which booking was let in or rejected just now. */
  parameters: object;
  scope: OwnerScope;
}

/** What came of letting a booking in, or of rejecting it: what it is now is looked up, since others may have been first. */
export async function DecidedNote({ parameters, scope }: DecidedNoteProps) {
  const { letIn, rejected } = justNow.parse(parameters);
  const id = letIn ?? rejected;
  const booking = id ? await getOwnBooking(scope, id) : null;
  if (!booking) return null;
  const words = translator("bookings", await getLocale());
  const { name, email } = booking.visitor;
  const what = letIn ? "letIn" : "rejected";
  if (booking.status === (letIn ? "confirmed" : "declined")) {
    return (
      <Arrival key={booking.id}>
        <Note
          tone="success"
          title={<span className="wrap-anywhere">{words(`heldBack.${what}.title`, { name })}</span>}
        >
          <p className="wrap-anywhere">{words(`heldBack.${what}.text`, { name, email })}</p>
        </Note>
      </Arrival>
    );
  }
  return (
    <Arrival key={booking.id}>
      <Note tone="warning" title={words("several.left", { left: 1 })}>
        <p className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1">
          <a href={bookingHref(booking.id)} className="min-w-0 font-semibold text-ink wrap-anywhere">
            {name}
          </a>
          <BookingBadge booking={booking} />
        </p>
      </Note>
    </Arrival>
  );
}
