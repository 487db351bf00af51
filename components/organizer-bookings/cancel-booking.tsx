import { MessageField } from "@/components/organizer-bookings/message-field";
import { Confirm } from "@/components/ui/confirm";
import type { FormAction } from "@/components/ui/post-form";
import { readClock } from "@/lib/booking-page/visitor";
import type { BookingView } from "@/lib/booking-record/queries";
import { clockRange, dayName } from "@/lib/format/spoken-time";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { localDateOf } from "@/lib/slot-engine/zone";

interface CancelBookingProps {
  booking: BookingView;
  timeZone: string;
  cancel: FormAction;
}

/** Cancels after asking, with a message to the visitor. */
export async function CancelBooking({ booking, timeZone, cancel }: CancelBookingProps) {
  const locale = await getLocale();
  const words = translator("bookings", locale);
  const { visitor, guests, startsAt, endsAt } = booking;
  const { name } = visitor;
  const clock = await readClock();
  return (
    <Confirm
      trigger={words("cancel.trigger")}
      triggerLook={{ kind: "danger", block: true }}
      title={words("cancel.question", { name })}
      keepLabel={words("cancel.keep")}
      confirmLabel={words("cancel.confirm")}
      workingLabel={words("cancel.working")}
      action={cancel}
      fields={{ bookingId: booking.id }}
    >
      <p>
        {words("cancel.text", {
          name,
          guests: guests.length,
          day: dayName(localDateOf(startsAt.getTime(), timeZone), locale),
          range: clockRange(startsAt.getTime(), endsAt.getTime(), timeZone, clock, locale),
        })}
      </p>
      <MessageField
        id="cancel-message"
        label={words("cancel.message", { name })}
        hint={words("cancel.messageHint")}
      />
    </Confirm>
  );
}
