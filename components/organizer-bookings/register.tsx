import { use } from "react";
import { BookingEntry } from "@/components/organizer-bookings/booking-entry";
import { SelectedBar } from "@/components/organizer-bookings/selected-bar";
import type { FormAction } from "@/components/ui/post-form";
import { RegisterDay } from "@/components/ui/register";
import { canBeDone, type SeveralVerb, severalVerbs } from "@/lib/booking/several";
import type { HeldBack } from "@/lib/booking/suspicion";
import type { BookingView } from "@/lib/booking-record/queries";
import { dayName, longDayName, monthAlone, monthName, weekdayName } from "@/lib/format/spoken-time";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { toDate, toDayNumber } from "@/lib/slot-engine/calendar-date";
import { localDateOf } from "@/lib/slot-engine/zone";

interface RegisterProps {
  /** In display order. */
  bookings: BookingView[];
  timeZone: string;
  /** Epoch milliseconds. */
  now: number;
  decide: FormAction;
  /** Of bookings that are held back, by id; left out where the list isn't about them. */
  held?: ReadonlyMap<string, HeldBack> | undefined;
  block: FormAction;
  /** The list's own fields of an address, where it says itself what came of a decision. */
  list?: string | undefined;
  /** The list is of several people's bookings. */
  namesHosts?: boolean;
}

/** Bookings as a ruled book, grouped by the organizer's days. */
export function Register({
  bookings,
  timeZone,
  now,
  decide,
  held,
  block,
  list,
  namesHosts = false,
}: RegisterProps) {
  const locale = use(getLocale());
  const today = localDateOf(now, timeZone);
  const byDate = new Map<string, BookingView[]>();
  for (const booking of bookings) {
    const date = localDateOf(booking.startsAt.getTime(), timeZone);
    byDate.set(date, [...(byDate.get(date) ?? []), booking]);
  }
  const verbsOf = (booking: BookingView) => severalVerbs.filter((verb) => canBeDone(verb, booking, now));
  const verbs = new Set<SeveralVerb>(bookings.flatMap(verbsOf));
  return (
    <div className="group/several">
      {[...byDate].map(([date, entries]) => (
        <RegisterDay
          key={date}
          name={yearOf(date) === yearOf(today) ? dayName(date, locale) : longDayName(date, locale)}
          numeral={String(Number(date.slice(8)))}
          lines={linesOf(date, today, locale)}
          isToday={date === today}
        >
          {entries.map((booking) => (
            <BookingEntry
              key={booking.id}
              {...{ booking, timeZone, now, decide, block, list, namesHosts }}
              held={held?.get(booking.id)}
              isSelectable={verbsOf(booking).length > 0}
            />
          ))}
        </RegisterDay>
      ))}
      {verbs.size > 0 && <SelectedBar verbs={verbs} />}
    </div>
  );
}

const yearOf = (date: string) => date.slice(0, 4);

/** "Today, Tuesday"; further away, the month is named, and the year if it's another. */
function linesOf(date: string, today: string, locale: Locale): [string, string] {
  const words = translator("bookings", locale);
  const weekday = weekdayName(date, "long", locale);
  if (date === today) return [words("today"), weekday];
  if (date === toDate(toDayNumber(today) + 1)) return [words("tomorrow"), weekday];
  const month = date.slice(0, 7);
  return [weekday, yearOf(date) === yearOf(today) ? monthAlone(month, locale) : monthName(month, locale)];
}
