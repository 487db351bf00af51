import { use } from "react";
import { Confirm } from "@/components/ui/confirm";
import type { FormAction } from "@/components/ui/post-form";
import { canCancel } from "@/lib/booking-record/policy";
import type { BookingView } from "@/lib/booking-record/queries";
import { longDayName } from "@/lib/format/spoken-time";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { localDateOf } from "@/lib/slot-engine/zone";

interface EraseVisitorProps {
  booking: BookingView;
  timeZone: string;
  /** Epoch milliseconds. */
  now: number;
  erase: FormAction;
}

/** What is kept of a visitor, and its end, once the appointment is over or off. */
export function EraseVisitor({ booking, timeZone, now, erase }: EraseVisitorProps) {
  const locale = use(getLocale());
  const words = translator("bookings", locale);
  const { erasedAt, visitor } = booking;
  if (canCancel(booking, now)) return null;
  const { name } = visitor;
  return (
    <section aria-labelledby="personal-data" className="grid gap-3 border-t border-hairline pt-6">
      <h2 id="personal-data" className="text-lg">
        {words("erase.title")}
      </h2>
      {erasedAt ? (
        <p className="text-muted">
          {words("erase.done", { day: longDayName(localDateOf(erasedAt.getTime(), timeZone), locale) })}
        </p>
      ) : (
        <>
          <p className="max-w-[60ch] text-muted">{words("erase.lead", { name })}</p>
          <div>
            <Confirm
              trigger={words("erase.action")}
              title={words("erase.question", { name })}
              keepLabel={words("erase.keep")}
              confirmLabel={words("erase.action")}
              workingLabel={words("erase.working")}
              action={erase}
              fields={{ bookingId: booking.id }}
            >
              <p>{words("erase.text")}</p>
              <p>{words("erase.outlook")}</p>
            </Confirm>
          </div>
        </>
      )}
    </section>
  );
}
