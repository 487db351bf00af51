import { CaretRightIcon, ClockIcon } from "@phosphor-icons/react/ssr";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache, use } from "react";
import { getTogether, TogetherPage } from "@/app/(public)/[handle]/together";
import { capabilityPage } from "@/components/booking-page/capability-page";
import { placeGlyphs } from "@/components/booking-page/place-glyphs";
import { Logo } from "@/components/brand/logo";
import { Bell } from "@/components/layout/mark";
import { PublicShell } from "@/components/layout/public-shell";
import { Icon } from "@/components/ui/icon";
import { Panel } from "@/components/ui/panel";
import { Seal } from "@/components/ui/seal";
import { handleForm } from "@/lib/accounts/handles";
import type { SearchParams } from "@/lib/booking-page/picker-query";
import { inLanguage } from "@/lib/booking-record/own-words";
import { getPublicProfile } from "@/lib/event-types/queries";
import { allOf, choiceOf } from "@/lib/format/lists";
import { translator } from "@/lib/i18n/translator";
import { brandIcons, brandOfPage } from "@/lib/reader/brand";
import { getLocale } from "@/lib/reader/locale";
import { readTogether } from "@/lib/teams/ad-hoc";
import { listPublicMembers } from "@/lib/teams/team-page";

type Profile = NonNullable<Awaited<ReturnType<typeof getPublicProfile>>>;

interface ProfilePageProps {
  params: Promise<{ handle: string }>;
  searchParams: Promise<SearchParams>;
}

const getProfile = cache(async (handle: string) =>
  handleForm.test(handle.toLowerCase()) ? getPublicProfile(handle) : null,
);

export async function generateMetadata({ params }: ProfilePageProps): Promise<Metadata> {
  const { handle: asked } = await params;
  const locale = await getLocale();
  const words = translator("booking", locale);
  const together = readTogether(asked);
  const found = together && (await getTogether(together.join("+")));
  if (found?.ok) {
    const names = allOf(
      found.value.people.map(({ name }) => name),
      locale,
    );
    return { ...capabilityPage, title: words("together.title", { names }) };
  }
  const profile = await getProfile(asked);
  if (!profile) return { title: words("lost.profile.title") };
  const { handle } = profile.organizer;
  const { name } = await brandOfPage(handle);
  return {
    ...(await brandIcons(handle)),
    title: words("profile.title", { name }),
    description: words("profile.description", { name }),
    alternates: { canonical: `/${handle}` },
  };
}

export default async function ProfilePage({ params, searchParams }: ProfilePageProps) {
  const { handle: asked } = await params;
  const together = readTogether(asked);
  if (together) return <TogetherPage handles={together} query={await searchParams} />;
  const profile = await getProfile(asked);
  if (!profile) notFound();
  const { organizer, eventTypes } = profile;
  const members = await listPublicMembers(organizer.handle);
  const locale = await getLocale();
  const words = translator("booking", locale);
  const brand = await brandOfPage(organizer.handle);
  return (
    <PublicShell host={organizer.name} handle={organizer.handle} skip={words("profile.skip")}>
      <div className="wide w-full">
        <div className="mx-auto grid max-w-[44rem] gap-8 py-8 md:py-16">
          <header className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-5">
            {brand.logo && (
              <div className="col-span-full mb-5">
                <Logo logo={brand.logo} size="lg" />
              </div>
            )}
            <Seal name={brand.name} pictureUrl={brand.picture?.path} size="lg" />
            <div>
              <h1>{brand.name}</h1>
              {brand.welcome ? (
                <p className="mt-1 whitespace-pre-line text-muted">{brand.welcome}</p>
              ) : (
                eventTypes.length > 0 && <p className="mt-1 text-muted">{words("profile.lead")}</p>
              )}
            </div>
          </header>
          {eventTypes.length > 0 ? (
            <Panel bare>
              <ul className="divide-y divide-hairline">
                {eventTypes.map((eventType) => (
                  <EventTypeRow
                    key={eventType.id}
                    href={`/${organizer.handle}/${eventType.slug}`}
                    eventType={inLanguage(eventType, locale)}
                  />
                ))}
              </ul>
            </Panel>
          ) : (
            <Panel className="grid justify-items-center gap-2 py-12! text-center">
              <Bell size={32} />
              <h2 className="text-lg">{words("profile.emptyTitle")}</h2>
              <p className="max-w-[44ch] text-muted">
                {words("profile.emptyLead", { name: organizer.name })}
              </p>
            </Panel>
          )}
          {members.length > 0 && (
            <section aria-labelledby="people" className="grid gap-4">
              <h2 id="people" className="text-lg">
                {words("profile.people")}
              </h2>
              <ul className="flex flex-wrap gap-x-6 gap-y-3">
                {members.map(({ name, handle }) => (
                  <li key={handle}>
                    <a href={`/${handle}`} className="inline-flex min-h-11 items-center gap-3">
                      <Seal name={name} />
                      {name}
                    </a>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </div>
      </div>
    </PublicShell>
  );
}

/** The whole row leads to the booking page; its name is the link. */
function EventTypeRow({ href, eventType }: { href: string; eventType: Profile["eventTypes"][number] }) {
  const locale = use(getLocale());
  const words = translator("booking", locale);
  const { title, description, durationsMinutes, location } = eventType;
  const list = choiceOf(durationsMinutes.map(String), locale);
  const [only = 0] = durationsMinutes;
  const duration =
    durationsMinutes.length === 1 ? words("minutes", { minutes: only }) : words("durations", { list });
  return (
    <li className="relative grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1.5 px-4 py-5 transition-colors hover:bg-raised md:px-6">
      <h2 className="text-lg tracking-lg">
        <a
          href={href}
          className="text-ink no-underline after:absolute after:inset-0 hover:text-ink hover:underline"
        >
          <bdi>{title}</bdi>
        </a>
      </h2>
      <Icon glyph={CaretRightIcon} turns className="row-span-3 text-muted" />
      {description && (
        <p className="line-clamp-2 text-sm text-muted">
          <bdi>{description}</bdi>
        </p>
      )}
      <p className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
        <span className="inline-flex items-center gap-1.5">
          <Icon glyph={ClockIcon} size={16} className="text-muted" />
          {duration}
        </span>
        <span className="inline-flex items-center gap-1.5">
          <Icon glyph={placeGlyphs[location.kind]} size={16} className="text-muted" />
          {words(`place.${location.kind}`)}
        </span>
      </p>
    </li>
  );
}
