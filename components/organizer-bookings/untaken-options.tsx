import { use } from "react";
import { sentenceOfOption, whyOf } from "@/components/organizer-bookings/option-words";
import { RepairButton } from "@/components/organizer-bookings/repair-button";
import { Note } from "@/components/ui/note";
import type { FormAction } from "@/components/ui/post-form";
import type { BookingView } from "@/lib/booking-record/queries";
import { translator } from "@/lib/i18n/translator";
import { readOptionsOutcome } from "@/lib/meetings/options";
import { getLocale } from "@/lib/reader/locale";

interface UntakenOptionsProps {
  booking: BookingView;
  repair: FormAction;
}

/** Which meeting options are not as the event type asks, what is there instead, and who can change that. */
export function UntakenOptions({ booking, repair }: UntakenOptionsProps) {
  const locale = use(getLocale());
  const words = translator("bookings", locale);
  const outcome = readOptionsOutcome(booking.meeting.optionsOutcome, booking.meeting.id);
  if (!outcome || outcome.untaken.length === 0) return null;
  return (
    <div className="mb-8">
      <Note tone="warning" title={words("options.title", { state: outcome.state })}>
        <ul className="mt-1 grid list-disc gap-1 ps-5">
          {outcome.untaken.map((one) => (
            <li key={one.option}>{sentenceOfOption(one, locale)}</li>
          ))}
        </ul>
        <p className="mt-2">{words("options.who", { why: whyOf(outcome) })}</p>
        <div className="mt-3">
          <RepairButton bookingId={booking.id} repair={repair} />
        </div>
      </Note>
    </div>
  );
}
