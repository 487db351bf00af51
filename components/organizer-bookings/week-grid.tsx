import { HourglassMediumIcon, LinkBreakIcon, UsersIcon } from "@phosphor-icons/react/ssr";
import { use } from "react";
import { bookingHref } from "@/components/organizer-bookings/booking-entry";
import { isLinkless } from "@/components/organizer-bookings/booking-state";
import { blocksOf, hoursAround, type WeekBlock } from "@/components/organizer-bookings/week-blocks";
import { classNames } from "@/components/ui/class-names";
import { type Glyph, Icon } from "@/components/ui/icon";
import { readClock } from "@/lib/booking-page/visitor";
import type { BookingView } from "@/lib/booking-record/queries";
import { type Clock, clockRange, clockTime, dayName, weekdayName } from "@/lib/format/spoken-time";
import { wallHour } from "@/lib/format/wall-clock";
import { languageOf } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface WeekGridProps {
  /** Seven dates, Monday first. */
  dates: readonly string[];
  bookings: readonly BookingView[];
  timeZone: string;
  today: string;
  hrefOfDay: (date: string) => string;
}

/**
 * A week drawn to scale; on small screens its days one below the other. Anyone who can't see it hears seven lists. Places in the
 * drawing are names of classes (see globals.css): the page's policy lets no style into an element.
 */
export async function WeekGrid({ dates, bookings, timeZone, today, hrefOfDay }: WeekGridProps) {
  const clock = await readClock();
  const days = dates.map((date) => ({ date, blocks: blocksOf(date, bookings, timeZone) }));
  const all = days.flatMap(({ blocks }) => blocks);
  const { fromHour, toHour } = hoursAround(all);
  // Blocks of a quarter of an hour have to be high enough to press.
  const rows = all.some(({ span }) => span === 1) ? "md:auto-rows-[1.5rem]" : "md:auto-rows-[0.75rem]";
  const drawing = { fromRow: fromHour * 4, rowCount: (toHour - fromHour) * 4, rows };
  return (
    <div className="md:grid md:grid-cols-[3.25rem_repeat(7,minmax(0,1fr))] md:rounded-lg md:border md:border-hairline md:bg-surface">
      <Hours fromHour={fromHour} toHour={toHour} rows={rows} clock={clock} />
      {days.map(({ date, blocks }) => (
        <Day
          key={date}
          date={date}
          blocks={blocks}
          isToday={date === today}
          href={hrefOfDay(date)}
          timeZone={timeZone}
          clock={clock}
          drawing={drawing}
        />
      ))}
    </div>
  );
}

interface HoursProps {
  fromHour: number;
  toHour: number;
  rows: string;
  clock: Clock;
}

function Hours({ fromHour, toHour, rows, clock }: HoursProps) {
  const { formats } = languageOf(use(getLocale()));
  const hours = Array.from({ length: toHour - fromHour }, (_, index) => fromHour + index);
  return (
    <div aria-hidden="true" className="hidden md:block">
      <div className="h-16 border-b border-hairline" />
      <div className={classNames("grid", rows)}>
        {hours.map((hour, index) => (
          <span
            key={hour}
            className={classNames(
              `md:row-start-${index * 4 + 1} md:row-span-4`,
              "pe-2 text-end text-xs leading-none text-muted",
              index > 0 && "-mt-1.5",
              index === 0 && "pt-1",
            )}
          >
            {wallHour(hour, clock, formats)}
          </span>
        ))}
      </div>
    </div>
  );
}

interface DayProps {
  date: string;
  blocks: readonly WeekBlock[];
  isToday: boolean;
  href: string;
  timeZone: string;
  clock: Clock;
  drawing: { fromRow: number; rowCount: number; rows: string };
}

function Day({ date, blocks, isToday, href, timeZone, clock, drawing }: DayProps) {
  const locale = use(getLocale());
  const words = translator("bookings", locale);
  const { fromRow, rowCount, rows } = drawing;
  const count = blocks.reduce((sum, { bookings }) => sum + bookings.length, 0);
  return (
    <section
      aria-labelledby={`day-${date}`}
      className="border-b border-hairline py-3 last:border-b-0 md:border-b-0 md:border-s md:py-0"
    >
      <h2
        id={`day-${date}`}
        className="text-base md:grid md:h-16 md:content-center md:border-b md:border-hairline md:px-2"
      >
        <a
          href={href}
          aria-label={words("week.day", {
            day: dayName(date, locale),
            today: String(isToday),
            count,
            pending: 0,
            linkless: 0,
          })}
          className="inline-flex min-h-6 items-baseline gap-2 text-ink no-underline hover:underline md:grid md:gap-0"
        >
          <span className="text-sm font-normal text-muted">{weekdayName(date, "short", locale)}</span>
          <span className="inline-flex items-center gap-2 text-lg font-numeral">
            {Number(date.slice(8))}
            {isToday && <span className="size-1.5 rounded-full bg-brass" />}
          </span>
        </a>
      </h2>
      {count === 0 && <p className="text-sm text-muted md:sr-only">{words("calendar.free")}</p>}
      <ul
        className={classNames(
          "grid gap-1.5 max-md:mt-2 md:gap-0",
          rows,
          rows.includes("0.75")
            ? "md:bg-[linear-gradient(to_bottom,var(--hairline)_1px,transparent_1px)] md:bg-[size:100%_3rem]"
            : "md:bg-[linear-gradient(to_bottom,var(--hairline)_1px,transparent_1px)] md:bg-[size:100%_6rem]",
        )}
      >
        <li aria-hidden="true" className={`hidden md:block md:row-start-${rowCount} md:row-span-1`} />
        {blocks.map((block) => (
          <li
            key={block.bookings[0].id}
            className={`min-w-0 md:px-0.5 md:pt-px md:col-start-1 md:row-start-${block.row - fromRow + 1} md:row-span-${Math.min(block.span, 48)}`}
          >
            <Block block={block} timeZone={timeZone} clock={clock} dayHref={href} />
          </li>
        ))}
      </ul>
    </section>
  );
}

type Look = "held" | "pending" | "linkless";

const looks: Record<Look, { className: string; glyph: Glyph | null; colour: string }> = {
  held: { className: "border-transparent bg-accent-tint hover:border-accent", glyph: null, colour: "" },
  pending: {
    className: "border-dashed border-accent bg-raised",
    glyph: HourglassMediumIcon,
    colour: "text-accent",
  },
  linkless: { className: "border-danger bg-danger-tint", glyph: LinkBreakIcon, colour: "text-danger" },
};

interface BlockProps {
  block: WeekBlock;
  timeZone: string;
  clock: Clock;
  dayHref: string;
}

function Block({ block, timeZone, clock, dayHref }: BlockProps) {
  const locale = use(getLocale());
  const words = translator("bookings", locale);
  const { bookings, span } = block;
  const [first] = bookings;
  const [start, end] = [first.startsAt.getTime(), first.endsAt.getTime()];
  const look: Look = bookings.some(({ status }) => status === "pending")
    ? "pending"
    : bookings.some(isLinkless)
      ? "linkless"
      : "held";
  const { className, glyph, colour } = looks[look];
  const people = bookings.length;
  const who = people > 1 ? words("calendar.people", { count: people }) : first.visitor.name;
  const name = words("calendar.block", {
    range: clockRange(start, end, timeZone, clock, locale),
    who,
    title: first.title,
    look,
  });
  return (
    <a
      href={people > 1 ? dayHref : bookingHref(first.id)}
      aria-label={name}
      title={name}
      className={classNames(
        "grid h-full content-start overflow-hidden rounded-sm border px-2 text-sm text-ink no-underline transition-colors hover:text-ink",
        "max-md:min-h-11 max-md:content-center max-md:py-1.5 md:px-1.5 md:text-xs",
        span > 2 ? "md:py-1" : "md:content-center",
        className,
      )}
    >
      <span className="flex min-w-0 items-center gap-1">
        <span className="shrink-0">{clockTime(start, timeZone, clock, locale)}</span>
        <span className="truncate font-semibold">{who}</span>
        {people > 1 && <Icon glyph={UsersIcon} size={16} className="shrink-0" />}
        {glyph && <Icon glyph={glyph} size={16} weight="bold" className={`ms-auto shrink-0 ${colour}`} />}
      </span>
      <span className={classNames("truncate text-muted", span <= 2 && "md:hidden")}>{first.title}</span>
    </a>
  );
}
