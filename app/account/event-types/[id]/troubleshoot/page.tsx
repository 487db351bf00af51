import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { readParameters, type SearchParameters } from "@/app/search-parameters";
import { TroubleshootForm } from "@/components/event-types/troubleshoot-form";
import { spanOf, toLanes } from "@/components/event-types/troubleshoot-lanes";
import { DayStrip } from "@/components/event-types/troubleshoot-strip";
import { LaneTable, StartTable } from "@/components/event-types/troubleshoot-tables";
import { AvailabilityVerdict } from "@/components/event-types/troubleshoot-verdict";
import { PageHead } from "@/components/ui/page-head";
import { Panel } from "@/components/ui/panel";
import { requireOrganizer } from "@/lib/auth/guards";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { readClock } from "@/lib/booking-page/visitor";
import { placeOf } from "@/lib/format/places";
import { longDayName } from "@/lib/format/spoken-time";
import { translator } from "@/lib/i18n/translator";
import { getOwnOffer, type Offer } from "@/lib/offers/offer";
import { explainStart, explainTime, holidaysIn, meetingsIn, nameBookings } from "@/lib/offers/troubleshoot";
import {
  readTroubleshootQuery,
  type TroubleshootQuery,
  writeTroubleshootQuery,
} from "@/lib/offers/troubleshoot-query";
import { getLocale } from "@/lib/reader/locale";
import { dateRangeToInstants, wallTime } from "@/lib/slot-engine/zone";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("troubleshoot", await getLocale());
  return { title: words("title") };
}

interface TroubleshootPageProps {
  params: Promise<{ id: string }>;
  searchParams: SearchParameters;
}

export default async function TroubleshootPage({ params, searchParams }: TroubleshootPageProps) {
  const words = translator("troubleshoot", await getLocale());
  const { id } = await params;
  const path = `/account/event-types/${id}/troubleshoot`;
  const organizer = await requireOrganizer(path);
  const offer = (await getOwnOffer(organizer.scope, id)) ?? notFound();
  const { title, durationsMinutes } = offer.eventType;
  const now = Date.now();
  const given = await readParameters(searchParams);
  const query = readTroubleshootQuery(given, { timeZone: offer.timeZone, durationsMinutes, now });
  return (
    <>
      <PageHead
        title={words("titleOf", { title })}
        lead={words("lead")}
        back={{ href: `/account/event-types/${id}`, label: title }}
      />
      <div className="grid gap-8">
        <TroubleshootForm query={query} durationsMinutes={durationsMinutes} path={path} now={now} />
        <Verdict scope={organizer.scope} offer={offer} query={query} now={now} />
        <Day offer={offer} query={query} path={path} now={now} />
      </div>
      <p className="mt-6 text-sm text-muted">{words("foot")}</p>
    </>
  );
}

interface Look {
  offer: Offer;
  query: TroubleshootQuery;
  now: number;
}

async function Verdict({ scope, offer, query, now }: Look & { scope: OwnerScope }) {
  const { startsAt, durationMinutes, timeZone } = query;
  if (startsAt === null) return null;
  const { reasons } = await explainStart(offer, startsAt, durationMinutes, now);
  const bookings = await nameBookings(scope, meetingsIn(reasons));
  const asked = {
    offer,
    start: startsAt,
    durationMinutes,
    timeZone,
    clock: await readClock(),
    locale: await getLocale(),
  };
  return <AvailabilityVerdict asked={asked} reasons={reasons} bookings={bookings} />;
}

async function Day({ offer, query, path, now }: Look & { path: string }) {
  const locale = await getLocale();
  const words = translator("troubleshoot", locale);
  const { date, startsAt, durationMinutes, timeZone } = query;
  const day = dateRangeToInstants(date, date, timeZone);
  const explained = await explainTime(offer, day, durationMinutes, now);
  const lanes = toLanes(explained, day, holidaysIn(offer, day));
  const asked = startsAt === null ? [] : [startsAt, startsAt + durationMinutes * 60_000];
  const values = { day: longDayName(date, locale), place: placeOf(timeZone, locale) };
  const reading = { timeZone, clock: await readClock() };
  const offered = explained.slots.filter(({ reasons }) => reasons.length === 0).length;
  return (
    <>
      <section aria-labelledby="the-day" className="grid gap-4">
        <h2 id="the-day">{words("lanes.title", values)}</h2>
        <Panel>
          <DayStrip
            lanes={lanes}
            span={spanOf(lanes, day, asked)}
            startsAt={startsAt}
            durationMinutes={durationMinutes}
            whose="own"
            {...reading}
          />
          <p aria-hidden="true" className="mt-4 text-sm text-muted">
            {words("lanes.key")}
          </p>
        </Panel>
        <Panel bare>
          <LaneTable lanes={lanes} label={words("table.parts")} whose="own" {...reading} />
        </Panel>
      </section>
      <section aria-labelledby="every-start" className="grid gap-4">
        <div>
          <h2 id="every-start">{words("table.title")}</h2>
          <p className="text-muted">
            {explained.slots.length === 0
              ? words("table.empty")
              : words("table.count", { offered, all: explained.slots.length })}
          </p>
        </div>
        {explained.slots.length > 0 && (
          <Panel bare>
            <StartTable
              slots={explained.slots}
              label={words("table.caption", values)}
              hrefOf={(start) =>
                path + writeTroubleshootQuery({ ...query, time: wallTime(start, timeZone).time })
              }
              {...reading}
            />
          </Panel>
        )}
      </section>
    </>
  );
}
