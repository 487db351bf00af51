import { readSeveral } from "@/app/account/bookings/several-outcome";
import { BookingBadge } from "@/components/organizer-bookings/booking-badge";
import { bookingHref } from "@/components/organizer-bookings/booking-entry";
import { Note } from "@/components/ui/note";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { readClock } from "@/lib/booking-page/visitor";
import { type BookingView, listOwnBookings } from "@/lib/booking-record/queries";
import { clockTime, dayName } from "@/lib/format/spoken-time";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { localDateOf } from "@/lib/slot-engine/zone";

interface SeveralNoteProps {
  parameters: object;
  scope: OwnerScope;
  timeZone: string;
}

/** What came of doing something with several bookings; where some stay as they are, which. Nothing where the address says nothing. */
export async function SeveralNote({ parameters, scope, timeZone }: SeveralNoteProps) {
  const outcome = readSeveral(parameters);
  if (!outcome) return null;
  const { verb, done, left } = outcome;
  const words = translator("bookings", await getLocale());
  const title = words("several.done", { verb, done: done.length });
  if (left.length === 0) return <Note tone="success" role="status" title={title} />;
  return (
    <Note tone="warning" role="status" title={title}>
      <Bookings bookings={await listOwnBookings(scope, done)} timeZone={timeZone} />
      <p className="mt-2 font-strong">{words("several.left", { left: left.length })}</p>
      <Bookings bookings={await listOwnBookings(scope, left)} timeZone={timeZone} />
    </Note>
  );
}

/** Each with what it is now. */
async function Bookings({ bookings, timeZone }: { bookings: BookingView[]; timeZone: string }) {
  const locale = await getLocale();
  const clock = await readClock();
  return (
    <ul>
      {bookings.map((booking) => {
        const startsAt = booking.startsAt.getTime();
        return (
          <li key={booking.id} className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="min-w-0 wrap-anywhere">
              <a href={bookingHref(booking.id)} className="font-semibold text-ink">
                {booking.visitor.name}
              </a>
              , {dayName(localDateOf(startsAt, timeZone), locale)},{" "}
              {clockTime(startsAt, timeZone, clock, locale)}
            </span>
            <BookingBadge booking={booking} />
          </li>
        );
      })}
    </ul>
  );
}
