import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AccountFrame } from "@/app/account/account-frame";
import { requireTeam } from "@/app/account/teams/require-team";
import { sentenceOf } from "@/components/organizer-bookings/flight-words";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHead } from "@/components/ui/page-head";
import { Table } from "@/components/ui/table";
import { readClock } from "@/lib/booking-page/visitor";
import { clockTime, dayName } from "@/lib/format/spoken-time";
import { translator } from "@/lib/i18n/translator";
import { getTeamOffer } from "@/lib/offers/offer";
import { getLocale } from "@/lib/reader/locale";
import { getOwnTimeZone } from "@/lib/schedules/queries";
import { localDateOf } from "@/lib/slot-engine/zone";
import { getTeam } from "@/lib/teams/teams";
import { listTurns } from "@/lib/teams/turns";

interface TurnsPageProps {
  params: Promise<{ id: string; eventTypeId: string }>;
}

async function load({ params }: TurnsPageProps) {
  const { id, eventTypeId } = await params;
  const page = await requireTeam(id, `/account/teams/${id}/event-types/${eventTypeId}/turns`);
  const [team, offer] = await Promise.all([getTeam(page.team), getTeamOffer(page.team, eventTypeId)]);
  if (!team || !offer || !page.team.manages) notFound();
  return { ...page, offer, details: team };
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator("teams", await getLocale())("turns.title") };
}

/** What each host has taken this month, and why the last bookings went where they went. */
export default async function TurnsPage(props: TurnsPageProps) {
  const locale = await getLocale();
  const words = translator("teams", locale);
  const { scope, offer, details } = await load(props);
  const [{ standings, latest }, timeZone, clock] = await Promise.all([
    listTurns(offer),
    getOwnTimeZone(scope),
    readClock(),
  ]);
  const { id, title } = offer.eventType;
  const most = Math.max(1, ...standings.map(({ taken }) => taken));
  const when = (at: Date) => {
    const day = dayName(localDateOf(at.getTime(), timeZone), locale);
    return words("turns.at", { day, time: clockTime(at.getTime(), timeZone, clock, locale) });
  };
  return (
    <AccountFrame teamId={details.id}>
      <PageHead
        title={words("turns.title")}
        lead={words("turns.lead", { title })}
        back={{ href: `/account/teams/${details.id}/event-types/${id}`, label: title }}
      />
      {standings.length === 0 ? (
        <EmptyState title={words("turns.noneTitle")}>{words("turns.noneLead")}</EmptyState>
      ) : (
        <div className="grid gap-10">
          <Table
            label={words("turns.month")}
            rows={standings}
            rowKey={(row) => row.id}
            columns={[
              { key: "next", head: words("turns.order"), block: "lead", cell: (row) => row.name },
              {
                key: "taken",
                head: words("turns.taken"),
                block: "full",
                cell: (row) => (
                  <Bar count={row.taken} most={most} label={words("turns.count", { taken: row.taken })} />
                ),
              },
              {
                key: "weight",
                head: words("turns.weight"),
                block: "number",
                align: "end",
                cell: (row) => row.weight,
              },
              {
                key: "priority",
                head: words("turns.priority"),
                block: "number",
                align: "end",
                cell: (row) => row.priority,
              },
              {
                key: "last",
                head: words("turns.last"),
                block: "named",
                cell: (row) => (row.lastTakenAt ? when(new Date(row.lastTakenAt)) : words("turns.never")),
              },
            ]}
          />
          <section aria-labelledby="latest-turns" className="grid gap-4">
            <h2 id="latest-turns">{words("turns.latest")}</h2>
            {latest.length === 0 ? (
              <p className="text-muted">{words("turns.noBookings")}</p>
            ) : (
              <ol className="grid gap-4">
                {latest.map((turn) => (
                  <li key={turn.line.id} className="grid gap-0.5 border-b border-hairline pb-4 last:border-0">
                    <a href={`/account/bookings/${turn.bookingId}`} className="justify-self-start">
                      {words("turns.booking", { visitor: turn.visitorName, when: when(turn.startsAt) })}
                    </a>
                    <span className="text-sm text-muted">
                      {sentenceOf(turn.line, turn.visitorName, locale)}
                    </span>
                  </li>
                ))}
              </ol>
            )}
          </section>
        </div>
      )}
    </AccountFrame>
  );
}

/** A count beside a bar of its length. */
function Bar({ count, most, label }: { count: number; most: number; label: string }) {
  return (
    <span className="grid grid-cols-[minmax(0,10rem)_auto] items-center gap-3">
      <svg aria-hidden="true" viewBox="0 0 100 8" preserveAspectRatio="none" className="h-2 w-full">
        <rect width="100" height="8" rx="2" className="fill-accent-tint" />
        <rect width={Math.round((count / most) * 100)} height="8" rx="2" className="fill-accent" />
      </svg>
      <span>{label}</span>
    </span>
  );
}
