import type { Metadata } from "next";
import { listHeld } from "@/app/account/bookings/load-home";
import { readRegisterQuery, registerHref } from "@/app/account/bookings/register-query";
import { weekAround } from "@/components/organizer-bookings/week";
import { WeekGrid } from "@/components/organizer-bookings/week-grid";
import { ButtonLink } from "@/components/ui/button";
import { PageHead } from "@/components/ui/page-head";
import { requireOrganizer } from "@/lib/auth/guards";
import { placeOf } from "@/lib/format/places";
import { dayName, longDayName } from "@/lib/format/spoken-time";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { getOwnTimeZone } from "@/lib/schedules/queries";
import { toDate, toDayNumber } from "@/lib/slot-engine/calendar-date";
import { localDateOf } from "@/lib/slot-engine/zone";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("bookings", await getLocale());
  return { title: words("calendar.title") };
}

interface WeekPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function WeekPage({ searchParams }: WeekPageProps) {
  const locale = await getLocale();
  const words = translator("bookings", locale);
  const { week } = readRegisterQuery(await searchParams);
  const organizer = await requireOrganizer();
  const timeZone = await getOwnTimeZone(organizer.scope);
  const today = localDateOf(Date.now(), timeZone);
  const dates = weekAround(week ?? today);
  const [first = today] = dates;
  const last = dates.at(-1) ?? first;
  const bookings = await listHeld(organizer.scope, dates, timeZone);
  return (
    <>
      <PageHead
        title={words("calendar.title")}
        lead={words("calendar.lead", {
          first: dayName(first, locale),
          last: longDayName(last, locale),
          place: placeOf(timeZone, locale),
          count: bookings.length,
        })}
        back={{ href: "/account/bookings", label: words("title") }}
        actions={
          <nav aria-label={words("calendar.navigation")} className="flex flex-wrap gap-2">
            <ButtonLink href={weekHref(shift(first, -7))}>{words("week.previous")}</ButtonLink>
            {!dates.includes(today) && (
              <ButtonLink href="/account/bookings/week">{words("calendar.thisWeek")}</ButtonLink>
            )}
            <ButtonLink href={weekHref(shift(first, 7))}>{words("week.next")}</ButtonLink>
          </nav>
        }
      />
      <WeekGrid
        dates={dates}
        bookings={bookings}
        timeZone={timeZone}
        today={today}
        hrefOfDay={(day) => registerHref({ day })}
      />
    </>
  );
}

const weekHref = (week: string) => registerHref({ week }, "/account/bookings/week");

const shift = (date: string, days: number) => toDate(toDayNumber(date) + days);
