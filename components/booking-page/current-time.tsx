import { use } from "react";
import type { Picker } from "@/lib/booking-page/load-picker";
import { clockRange, longDayName } from "@/lib/format/spoken-time";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { localDateOf } from "@/lib/slot-engine/zone";

interface CurrentTimeProps {
  booking: { startsAt: Date; endsAt: Date };
  picker: Pick<Picker, "timeZone" | "clock">;
}

/** When a booking that is being moved takes place now, in the zone of the times on offer. */
export function CurrentTime({ booking, picker: { timeZone, clock } }: CurrentTimeProps) {
  const locale = use(getLocale());
  const [start, end] = [booking.startsAt.getTime(), booking.endsAt.getTime()];
  return (
    <p>
      {translator("booking", locale)("move.now", {
        day: longDayName(localDateOf(start, timeZone), locale),
        range: clockRange(start, end, timeZone, clock, locale),
      })}
    </p>
  );
}
