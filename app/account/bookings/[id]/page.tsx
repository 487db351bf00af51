import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache, use } from "react";
import {
  block,
  cancelBooking,
  decide,
  eraseData,
  handOverBooking,
  noteNoShow,
  organizerIsLate,
  removedByHand,
  repair,
  saveNote,
  sendPlace,
} from "@/app/account/bookings/actions";
import { answer } from "@/app/account/bookings/drift/actions";
import { LateForm, reportedLateness } from "@/components/booking-page/late-form";
import { BookingAnswers } from "@/components/organizer-bookings/booking-answers";
import { BookingBadge } from "@/components/organizer-bookings/booking-badge";
import { BookingFacts } from "@/components/organizer-bookings/booking-facts";
import { isLinkless } from "@/components/organizer-bookings/booking-state";
import { CancelBooking } from "@/components/organizer-bookings/cancel-booking";
import { DriftCard } from "@/components/organizer-bookings/drift-card";
import { EraseVisitor } from "@/components/organizer-bookings/erase-visitor";
import { FlightRecorder } from "@/components/organizer-bookings/flight-recorder";
import { HandOver } from "@/components/organizer-bookings/hand-over";
import { MeetingRepair } from "@/components/organizer-bookings/meeting-repair";
import { OutOfReachNote } from "@/components/organizer-bookings/out-of-reach";
import { OutlookNote } from "@/components/organizer-bookings/outlook-note";
import { PendingDecision } from "@/components/organizer-bookings/pending-decision";
import { PrivateNote } from "@/components/organizer-bookings/private-note";
import { UnconfirmedVisitor } from "@/components/organizer-bookings/unconfirmed-visitor";
import { UntakenOptions } from "@/components/organizer-bookings/untaken-options";
import { ButtonLink } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import { PageHead } from "@/components/ui/page-head";
import { PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";
import { requireOrganizer } from "@/lib/auth/guards";
import { type AttendanceView, getAttendance } from "@/lib/booking/attendance";
import { getSuccession, type Succession } from "@/lib/booking/hand-over";
import { getPrivateNote } from "@/lib/booking/private-note";
import { type HeldBack, listHeldBack } from "@/lib/booking/suspicion";
import { readClock } from "@/lib/booking-page/visitor";
import { listGivenAnswers } from "@/lib/booking-record/given-answers";
import { canCancel, canReschedule } from "@/lib/booking-record/policy";
import { type BookingView, getOwnBooking } from "@/lib/booking-record/queries";
import { listDrifts } from "@/lib/calendar-sync/drift";
import { listFlight } from "@/lib/flight-recorder/queries";
import { listOf } from "@/lib/format/lists";
import { placeOf } from "@/lib/format/places";
import { clockRange, longDayName } from "@/lib/format/spoken-time";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { isId } from "@/lib/input/id";
import { getOutOfReach } from "@/lib/meetings/out-of-reach";
import { canRunLate } from "@/lib/notifications/running-late";
import { getLocale } from "@/lib/reader/locale";
import { getOwnTimeZone } from "@/lib/schedules/queries";
import { localDateOf } from "@/lib/slot-engine/zone";

interface BookingPageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const requireBooking = cache(async (id: string): Promise<BookingView> => {
  const { scope } = await requireOrganizer();
  const booking = isId(id) ? await getOwnBooking(scope, id) : null;
  return booking ?? notFound();
});

export async function generateMetadata({ params }: BookingPageProps): Promise<Metadata> {
  const locale = await getLocale();
  return { title: titleOf(await requireBooking((await params).id), locale) };
}

export default async function BookingPage({ params, searchParams }: BookingPageProps) {
  const locale = await getLocale();
  const words = translator("bookings", locale);
  const booking = await requireBooking((await params).id);
  const { scope } = await requireOrganizer();
  const [timeZone, answers, lines, note, drifts, outOfReach, heldBack, succession, attendance] =
    await Promise.all([
      getOwnTimeZone(scope),
      listGivenAnswers(scope, booking.id),
      listFlight(scope, booking.id),
      getPrivateNote(scope, booking.id),
      listDrifts(scope, booking.id),
      getOutOfReach(scope, booking.id),
      listHeldBack(scope, [booking.id]),
      getSuccession(scope, booking.id),
      getAttendance(scope, booking.id),
    ]);
  const now = Date.now();
  return (
    <>
      <PageHead
        back={{ href: "/account/bookings", label: words("title") }}
        title={titleOf(booking, locale)}
        lead={<When booking={booking} timeZone={timeZone} />}
      />
      <HandedOver answer={(await searchParams).handedOver} hosts={booking.hosts} />
      <NeedsAttention
        booking={booking}
        timeZone={timeZone}
        isOver={booking.endsAt.getTime() <= now}
        drifts={drifts}
        outOfReach={outOfReach}
        held={heldBack.get(booking.id)}
      />
      <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_18rem] lg:gap-12">
        <Aside {...{ booking, timeZone, now, lines, succession, attendance }} />
        <div className="grid min-w-0 content-start gap-8">
          {answers.length > 0 && <BookingAnswers answers={answers} visitorName={booking.visitor.name} />}
          <PrivateNote
            action={saveNote}
            bookingId={booking.id}
            note={note}
            words={{
              label: words("note.label"),
              hint: words("note.hint", { name: booking.visitor.name }),
              optional: translator("common", locale)("optional"),
              save: words("note.save"),
              saving: words("note.saving"),
            }}
          />
          <FlightRecorder
            bookingId={booking.id}
            lines={lines}
            visitorName={booking.visitor.name}
            timeZone={timeZone}
          />
          <EraseVisitor booking={booking} timeZone={timeZone} now={now} erase={eraseData} />
        </div>
      </div>
    </>
  );
}

interface NeedsAttentionProps {
  booking: BookingView;
  timeZone: string;
  isOver: boolean;
  drifts: Awaited<ReturnType<typeof listDrifts>>;
  outOfReach: Awaited<ReturnType<typeof getOutOfReach>>;
  held: HeldBack | undefined;
}

/** What differs from Outlook, can't be reached or waits for a decision. */
function NeedsAttention(props: NeedsAttentionProps) {
  const { booking, timeZone, isOver, drifts, outOfReach, held } = props;
  return (
    <>
      {drifts.length > 0 && (
        <div className="mb-8 grid gap-5">
          {drifts.map((drift) => (
            <DriftCard key={drift.id} drift={drift} timeZone={timeZone} answer={answer} isNamed={false} />
          ))}
        </div>
      )}
      {!isOver && !outOfReach && <OutlookNote booking={booking} repair={repair} />}
      {outOfReach && (
        <div className="mb-8">
          <OutOfReachNote booking={booking} outOfReach={outOfReach} removedByHand={removedByHand} />
        </div>
      )}
      {!isOver && <Waiting booking={booking} held={held} timeZone={timeZone} />}
    </>
  );
}

interface AsideProps {
  booking: BookingView;
  timeZone: string;
  now: number;
  lines: Awaited<ReturnType<typeof listFlight>>;
  succession: Succession | null;
  attendance: AttendanceView | null;
}

/** The facts of the booking and what can be done with it. */
function Aside({ booking, timeZone, now, lines, succession, attendance }: AsideProps) {
  const words = translator("bookings", use(getLocale()));
  return (
    <aside aria-label={words("booking.aside")} className="grid content-start gap-6 lg:order-2">
      <BookingBadge booking={booking} />
      <BookingFacts booking={booking} timeZone={timeZone} attendance={attendance} />
      <Doings booking={booking} timeZone={timeZone} now={now} succession={succession} />
      {canRunLate(booking, now) && (
        <LateForm
          action={organizerIsLate}
          fields={{ bookingId: booking.id }}
          name={booking.visitor.name}
          reportedMinutes={reportedLateness(lines, "organizer", booking.rescheduleCount)}
        />
      )}
    </aside>
  );
}

const titleOf = ({ title, visitor }: BookingView, locale: Locale) => {
  const words = translator("bookings", locale);
  return words("booking.title", { title, name: visitor.name });
};

async function When({ booking: { startsAt, endsAt }, timeZone }: { booking: BookingView; timeZone: string }) {
  const locale = await getLocale();
  const words = translator("bookings", locale);
  return words("booking.rangeOn", {
    day: longDayName(localDateOf(startsAt.getTime(), timeZone), locale),
    range: clockRange(startsAt.getTime(), endsAt.getTime(), timeZone, await readClock(), locale),
    place: placeOf(timeZone, locale),
  });
}

/** What the booking waits for, before any other notification. */
function Waiting({
  booking,
  held,
  timeZone,
}: {
  booking: BookingView;
  held: HeldBack | undefined;
  timeZone: string;
}) {
  const isPending = booking.status === "pending";
  const { meeting, status } = booking;
  if (status === "confirmed" && meeting.status === "ready" && meeting.optionsOutcome !== null) {
    return <UntakenOptions booking={booking} repair={repair} />;
  }
  if (!isPending && !isLinkless(booking)) return null;
  return (
    <div className="mb-8">
      {booking.awaits === "visitor" ? (
        <UnconfirmedVisitor {...{ booking, held, timeZone, decide }} block={block} />
      ) : isPending ? (
        <PendingDecision booking={booking} decide={decide} />
      ) : (
        <MeetingRepair booking={booking} repair={repair} givePlace={sendPlace} />
      )}
    </div>
  );
}

/** What came of handing it over. */
function HandedOver({
  answer,
  hosts,
}: {
  answer: string | string[] | undefined;
  hosts: BookingView["hosts"];
}) {
  const locale = use(getLocale());
  const words = translator("bookings", locale);
  if (answer !== "yes" && answer !== "no") return null;
  const names = listOf(
    hosts.map(({ name }) => name),
    locale,
  );
  return (
    <div className="mb-8">
      <Note tone={answer === "yes" ? "success" : "warning"} role="status">
        {words(answer === "yes" ? "handOver.done" : "handOver.refused", { names })}
      </Note>
    </div>
  );
}

interface DoingsProps {
  booking: BookingView;
  timeZone: string;
  now: number;
  succession: Succession | null;
}

/** What the organizer can do with this booking now. */
function Doings({ booking, timeZone, now, succession }: DoingsProps) {
  const words = translator("bookings", use(getLocale()));
  const { meeting, visitor } = booking;
  const begun = booking.startsAt.getTime() <= now;
  const over = booking.endsAt.getTime() <= now;
  return (
    <div className="grid gap-2 sm:grid-cols-2 lg:grid-cols-1">
      {meeting.joinUrl && !over && (
        <ButtonLink kind="primary" block href={meeting.joinUrl} target="_blank" rel="noreferrer">
          {words(meeting.kind === "teams" ? "booking.join" : "next.openLink")}
        </ButtonLink>
      )}
      {!booking.erasedAt && (
        <ButtonLink block href={`mailto:${visitor.email}`}>
          {words("booking.write", { name: visitor.name })}
        </ButtonLink>
      )}
      {canReschedule(booking, now) && (
        <ButtonLink block href={`/account/bookings/${booking.id}/reschedule`}>
          {words("move.action")}
        </ButtonLink>
      )}
      {meeting.kind === "teams" && meeting.joinUrl && !over && (
        <PostForm action={repair} fields={{ bookingId: booking.id }}>
          <SubmitButton kind="second" block workingLabel={words("repair.working")}>
            {words("repair.again")}
          </SubmitButton>
        </PostForm>
      )}
      {booking.status === "confirmed" && begun && (
        <PostForm action={noteNoShow} fields={{ bookingId: booking.id, noShow: String(!booking.noShowAt) }}>
          <SubmitButton kind="second" block workingLabel={words("noShow.marking")}>
            {words(booking.noShowAt ? "noShow.undo" : "noShow.mark")}
          </SubmitButton>
        </PostForm>
      )}
      {succession && (
        <div id="hand-over" className="grid">
          <HandOver booking={booking} succession={succession} handOver={handOverBooking} />
        </div>
      )}
      {booking.status === "confirmed" && canCancel(booking, now) && (
        <div id="cancel" className="grid">
          <CancelBooking booking={booking} timeZone={timeZone} cancel={cancelBooking} />
        </div>
      )}
    </div>
  );
}
