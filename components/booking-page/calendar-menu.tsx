import { CalendarPlusIcon } from "@phosphor-icons/react/ssr";
import { use } from "react";
import { buttonClass } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import type { CalendarEntry } from "@/lib/calendar-links/entry";
import { googleCalendarUrl, microsoft365Url, outlookComUrl } from "@/lib/calendar-links/web-calendars";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface CalendarMenuProps {
  entry: CalendarEntry;
  /** The address of the calendar file. */
  fileHref: string;
  /** Said below the calendars. */
  hint: string | null;
}

const row =
  "flex min-h-11 items-center rounded-md px-3 font-medium text-ink no-underline transition-colors hover:bg-accent-tint hover:text-accent-strong";

/** The calendars that the appointment can be added to. The browser's popover opens it: no script. */
export function CalendarMenu({ entry, fileHref, hint }: CalendarMenuProps) {
  const words = translator("booking", use(getLocale()));
  const webCalendars = [
    { key: "microsoft365", href: microsoft365Url(entry) },
    { key: "outlook", href: outlookComUrl(entry) },
    { key: "google", href: googleCalendarUrl(entry) },
  ] as const;
  return (
    <>
      <button type="button" popoverTarget="calendars" className={`${buttonClass()} max-md:w-full`}>
        <Icon glyph={CalendarPlusIcon} />
        {words("visit.addToCalendar")}
      </button>
      <nav
        id="calendars"
        popover="auto"
        aria-label={words("visit.addToCalendar")}
        className="m-auto w-72 max-w-[calc(100vw-2rem)] rounded-lg border border-hairline bg-raised p-2 text-ink shadow-float open:animate-appear supports-[position-area:bottom]:m-0 supports-[position-area:bottom]:my-2 supports-[position-area:bottom]:[inset:auto] supports-[position-area:bottom]:[position-area:bottom_span-right] supports-[position-area:bottom]:[position-try-fallbacks:flip-block]"
      >
        <ul>
          {webCalendars.map(({ key, href }) => (
            <li key={key}>
              <a href={href} target="_blank" rel="noopener noreferrer" className={row}>
                {words(`visit.calendars.${key}`)}
              </a>
            </li>
          ))}
          <li>
            <a href={fileHref} className={row}>
              {words("visit.calendars.file")}
            </a>
          </li>
        </ul>
        {hint && <p className="border-t border-hairline px-3 pt-2.5 pb-1.5 text-sm text-muted">{hint}</p>}
      </nav>
    </>
  );
}
