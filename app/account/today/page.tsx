import type { Metadata } from "next";
import { use } from "react";
import { AccountFrame } from "@/app/account/account-frame";
import { listHeld } from "@/app/account/bookings/load-home";
import { bookingHref } from "@/components/organizer-bookings/booking-entry";
import { EmptyState } from "@/components/ui/empty-state";
import { Note } from "@/components/ui/note";
import { PageHead } from "@/components/ui/page-head";
import { RegisterEntry } from "@/components/ui/register";
import { requireOrganizer } from "@/lib/auth/guards";
import { readClock } from "@/lib/booking-page/visitor";
import type { BookingView } from "@/lib/booking-record/queries";
import { placeOf } from "@/lib/format/places";
import { type Clock, clockTime, longDayName } from "@/lib/format/spoken-time";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { getOwnTimeZone } from "@/lib/schedules/queries";
import { dateRangeToInstants, localDateOf } from "@/lib/slot-engine/zone";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("bookings", await getLocale());
  return { title: words("dayList.title") };
}

/**
 * The bookings of today and nothing else. Browsers keep this page for when Bellhop can't be reached (components/offline/kept-day.ts),
 * so it has no link to a meeting, no address of a visitor, and nothing that acts for someone.
 */
export default async function TodayPage() {
  const locale = await getLocale();
  const words = translator("bookings", locale);
  const { scope } = await requireOrganizer();
  const timeZone = await getOwnTimeZone(scope);
  const now = Date.now();
  const today = localDateOf(now, timeZone);
  const bookings = await listHeld(scope, [today], timeZone);
  const clock = await readClock();
  return (
    <AccountFrame current="bookings">
      <Away />
      <div data-day="" data-until={new Date(dateRangeToInstants(today, today, timeZone).end).toISOString()}>
        <PageHead
          title={words("dayList.title")}
          lead={words("dayList.lead", {
            day: longDayName(today, locale),
            place: placeOf(timeZone, locale),
            time: clockTime(now, timeZone, clock, locale),
          })}
          back={{ href: "/account/bookings", label: words("title") }}
        />
        {bookings.length > 0 ? (
          <ul className="divide-y divide-hairline border-y border-hairline">
            {bookings.map((booking) => (
              <Entry key={booking.id} {...{ booking, timeZone, clock }} />
            ))}
          </ul>
        ) : (
          <EmptyState title={words("dayList.none")}>{words("dayList.noneText")}</EmptyState>
        )}
      </div>
    </AccountFrame>
  );
}

/** What the kept page says where Bellhop can't be reached: above the day, and once the day is over. */
function Away() {
  const words = translator("bookings", use(getLocale()));
  return (
    <>
      <template data-offline="">
        <div className="mb-6">
          <Note tone="warning" title={words("dayList.away")}>
            {words("dayList.awayKept")}
          </Note>
        </div>
      </template>
      <template data-away="">
        <h1>{words("dayList.away")}</h1>
        <p className="mt-2 max-w-[68ch] text-muted">{words("dayList.awayEmpty")}</p>
        <p className="mt-4">
          <a href="/account/bookings">{words("dayList.again")}</a>
        </p>
      </template>
    </>
  );
}

interface EntryProps {
  booking: BookingView;
  timeZone: string;
  clock: Clock;
}

function Entry({ booking, timeZone, clock }: EntryProps) {
  const locale = use(getLocale());
  const words = translator("bookings", locale);
  const common = translator("common", locale);
  const { meeting, visitor, guests } = booking;
  const timeOf = (at: Date) => clockTime(at.getTime(), timeZone, clock, locale);
  const about = [
    booking.title,
    booking.awaits === "organizer" ? words("entry.waitsForYou") : null,
    booking.awaits === "visitor" ? words("entry.waitsForVisitor") : null,
    meeting.kind === "phone" || meeting.kind === "in_person" ? meeting.place : null,
  ].filter((part) => part !== null);
  return (
    <RegisterEntry
      start={timeOf(booking.startsAt)}
      until={words("entry.until", { time: timeOf(booking.endsAt) })}
      href={bookingHref(booking.id)}
      who={words("entry.who", { name: visitor.name, guests: guests.length })}
      about={about.reduce((first, second) => common("facts", { first, second }))}
    />
  );
}
