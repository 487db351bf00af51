import { CaretRightIcon } from "@phosphor-icons/react/ssr";
import type { Metadata } from "next";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import { PageHead } from "@/components/ui/page-head";
import { Panel } from "@/components/ui/panel";
import { requireOrganizer } from "@/lib/auth/guards";
import { listEventTypes } from "@/lib/event-types/queries";
import { listOf } from "@/lib/format/lists";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("bookings", await getLocale());
  return { title: words("onBehalf.title") };
}

export default async function NewBookingPage() {
  const locale = await getLocale();
  const words = translator("bookings", locale);
  const { scope } = await requireOrganizer("/account/bookings/new");
  const eventTypes = await listEventTypes(scope);
  const ofTypes = translator("event-types", locale);
  return (
    <>
      <PageHead
        title={words("onBehalf.title")}
        lead={words("onBehalf.lead")}
        back={{ href: "/account/bookings", label: words("title") }}
      />
      <Panel bare aria-labelledby="which">
        <div className="px-4 pt-5 pb-3 md:px-6">
          <h2 id="which">{words("onBehalf.choose")}</h2>
          <p className="mt-1 text-sm text-muted">{words("onBehalf.chooseLead")}</p>
        </div>
        {eventTypes.length === 0 ? (
          <EmptyState
            title={words("onBehalf.none")}
            action={<ButtonLink href="/account/event-types/new">{words("onBehalf.new")}</ButtonLink>}
          >
            {ofTypes("empty.lead")}
          </EmptyState>
        ) : (
          <ul className="divide-y divide-hairline border-t border-hairline">
            {eventTypes.map(({ id, title, durationsMinutes, location }) => (
              <li
                key={id}
                className="relative flex items-center justify-between gap-4 px-4 py-4 transition-colors hover:bg-raised md:px-6"
              >
                <div className="min-w-0">
                  <a
                    href={`/account/bookings/new/${id}`}
                    className="font-semibold after:absolute after:inset-0"
                  >
                    {title}
                  </a>
                  <p className="text-sm text-muted">
                    {ofTypes("row.minutes", { durations: listOf(durationsMinutes.map(String), locale) })} ·{" "}
                    {ofTypes(`places.${location.kind}`)}
                  </p>
                </div>
                <Icon glyph={CaretRightIcon} turns className="shrink-0 text-muted" />
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </>
  );
}
