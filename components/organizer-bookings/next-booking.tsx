import { use } from "react";
import { bookingHref } from "@/components/organizer-bookings/booking-entry";
import { until } from "@/components/organizer-bookings/until";
import { ButtonLink } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { readClock } from "@/lib/booking-page/visitor";
import type { GivenAnswer } from "@/lib/booking-record/given-answers";
import type { BookingView } from "@/lib/booking-record/queries";
import { placeOf } from "@/lib/format/places";
import { type Clock, clockRange, clockTime, dayName } from "@/lib/format/spoken-time";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { localDateOf } from "@/lib/slot-engine/zone";

interface NextBookingProps {
  booking: BookingView;
  answers: GivenAnswer[];
  timeZone: string;
  /** Epoch milliseconds. */
  now: number;
}

/** The booking that comes next, with the door to it. */
export async function NextBooking({ booking, answers, timeZone, now }: NextBookingProps) {
  const locale = await getLocale();
  const words = translator("bookings", locale);
  const clock = await readClock();
  const { visitor, startsAt, endsAt } = booking;
  const written = answers.find(({ answer }) => typeof answer === "string")?.answer;
  return (
    <Panel aria-labelledby="next-booking" className="grid gap-4">
      <div>
        <h2 id="next-booking" className="text-sm font-medium tracking-normal text-muted">
          {words("next.title", { ...until(startsAt.getTime(), now, { timeZone, clock }, locale) })}
        </h2>
        <p className="text-xl font-semibold">
          {clockRange(startsAt.getTime(), endsAt.getTime(), timeZone, clock, locale)}
        </p>
      </div>
      <div>
        <p className="font-semibold">
          <a href={bookingHref(booking.id)} className="text-ink no-underline hover:text-ink hover:underline">
            {words("entry.who", { name: visitor.name, guests: booking.guests.length })}
          </a>
        </p>
        <p className="text-sm text-muted">
          {booking.title}
          <span className="block">{visitor.email}</span>
          {visitor.timeZone !== timeZone && (
            <span className="block">{theirTime(booking, timeZone, clock, locale)}</span>
          )}
        </p>
      </div>
      {typeof written === "string" && (
        <p className="line-clamp-4 text-sm wrap-anywhere">
          {"“"}
          {written}
          {"”"}
        </p>
      )}
      <JoinAction booking={booking} />
    </Panel>
  );
}

function theirTime(
  { visitor, startsAt }: BookingView,
  timeZone: string,
  clock: Clock,
  locale: Locale,
): string {
  const words = translator("bookings", locale);
  const at = startsAt.getTime();
  const date = localDateOf(at, visitor.timeZone);
  const place = placeOf(visitor.timeZone, locale);
  const time = clockTime(at, visitor.timeZone, clock, locale);
  return date === localDateOf(at, timeZone)
    ? words("next.theirTime", { time, place })
    : words("next.theirTimeOn", { day: dayName(date, locale), time, place });
}

function JoinAction({ booking: { meeting } }: { booking: BookingView }) {
  const words = translator("bookings", use(getLocale()));
  if (meeting.joinUrl) {
    return (
      <ButtonLink kind="primary" block href={meeting.joinUrl} target="_blank" rel="noreferrer">
        {meeting.kind === "teams" ? words("next.join") : words("next.openLink")}
      </ButtonLink>
    );
  }
  if (meeting.kind === "phone" && meeting.place) {
    return (
      <ButtonLink block href={`tel:${meeting.place.replace(/[^+\d]/g, "")}`}>
        {words("next.call", { number: meeting.place })}
      </ButtonLink>
    );
  }
  return meeting.place ? <p className="text-sm">{meeting.place}</p> : null;
}
