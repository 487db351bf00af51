import { use } from "react";
import type { EventType } from "@/lib/event-types/schema";
import { listOf } from "@/lib/format/lists";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface PublicPagesProps {
  handle: string;
  /** Those that are not hidden. */
  eventTypes: Pick<EventType, "id" | "slug" | "title" | "durationsMinutes">[];
}

/** How many are shown beside other things. The page of event types has them all. */
const maxShown = 8;

/** What visitors can book, and how long it lasts. */
export function PublicPages({ handle, eventTypes }: PublicPagesProps) {
  const locale = use(getLocale());
  const words = translator("bookings", locale);
  if (eventTypes.length === 0) return <p className="text-sm text-muted">{words("publicPages.none")}</p>;
  const more = eventTypes.length - maxShown;
  return (
    <ul className="grid gap-1.5 text-sm">
      {eventTypes.slice(0, maxShown).map(({ id, slug, title, durationsMinutes }) => (
        <li key={id} className="flex items-baseline justify-between gap-4">
          <a href={`/${handle}/${slug}`} className="min-w-0 wrap-anywhere">
            {title}
          </a>
          <span className="whitespace-nowrap text-muted">
            {words("publicPages.minutes", { minutes: listOf(durationsMinutes.map(String), locale) })}
          </span>
        </li>
      ))}
      {more > 0 && <li className="text-muted">{words("publicPages.more", { count: more })}</li>}
    </ul>
  );
}
