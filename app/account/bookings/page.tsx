import { ChartBarIcon, LinkSimpleIcon, PlusIcon } from "@phosphor-icons/react/ssr";
import type { Metadata } from "next";
import { type ReactNode, use } from "react";
import { HeldBackPage } from "@/app/account/bookings/held-back-page";
import { type Home, loadHome } from "@/app/account/bookings/load-home";
import { loadRegister } from "@/app/account/bookings/load-register";
import { readRegisterQuery, registerHref } from "@/app/account/bookings/register-query";
import { RegisterSection } from "@/app/account/bookings/register-section";
import { SeveralNote } from "@/app/account/bookings/several-note";
import { ClosedBanner } from "@/components/calendars/closed-banner";
import { copyWords } from "@/components/layout/copy-words";
import { InstallHint } from "@/components/offline/install-hint";
import { ConnectionBanner } from "@/components/organizer-bookings/connection-banner";
import { DriftCount } from "@/components/organizer-bookings/drift-count";
import { FirstSteps } from "@/components/organizer-bookings/first-steps";
import { HeldBackCount } from "@/components/organizer-bookings/held-back-count";
import { LinkCount } from "@/components/organizer-bookings/link-count";
import { NextBooking } from "@/components/organizer-bookings/next-booking";
import { OpeningHoursList } from "@/components/organizer-bookings/opening-hours-list";
import { OutOfReachBanner } from "@/components/organizer-bookings/out-of-reach-banner";
import { PublicPages } from "@/components/organizer-bookings/public-pages";
import { until } from "@/components/organizer-bookings/until";
import { hoursOf, toWeekDays } from "@/components/organizer-bookings/week";
import { ButtonLink } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Icon } from "@/components/ui/icon";
import { PageHead } from "@/components/ui/page-head";
import { WeekStrip } from "@/components/ui/week-strip";
import { requireOrganizer } from "@/lib/auth/guards";
import { readClock } from "@/lib/booking-page/visitor";
import { listSavedFilters } from "@/lib/booking-record/saved-filters";
import { env } from "@/lib/config/env";
import { listEventTypes } from "@/lib/event-types/queries";
import { placeOf } from "@/lib/format/places";
import { dayName } from "@/lib/format/spoken-time";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { teamsSetup } from "@/lib/registration/setup-state";
import { listSchedules } from "@/lib/schedules/queries";
import { toDate, toDayNumber } from "@/lib/slot-engine/calendar-date";

interface BookingsPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ searchParams }: BookingsPageProps): Promise<Metadata> {
  const words = translator("bookings", await getLocale());
  const { state } = readRegisterQuery(await searchParams);
  return { title: words(state ? "heldBack.title" : "title") };
}

export default async function BookingsPage({ searchParams }: BookingsPageProps) {
  const parameters = await searchParams;
  const query = readRegisterQuery(parameters);
  const organizer = await requireOrganizer();
  if (query.state) return <HeldBackPage query={query} parameters={parameters} />;
  const now = Date.now();
  const [schedules, eventTypes, savedFilters, setup] = await Promise.all([
    listSchedules(organizer.scope),
    listEventTypes(organizer.scope),
    listSavedFilters(organizer.scope),
    teamsSetup(),
  ]);
  const schedule = schedules.find(({ isDefault }) => isDefault) ?? schedules[0];
  const home = await loadHome(organizer.scope, { schedule, day: query.week ?? query.day, now });
  const { timeZone, today, counts, next } = home;
  const isNew = counts.upcoming + counts.past + counts.cancelled === 0;
  const page = await loadRegister(organizer.scope, query, { timeZone, now });
  const linkCount = <LinkCount count={counts.withoutLink} href={registerHref({ meeting: "missing" })} />;
  return (
    <div className="grid gap-6">
      <Head home={home} handle={isNew ? null : organizer.handle} now={now} />
      <SeveralNote {...{ parameters, timeZone }} scope={organizer.scope} />
      <Warnings {...{ home, setup, isNew, eventTypes, now }} role={organizer.role} />
      {!isNew && <Week home={home} query={query} linkCount={linkCount} />}
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_19.5rem] lg:gap-12">
        <aside className="grid grid-cols-[minmax(0,1fr)] content-start gap-6 lg:order-2">
          {next && <NextBooking {...next} timeZone={timeZone} now={now} />}
          <SideColumn
            handle={organizer.handle}
            eventTypes={eventTypes}
            schedule={isNew ? undefined : schedule}
            today={today}
          />
        </aside>
        <RegisterSection
          {...{ page, query, counts, eventTypes, savedFilters, timeZone, now }}
          firstSteps={
            isNew && (
              <FirstSteps
                {...{ setup, schedule, today }}
                connection={home.connection}
                publicUrl={publicUrlOf(organizer.handle)}
                copy={<CopyPublicLink handle={organizer.handle} />}
              />
            )
          }
        />
      </div>
      {isNew && linkCount}
      <Install />
    </div>
  );
}

function Install() {
  const words = translator("bookings", use(getLocale()));
  return (
    <InstallHint
      words={{
        title: words("install.title"),
        text: words("install.text"),
        byHand: words("install.byHand"),
        install: words("install.action"),
        dismiss: words("install.dismiss"),
      }}
    />
  );
}

interface HeadProps {
  home: Home;
  /** Of the public page to share; null while no one has booked, when a step below does that. */
  handle: string | null;
  now: number;
}

async function Head({ home, handle, now }: HeadProps) {
  const words = translator("bookings", await getLocale());
  return (
    <div className="-mb-6">
      <PageHead
        title={words("title")}
        lead={<Lead home={home} now={now} />}
        actions={
          <>
            {handle && <CopyPublicLink handle={handle} />}
            {handle && (
              <ButtonLink href="/account/insights" icon={<Icon glyph={ChartBarIcon} />}>
                {words("insights.title")}
              </ButtonLink>
            )}
            <ButtonLink href="/account/bookings/new" icon={<Icon glyph={PlusIcon} />}>
              {words("onBehalf.action")}
            </ButtonLink>
          </>
        }
      />
    </div>
  );
}

type EventTypes = Awaited<ReturnType<typeof listEventTypes>>;

interface WarningsProps {
  home: Home;
  setup: Awaited<ReturnType<typeof teamsSetup>>;
  isNew: boolean;
  eventTypes: EventTypes;
  role: "organizer" | "admin";
  now: number;
}

/** What keeps bookings from going well, the gravest first. */
async function Warnings({ home, setup, isNew, eventTypes, role, now }: WarningsProps) {
  const { timeZone } = home;
  // Connecting is then the first of the steps below, and needs no warning.
  const connectsFirst = setup === "ready" && !home.connection;
  return (
    <>
      {!(isNew && connectsFirst) && (
        <ConnectionBanner
          {...{ setup, role, timeZone, now }}
          connection={home.connection}
          needsTeams={eventTypes.some(({ location }) => location.kind === "teams")}
          waiting={home.counts.withoutLink}
          since={home.stateSince}
        />
      )}
      <OutOfReachBanner mailboxes={home.formers} />
      <ClosedBanner closing={home.closing} clockwork={{ timeZone, clock: await readClock(), now }} />
      <DriftCount count={home.drifts} />
      <HeldBackCount
        count={home.counts.heldBack}
        keptAway={home.keptAway.thisMonth}
        href={registerHref({ state: "suspicious" })}
      />
    </>
  );
}

interface WeekProps {
  home: Home;
  query: ReturnType<typeof readRegisterQuery>;
  linkCount: ReactNode;
}

/** The bookings of one week at a glance, and the ways to other weeks. */
function Week({ home, query, linkCount }: WeekProps) {
  const locale = use(getLocale());
  const words = translator("bookings", locale);
  const { timeZone, today, weekDates } = home;
  const hrefOf = (day: string) => registerHref({ day });
  const days = toWeekDays(weekDates, home.ofWeek, { timeZone, today, hrefOf }, locale);
  return (
    <>
      <WeekStrip
        label={words("week.label", { day: dayName(weekDates[0] ?? today, locale) })}
        days={days}
        {...hoursOf(days)}
      />
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        {linkCount}
        <p className="flex flex-wrap gap-x-4 text-sm *:inline-flex *:min-h-8 *:items-center">
          <a href={registerHref({ week: weekDates[0] }, "/account/bookings/week")}>
            {words("calendar.open")}
          </a>
          <a href="/account/today">{words("dayList.open")}</a>
          <a href={registerHref({ ...query, week: addDays(weekDates, -7) })}>{words("week.previous")}</a>
          <a href={registerHref({ ...query, week: addDays(weekDates, 7) })}>{words("week.next")}</a>
        </p>
      </div>
    </>
  );
}

interface SideColumnProps {
  handle: string;
  eventTypes: EventTypes;
  /** Left out: its hours are not shown. */
  schedule: Awaited<ReturnType<typeof listSchedules>>[number] | undefined;
  today: string;
}

/** What visitors find, beside the bookings where there is room. */
function SideColumn({ handle, eventTypes, schedule, today }: SideColumnProps) {
  const words = translator("bookings", use(getLocale()));
  return (
    <div className="hidden grid-cols-[minmax(0,1fr)] gap-6 lg:grid">
      <SideSection
        title={words("publicPages.title")}
        link={{ href: "/account/event-types", label: words("publicPages.change") }}
      >
        <PublicPages handle={handle} eventTypes={eventTypes.filter(({ hidden }) => !hidden)} />
      </SideSection>
      {schedule && (
        <SideSection
          title={words("hours.title")}
          link={{ href: "/account/availability", label: words("hours.change") }}
        >
          <OpeningHoursList schedule={schedule} today={today} />
        </SideSection>
      )}
    </div>
  );
}

/** The Monday of the week this many days away. */
function addDays([monday = ""]: string[], days: number): string {
  return toDate(toDayNumber(monday) + days);
}

/** Today in one line: the date, the time zone, how many bookings there are, and when the next one starts. */
async function Lead({ home, now }: { home: Home; now: number }) {
  const locale = await getLocale();
  const words = translator("bookings", locale);
  const { timeZone, today, next, todayCount } = home;
  return words("lead", {
    day: dayName(today, locale),
    place: placeOf(timeZone, locale),
    count: todayCount,
    ...until(next?.booking.startsAt.getTime() ?? null, now, { timeZone, clock: await readClock() }, locale),
  });
}

const publicUrlOf = (handle: string) => `${env().APP_URL}/${handle}`;

function CopyPublicLink({ handle }: { handle: string }) {
  const locale = use(getLocale());
  const words = translator("bookings", locale);
  return (
    <CopyButton
      text={publicUrlOf(handle)}
      {...copyWords(locale, words("copyPublicLink"))}
      icon={<Icon glyph={LinkSimpleIcon} />}
    />
  );
}

interface SideSectionProps {
  title: string;
  link: { href: string; label: string };
  children: ReactNode;
}

function SideSection({ title, link, children }: SideSectionProps) {
  return (
    <section className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <h2 className="text-sm font-semibold tracking-normal">{title}</h2>
      {children}
      <p className="text-sm">
        <a href={link.href}>{link.label}</a>
      </p>
    </section>
  );
}
