import { DeviceMobileIcon, LaptopIcon, VideoCameraIcon } from "@phosphor-icons/react/ssr";
import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { use } from "react";
import { someoneIsLate } from "@/app/j/[token]/actions";
import { AppointmentTime } from "@/components/booking-page/appointment-time";
import { LateSection } from "@/components/booking-page/late-section";
import { LuggageTag } from "@/components/booking-page/luggage-tag";
import { Refresh } from "@/components/booking-page/refresh";
import { placeKind } from "@/components/booking-page/visit-facts";
import { houseOf, PublicShell } from "@/components/layout/public-shell";
import { ButtonLink } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { isPhone } from "@/lib/booking-page/device";
import { readLostVisit } from "@/lib/booking-page/lost-visit";
import { readVisitor } from "@/lib/booking-page/visitor";
import type { BookingView } from "@/lib/booking-record/queries";
import { type JoinState, joinStateOf } from "@/lib/booking-record/visit-state";
import { listVisitorFlight } from "@/lib/flight-recorder/queries";
import { isolated } from "@/lib/format/isolate";
import { type Clock, dayAndTime } from "@/lib/format/spoken-time";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { canRunLate } from "@/lib/notifications/running-late";
import { brandIcons } from "@/lib/reader/brand";
import { getLocale } from "@/lib/reader/locale";
import { bookingOfJoinPage } from "@/lib/reader/page-bookings";

interface JoinPageProps {
  params: Promise<{ token: string }>;
  /** `stay`: the page is shown though the door is open. */
  searchParams: Promise<{ stay?: string }>;
}

export async function generateMetadata({ params }: JoinPageProps): Promise<Metadata> {
  const locale = await getLocale();
  const booking = await bookingOfJoinPage((await params).token);
  if (!booking) return { title: translator("booking", locale)("lost.join.title") };
  const { title, organizer } = booking;
  return {
    ...(await brandIcons(houseOf(booking).handle)),
    title: translator("booking", locale)("join.title", { title, name: organizer.name }),
  };
}

/** Guests and calendars carry this address, so the page says nothing about who booked and leads to nothing but the meeting. */
export default async function JoinPage({ params, searchParams }: JoinPageProps) {
  const locale = await getLocale();
  const { token } = await params;
  const booking = await bookingOfJoinPage(token);
  if (!booking) notFound();
  const now = Date.now();
  const state = joinStateOf(booking, now);
  const lost = await readLostVisit();
  const stays = lost !== null || (await searchParams).stay !== undefined;
  if (state.kind === "open" && !stays) redirect(state.url);
  const { clock } = await readVisitor(booking.visitor.locale);
  const flight = canRunLate(booking, now) ? await listVisitorFlight(booking.id) : [];
  const phone = isPhone((await headers()).get("user-agent"));
  const words = translator("booking", locale);
  const { organizer, visitor, startsAt, title } = booking;
  const { heading, lead } = say(booking, state, { now, clock }, locale);
  return (
    <PublicShell {...houseOf(booking)} bar skip={words("join.skip")}>
      <div className="wide w-full py-6 md:py-14">
        <div className="mx-auto max-w-[44rem]">
          <LuggageTag
            size="lg"
            foot={
              <div className="grid gap-4">
                <JoinActions state={state} lead={lead} kind={booking.meeting.kind} phone={phone} />
                <LateSection
                  booking={booking}
                  flight={flight}
                  action={someoneIsLate}
                  token={token}
                  isLost={lost !== null}
                  now={now}
                />
              </div>
            }
          >
            <div className="grid gap-6">
              <div role="status" className="grid gap-1.5 pe-9 md:pe-14">
                <p className="text-muted">{words("join.title", { title, name: organizer.name })}</p>
                <h1>{heading}</h1>
              </div>
              <div className="grid gap-3">
                <AppointmentTime
                  booking={booking}
                  dayClassName="text-lg font-semibold"
                  visitorZone={visitor.timeZone}
                  organizer={organizer}
                  clock={clock}
                  neutral
                />
              </div>
            </div>
          </LuggageTag>
        </div>
      </div>
      <LookAgain state={state} startsAt={startsAt} now={now} />
    </PublicShell>
  );
}

function JoinActions({
  state,
  lead,
  kind,
  phone,
}: {
  state: JoinState;
  lead: string;
  kind: string;
  phone: boolean;
}) {
  const words = translator("booking", use(getLocale()));
  return (
    <div className="grid justify-items-start gap-4">
      <p className="max-w-[60ch] text-sm text-muted">{lead}</p>
      {kind === "teams" && (state.kind === "early" || state.kind === "open" || state.kind === "creating") && (
        <p className="flex max-w-[60ch] gap-3 text-sm">
          <Icon glyph={phone ? DeviceMobileIcon : LaptopIcon} className="shrink-0 text-muted" />
          <span>
            {words.rich(phone ? "join.device.phone" : "join.device.computer", {
              strong: (text) => <strong className="font-semibold">{text}</strong>,
            })}
          </span>
        </p>
      )}
      {(state.kind === "early" || state.kind === "open") && (
        <ButtonLink
          href={state.url}
          rel="noreferrer"
          className="max-md:w-full"
          icon={<Icon glyph={VideoCameraIcon} />}
        >
          {words(kind === "teams" ? "visit.joinTeams" : "visit.joinLink")}
        </ButtonLink>
      )}
    </div>
  );
}

/** Counts down and leads on when the door opens: by script, or by itself. */
function LookAgain({ state, startsAt, now }: { state: JoinState; startsAt: Date; now: number }) {
  if (state.kind === "creating" || state.kind === "pending") {
    return (
      <>
        <Refresh key={state.kind} pausesSeconds={state.kind === "creating" ? [3, 5, 10, 20, 30] : [60]} />
        <noscript>
          <meta httpEquiv="refresh" content="30" />
        </noscript>
      </>
    );
  }
  if (state.kind !== "early") return null;
  const isNear = startsAt.getTime() - now < 2 * 3_600_000;
  return (
    <>
      <Refresh key={String(isNear)} pausesSeconds={[isNear ? 60 : 900]} reopensInMs={state.opensAt - now} />
      {isNear && (
        <noscript>
          <meta httpEquiv="refresh" content="60" />
        </noscript>
      )}
    </>
  );
}

function say(
  booking: BookingView,
  state: JoinState,
  { now, clock }: { now: number; clock: Clock },
  locale: Locale,
): { heading: string; lead: string } {
  const words = translator("booking", locale);
  const { organizer, visitor, endsAt, meeting } = booking;
  const name = organizer.name;
  switch (state.kind) {
    case "early":
    case "open":
      return {
        heading: describeCountdown(booking.startsAt.getTime() - now, locale),
        lead: words("join.opens"),
      };
    case "creating":
      return { heading: words("join.creating"), lead: words("join.creatingLead") };
    case "pending":
      return { heading: words("join.pending"), lead: words("join.pendingLead", { name }) };
    case "cancelled":
      return { heading: words("join.cancelled"), lead: words("join.cancelledLead", { name }) };
    case "past":
      return {
        heading: words("join.past"),
        lead: words("join.pastLead", dayAndTime(endsAt, visitor.timeZone, clock, locale)),
      };
    case "elsewhere": {
      const kind = placeKind(meeting.kind);
      const place = kind === "phone" || kind === "in_person" ? kind : "none";
      const lead = words(`join.noLinkLead.${place}`, { value: isolated(meeting.place ?? "", locale), name });
      return { heading: words("join.noLink"), lead };
    }
  }
}

/** "Starts in 2 days 3 hours": the largest unit and the one below it. */
function describeCountdown(ms: number, locale: Locale): string {
  const words = translator("booking", locale);
  const total = Math.ceil(ms / 60_000);
  if (total < 1) return words(ms > 0 ? "join.soon" : "join.begun");
  const days = Math.floor(total / 1440);
  const hours = Math.floor((total % 1440) / 60);
  const minutes = total % 60;
  if (days > 0) return words("join.inDays", { days, hours });
  if (hours > 0) return words("join.inHours", { hours, minutes });
  return words("join.inMinutes", { minutes });
}
