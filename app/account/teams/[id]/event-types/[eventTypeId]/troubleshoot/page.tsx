import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AccountFrame } from "@/app/account/account-frame";
import { requireTeam } from "@/app/account/teams/require-team";
import { readParameters, type SearchParameters } from "@/app/search-parameters";
import { TroubleshootForm } from "@/components/event-types/troubleshoot-form";
import { spanOf, toLanes } from "@/components/event-types/troubleshoot-lanes";
import { DayStrip } from "@/components/event-types/troubleshoot-strip";
import { LaneTable } from "@/components/event-types/troubleshoot-tables";
import { AvailabilityVerdict } from "@/components/event-types/troubleshoot-verdict";
import { PageHead } from "@/components/ui/page-head";
import { Panel } from "@/components/ui/panel";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { readClock } from "@/lib/booking-page/visitor";
import { placeOf } from "@/lib/format/places";
import { longDayName } from "@/lib/format/spoken-time";
import { translator } from "@/lib/i18n/translator";
import { withHostAlone } from "@/lib/offers/host-choice";
import { getTeamOffer, type Offer } from "@/lib/offers/offer";
import { explainHosts, explainTime, holidaysIn, meetingsIn, nameBookings } from "@/lib/offers/troubleshoot";
import { readTroubleshootQuery, type TroubleshootQuery } from "@/lib/offers/troubleshoot-query";
import { getLocale } from "@/lib/reader/locale";
import { dateRangeToInstants } from "@/lib/slot-engine/zone";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("troubleshoot", await getLocale());
  return { title: words("title") };
}

interface TeamTroubleshootPageProps {
  params: Promise<{ id: string; eventTypeId: string }>;
  searchParams: SearchParameters;
}

/** Why a team's event type offers a time or doesn't, host by host. */
export default async function TeamTroubleshootPage({ params, searchParams }: TeamTroubleshootPageProps) {
  const words = translator("troubleshoot", await getLocale());
  const { id, eventTypeId } = await params;
  const path = `/account/teams/${id}/event-types/${eventTypeId}/troubleshoot`;
  const { team, scope } = await requireTeam(id, path);
  const offer = (await getTeamOffer(team, eventTypeId)) ?? notFound();
  const { title, durationsMinutes } = offer.eventType;
  const now = Date.now();
  const given = await readParameters(searchParams);
  const query = readTroubleshootQuery(given, { timeZone: offer.timeZone, durationsMinutes, now });
  const back = team.manages
    ? { href: `/account/teams/${id}/event-types/${eventTypeId}`, label: title }
    : { href: `/account/teams/${id}`, label: title };
  return (
    <AccountFrame teamId={id}>
      <PageHead title={words("titleOf", { title })} lead={words("hosts.why")} back={back} />
      <div className="grid gap-8">
        <TroubleshootForm query={query} durationsMinutes={durationsMinutes} path={path} now={now} />
        <Verdicts scope={scope} offer={offer} query={query} now={now} />
        <Days offer={offer} query={query} now={now} />
      </div>
    </AccountFrame>
  );
}

interface Look {
  offer: Offer;
  query: TroubleshootQuery;
  now: number;
}

/** Whether the time is offered, then what each host says to it. */
async function Verdicts({ scope, offer, query, now }: Look & { scope: OwnerScope }) {
  const { startsAt, durationMinutes, timeZone } = query;
  if (startsAt === null) return null;
  const { offered, reasons, hosts } = await explainHosts(offer, startsAt, durationMinutes, now);
  const bookings = await nameBookings(scope, meetingsIn(hosts.flatMap(({ reasons }) => reasons)));
  const reading = { timeZone, clock: await readClock(), locale: await getLocale() };
  const asked = { offer, start: startsAt, durationMinutes, ...reading };
  const free = hosts.filter((host) => host.offered).length;
  return (
    <div className="grid gap-4">
      <AvailabilityVerdict
        asked={asked}
        isOffered={offered}
        lead={translator("troubleshoot", reading.locale)("hosts.free", { free, all: hosts.length })}
        reasons={reasons.filter(({ code }) => code === "no_room")}
        bookings={bookings}
      />
      {hosts.map(({ userId, reasons }) => {
        const host = offer.hosts.find(({ id }) => id === userId);
        if (!host) return null;
        return (
          <AvailabilityVerdict
            key={userId}
            asked={{ ...asked, offer: withHostAlone(offer, host) }}
            name={host.name}
            reasons={reasons}
            bookings={bookings}
          />
        );
      })}
    </div>
  );
}

/** The day of each host, to scale and in words. */
async function Days({ offer, query, now }: Look) {
  const locale = await getLocale();
  const words = translator("troubleshoot", locale);
  const { date, startsAt, durationMinutes, timeZone } = query;
  const day = dateRangeToInstants(date, date, timeZone);
  const asked = startsAt === null ? [] : [startsAt, startsAt + durationMinutes * 60_000];
  const reading = { timeZone, clock: await readClock() };
  const hosts = await Promise.all(
    offer.hosts.map(async (host) => {
      const own = withHostAlone(offer, host);
      const explained = await explainTime(own, day, durationMinutes, now);
      return { host, lanes: toLanes(explained, day, holidaysIn(own, day)) };
    }),
  );
  return (
    <section aria-labelledby="the-day" className="grid gap-4">
      <h2 id="the-day">
        {words("lanes.title", { day: longDayName(date, locale), place: placeOf(timeZone, locale) })}
      </h2>
      {hosts.map(({ host, lanes }) => (
        <Panel key={host.id} aria-labelledby={`day-of-${host.id}`} className="grid gap-4">
          <h3 id={`day-of-${host.id}`}>{host.name}</h3>
          <DayStrip
            lanes={lanes}
            span={spanOf(lanes, day, asked)}
            startsAt={startsAt}
            durationMinutes={durationMinutes}
            whose="host"
            {...reading}
          />
          <details>
            <summary className="cursor-pointer text-sm text-accent-strong">{words("hosts.inWords")}</summary>
            <div className="mt-3 -mx-4 md:-mx-6">
              <LaneTable
                lanes={lanes}
                label={words("hosts.dayOf", { name: host.name })}
                whose="host"
                {...reading}
              />
            </div>
          </details>
        </Panel>
      ))}
    </section>
  );
}
