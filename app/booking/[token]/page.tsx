import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { type ReactNode, use } from "react";
import { sendNewLink, visitorIsLate } from "@/app/booking/[token]/actions";
import { AppointmentTime } from "@/components/booking-page/appointment-time";
import { reportedLateness } from "@/components/booking-page/late-form";
import { LateSection } from "@/components/booking-page/late-section";
import { LuggageTag } from "@/components/booking-page/luggage-tag";
import { ReplacedLink } from "@/components/booking-page/replaced-link";
import { VisitActions } from "@/components/booking-page/visit-actions";
import { VisitBadge } from "@/components/booking-page/visit-badge";
import { placeKind, VisitFacts } from "@/components/booking-page/visit-facts";
import { LookAgain, leadOf } from "@/components/booking-page/visit-head";
import { VisitHistory } from "@/components/booking-page/visit-history";
import { houseOf, PublicShell } from "@/components/layout/public-shell";
import { ButtonLink } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import { readLostVisit } from "@/lib/booking-page/lost-visit";
import { readVisitor } from "@/lib/booking-page/visitor";
import { listVisitorAnswers } from "@/lib/booking-record/given-answers";
import type { BookingView } from "@/lib/booking-record/queries";
import { referenceOf } from "@/lib/booking-record/reference";
import { isPlaceAsked, type VisitState, visitStateOf } from "@/lib/booking-record/visit-state";
import { type FlightLine, listVisitorFlight } from "@/lib/flight-recorder/queries";
import type { Clock } from "@/lib/format/spoken-time";
import { translator } from "@/lib/i18n/translator";
import { isReplacedLink } from "@/lib/notifications/replaced-links";
import { canRunLate } from "@/lib/notifications/running-late";
import { brandIcons } from "@/lib/reader/brand";
import { getLocale } from "@/lib/reader/locale";
import { bookingOfPage } from "@/lib/reader/page-bookings";

interface VisitPageProps {
  params: Promise<{ token: string }>;
  /** `sent`: the new link was asked for. */
  searchParams: Promise<{ sent?: string }>;
}

export async function generateMetadata({ params }: Pick<VisitPageProps, "params">): Promise<Metadata> {
  const locale = await getLocale();
  const booking = await bookingOfPage((await params).token);
  if (!booking) return { title: translator("booking", locale)("lost.visit.title") };
  const { title, organizer } = booking;
  return {
    ...(await brandIcons(houseOf(booking).handle)),
    title: translator("booking", locale)("visit.title", { title, name: organizer.name }),
  };
}

export default async function VisitPage({ params, searchParams }: VisitPageProps) {
  const locale = await getLocale();
  const { token } = await params;
  const booking = await bookingOfPage(token);
  if (!booking) {
    if (!(await isReplacedLink(token))) notFound();
    return (
      <ReplacedLink action={sendNewLink} token={token} isSent={(await searchParams).sent !== undefined} />
    );
  }
  const [answers, flight, { clock }] = await Promise.all([
    listVisitorAnswers(booking.id),
    listVisitorFlight(booking.id),
    readVisitor(booking.visitor.locale),
  ]);
  const lost = await readLostVisit();
  const now = Date.now();
  const state = visitStateOf(booking, now);
  const words = translator("booking", locale);
  const { organizer, visitor } = booking;
  const zone = visitor.timeZone;
  const visit = { booking, state, flight, clock, now };
  const isOver = ["declined", "cancelled", "lapsed", "past"].includes(state);
  return (
    <PublicShell {...houseOf(booking)} bar skip={words("visit.skip")}>
      <div className="wide grid w-full content-start items-start gap-x-14 gap-y-8 py-6 lg:grid-cols-[minmax(0,1fr)_22rem] lg:pt-14 lg:pb-16">
        <LuggageTag
          size="lg"
          foot={
            isOver ? (
              <Again booking={booking} />
            ) : (
              <WhatNext {...visit} token={token} isLost={lost !== null} />
            )
          }
        >
          <div className="grid gap-6">
            <VisitHead booking={booking} state={state} clock={clock} isOver={isOver} />
            <div className="grid gap-3">
              <AppointmentTime
                booking={booking}
                dayClassName="text-lg font-semibold"
                visitorZone={zone}
                organizer={organizer}
                coHosts={booking.coHosts}
                clock={clock}
              />
            </div>
            <VisitFacts booking={booking} answers={answers} />
          </div>
        </LuggageTag>
        <aside aria-label={words("visit.about")} className="grid gap-8 lg:pt-2.5">
          <VisitHistory flight={flight} organizerName={organizer.name} timeZone={zone} clock={clock} />
          {!isOver && state !== "unconfirmed" && <OnTheDay booking={booking} />}
          <KeepAndData booking={booking} />
        </aside>
      </div>
      <LookAgain state={state} />
    </PublicShell>
  );
}

interface VisitHeadProps {
  booking: BookingView;
  state: VisitState;
  clock: Clock;
  isOver: boolean;
}

function VisitHead({ booking, state, clock, isOver }: VisitHeadProps) {
  const locale = use(getLocale());
  const words = translator("booking", locale);
  const { title, organizer, moveReason, cancelReason } = booking;
  const lead = leadOf(booking, state, clock, locale);
  const reason = isOver ? cancelReason : moveReason;
  return (
    <div className="grid justify-items-start gap-2.5 pe-9 md:pe-14">
      <VisitBadge state={state} organizerName={organizer.name} />
      <h1>{words("visit.title", { title, name: organizer.name })}</h1>
      {lead && <p className="max-w-[60ch] text-muted">{lead}</p>}
      {reason && <p className="wrap-anywhere">{words("visit.reason", { reason })}</p>}
    </div>
  );
}

interface WhatNextProps {
  booking: BookingView;
  state: VisitState;
  flight: FlightLine[];
  clock: Clock;
  now: number;
  token: string;
  isLost: boolean;
}

/** What can be done with an appointment that is still to come. */
function WhatNext({ booking, state, flight, clock, now, token, isLost }: WhatNextProps) {
  return (
    <div className="grid gap-4">
      <VisitActions booking={booking} state={state} clock={clock} token={token} now={now} />
      <LateSection
        booking={booking}
        flight={flight}
        action={visitorIsLate}
        token={token}
        isLost={isLost}
        now={now}
      />
      <OtherIsLate booking={booking} flight={flight} now={now} />
    </div>
  );
}

/** The organizer has said that they are late. */
function OtherIsLate({ booking, flight, now }: { booking: BookingView; flight: FlightLine[]; now: number }) {
  const minutes = reportedLateness(flight, "organizer", booking.rescheduleCount);
  if (minutes === null || !canRunLate(booking, now)) return null;
  const name = booking.organizer.name;
  return (
    <Note
      tone="warning"
      role="status"
      title={translator("booking", use(getLocale()))("late.other", { name, minutes })}
    />
  );
}

/** What can be done with an appointment that does not take place, or did. */
function Again({ booking }: { booking: BookingView }): ReactNode {
  const { organizer, eventType } = booking;
  const words = translator("booking", use(getLocale()));
  if (!organizer.takesBookings) {
    return <p className="text-sm text-muted">{words("visit.shutOver", { name: organizer.name })}</p>;
  }
  const href = eventType ? `/${organizer.handle}/${eventType.slug}` : `/${organizer.handle}`;
  return (
    <ButtonLink href={href} kind="primary" className="max-md:w-full">
      {words("visit.again")}
    </ButtonLink>
  );
}

function OnTheDay({ booking }: { booking: BookingView }) {
  const words = translator("booking", use(getLocale()));
  const kind = isPlaceAsked(booking.meeting) ? "none" : placeKind(booking.meeting.kind);
  const strong = (text: ReactNode) => <strong className="font-semibold">{text}</strong>;
  return (
    <section>
      <h2 className="mb-3 text-lg tracking-lg">{words("visit.day.heading")}</h2>
      <p className="text-sm">{words.rich(`visit.day.${kind}`, { name: booking.organizer.name, strong })}</p>
    </section>
  );
}

/** Why to keep this page's address, and what becomes of the visitor's data. */
function KeepAndData({ booking: { id, organizer } }: { booking: BookingView }) {
  const words = translator("booking", use(getLocale()));
  return (
    <>
      <section>
        <h2 className="mb-3 text-lg tracking-lg">{words("visit.keep.heading")}</h2>
        <p className="text-sm">{words("visit.keep.lead")}</p>
        <p className="mt-2 text-sm text-muted">{words("visit.reference", { reference: referenceOf(id) })}</p>
      </section>
      <section>
        <h2 className="mb-3 text-lg tracking-lg">{words("visit.data.heading")}</h2>
        <p className="text-sm">
          {words.rich("visit.data.lead", {
            name: organizer.name,
            address: () => <a href={`mailto:${organizer.email}`}>{organizer.email}</a>,
            more: (text) => <a href="/help/visitor-data">{text}</a>,
          })}
        </p>
      </section>
    </>
  );
}
