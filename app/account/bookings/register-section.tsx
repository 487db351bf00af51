import type { ReactNode } from "react";
import { decide } from "@/app/account/bookings/actions";
import type { RegisterPage } from "@/app/account/bookings/load-register";
import { type RegisterQuery, registerHref, views } from "@/app/account/bookings/register-query";
import { Register } from "@/components/bookings/register";
import { RegisterFilter } from "@/components/bookings/register-filter";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ViewTabs } from "@/components/ui/view-tabs";
import { dayName } from "@/lib/booking-page/spoken-time";
import { translator } from "@/lib/i18n/translator";

interface RegisterSectionProps {
  page: RegisterPage;
  query: RegisterQuery;
  counts: Record<"upcoming" | "past" | "cancelled", number>;
  eventTypes: readonly { id: string; title: string }[];
  timeZone: string;
  /** Epoch milliseconds. */
  now: number;
  /** There has never been a booking. */
  isNew: boolean;
  /** Makes the first booking come. */
  share: ReactNode;
}

/** Views, filters, the ruled book, and the way to its next page. */
export function RegisterSection({
  page,
  query,
  counts,
  eventTypes,
  timeZone,
  now,
  isNew,
  share,
}: RegisterSectionProps) {
  const words = translator("bookings");
  const { view, day, eventType, meeting } = query;
  return (
    <div className="grid content-start gap-6">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <ViewTabs
          label={words("views.label")}
          views={views.map((name) => ({
            href: registerHref({ view: name, eventType, meeting }),
            label: words(`views.${name}`),
            count: name === "past" ? undefined : counts[name],
            current: name === view && !day,
          }))}
        />
        {!isNew && (
          <RegisterFilter
            action="/account/bookings"
            fields={{ ...(view === "upcoming" ? {} : { view }), ...(day ? { day } : {}) }}
            eventTypes={eventTypes}
            eventType={eventType}
            meeting={meeting}
          />
        )}
      </div>
      {page.bookings.length > 0 ? (
        <Register bookings={page.bookings} timeZone={timeZone} now={now} decide={decide} />
      ) : (
        <NothingHere query={query} isNew={isNew} share={share} />
      )}
      <Pages query={query} nextHref={page.nextHref} />
    </div>
  );
}

function NothingHere({ query, isNew, share }: { query: RegisterQuery; isNew: boolean; share: ReactNode }) {
  const words = translator("bookings");
  const { view, day, eventType, meeting } = query;
  const filtered = Boolean(eventType || meeting);
  const why = isNew ? "none" : filtered ? "filtered" : day ? "day" : view;
  const action = isNew ? (
    share
  ) : filtered ? (
    <ButtonLink href={registerHref({ view, day })}>{words("filter.clear")}</ButtonLink>
  ) : day ? (
    <ButtonLink href={registerHref({})}>{words("views.backToAll")}</ButtonLink>
  ) : undefined;
  return (
    <div className="border-t border-hairline">
      <EmptyState title={words(`empty.${why}.title`, { day: day ? dayName(day) : "" })} action={action}>
        <p>{words(`empty.${why}.text`)}</p>
      </EmptyState>
    </div>
  );
}

function Pages({ query, nextHref }: { query: RegisterQuery; nextHref: string | null }) {
  const words = translator("bookings");
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
