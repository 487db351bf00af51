import { type ReactNode, use } from "react";
import { block, decide, removeThisFilter, saveThisFilter } from "@/app/account/bookings/actions";
import type { RegisterPage } from "@/app/account/bookings/load-register";
import {
  type RegisterQuery,
  readSavedQuery,
  registerHref,
  toSavedQuery,
  type View,
  views,
} from "@/app/account/bookings/register-query";
import { Register } from "@/components/organizer-bookings/register";
import { RegisterFilter } from "@/components/organizer-bookings/register-filter";
import { SaveFilter } from "@/components/organizer-bookings/save-filter";
import { SavedFilters } from "@/components/organizer-bookings/saved-filters";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ViewTabs } from "@/components/ui/view-tabs";
import type { SavedFilter } from "@/lib/booking-record/saved-filters";
import { dayName } from "@/lib/format/spoken-time";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface RegisterSectionProps {
  page: RegisterPage;
  query: RegisterQuery;
  counts: Record<"upcoming" | "past" | "cancelled", number>;
  eventTypes: readonly { id: string; title: string }[];
  savedFilters: readonly SavedFilter[];
  timeZone: string;
  /** Epoch milliseconds. */
  now: number;
  /** There has never been a booking: what makes the first one come, in place of an empty list. */
  firstSteps: ReactNode;
}

/** Views, filters, the ruled book, and the way to its next page. */
export function RegisterSection({
  page,
  query,
  counts,
  eventTypes,
  savedFilters,
  timeZone,
  now,
  firstSteps,
}: RegisterSectionProps) {
  const words = translator("bookings", use(getLocale()));
  const { view, day, week: _, after: __, ...narrowed } = query;
  const isNarrowed = Object.values(narrowed).some(Boolean);
  if (firstSteps) return firstSteps;
  return (
    <div className="grid content-start gap-6">
      <div className="grid gap-3">
        <RegisterFilter
          action="/account/bookings"
          fields={day ? { day } : view === "upcoming" ? {} : { view }}
          eventTypes={eventTypes}
          values={narrowed}
          clearHref={isNarrowed ? registerHref({ day }) : null}
        />
        <Saved query={query} filters={savedFilters} />
        <div className="flex flex-wrap items-center justify-between gap-x-6">
          <ViewTabs
            label={words("views.label")}
            views={views.map((name) => ({
              href: viewHref(name, narrowed),
              label: words(`views.${name}`),
              count: isNarrowed || name === "past" || name === "all" ? undefined : counts[name],
              current: name === view && !day,
            }))}
          />
          <a
            href={registerHref({ ...query, after: undefined }, "/account/bookings/export")}
            download
            className="inline-flex min-h-11 items-center text-sm"
          >
            {words("filter.export")}
          </a>
        </div>
      </div>
      {page.bookings.length > 0 ? (
        <Register bookings={page.bookings} {...{ timeZone, now, decide, block }} />
      ) : (
        <NothingHere query={query} />
      )}
      <RegisterPages query={query} nextHref={page.nextHref} />
    </div>
  );
}

/** The filters that have a name, and a name for this one, if it has none yet and is worth one. */
function Saved({ query, filters }: { query: RegisterQuery; filters: readonly SavedFilter[] }) {
  const words = translator("bookings", use(getLocale()));
  const saved = query.day ? null : toSavedQuery(query);
  const shown = filters.map(({ id, name, query: stored }) => {
    const wanted = readSavedQuery(stored);
    const current = !query.q && saved !== null && saved === toSavedQuery(wanted);
    return { id, name, href: registerHref(wanted), current };
  });
  const isNew = saved !== null && !shown.some(({ current }) => current);
  return (
    <>
      <SavedFilters filters={shown} remove={removeThisFilter} />
      {isNew && (
        <SaveFilter
          action={saveThisFilter}
          query={saved}
          words={{
            open: words("savedFilters.open"),
            name: words("savedFilters.name"),
            hint: words("savedFilters.hint"),
            save: words("savedFilters.save"),
            saving: words("savedFilters.saving"),
          }}
        />
      )}
    </>
  );
}

/** The same choice of bookings under another view, which is always named: who searches finds all of them otherwise. */
function viewHref(view: View, narrowed: Partial<RegisterQuery>): string {
  return registerHref({ ...narrowed, view });
}

function NothingHere({ query }: { query: RegisterQuery }) {
  const locale = use(getLocale());
  const words = translator("bookings", locale);
  const { view, day, week: _, after: __, ...narrowed } = query;
  const filtered = Object.values(narrowed).some(Boolean);
  const why = filtered ? "filtered" : day ? "day" : view;
  const action = filtered ? (
    <ButtonLink href={registerHref({ day })}>{words("filter.clear")}</ButtonLink>
  ) : day ? (
    <ButtonLink href={registerHref({})}>{words("views.backToAll")}</ButtonLink>
  ) : undefined;
  return (
    <div className="border-t border-hairline">
      <EmptyState
        title={words(`empty.${why}.title`, { day: day ? dayName(day, locale) : "" })}
        action={action}
      >
        <p>{words(`empty.${why}.text`)}</p>
      </EmptyState>
    </div>
  );
}

/** The ways to the other pages of a list; nothing where there is one. */
export function RegisterPages({ query, nextHref }: { query: RegisterQuery; nextHref: string | null }) {
  const words = translator("bookings", use(getLocale()));
  if (!nextHref && !query.after) return null;
  return (
    <nav aria-label={words("pages.label")} className="flex flex-wrap gap-3 border-t border-hairline pt-4">
      {query.after && (
        <ButtonLink href={registerHref({ ...query, after: undefined })}>{words("pages.first")}</ButtonLink>
      )}
      {nextHref && (
        <ButtonLink href={nextHref}>
          {query.view === "upcoming" || query.day ? words("pages.later") : words("pages.earlier")}
        </ButtonLink>
      )}
    </nav>
  );
}
