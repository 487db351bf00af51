import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { use } from "react";
import { moveVisit } from "@/app/booking/[token]/reschedule/actions";
import { CurrentTime } from "@/components/booking-page/current-time";
import { slotFormWords } from "@/components/booking-page/form-words";
import { MoveForm } from "@/components/booking-page/move-form";
import { Introduction } from "@/components/booking-page/offer-intro";
import { pickedForm } from "@/components/booking-page/picked-form";
import { SlotPicker } from "@/components/booking-page/slot-picker";
import { houseOf, PublicShell } from "@/components/layout/public-shell";
import { ButtonLink } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { loadPicker } from "@/lib/booking-page/load-picker";
import { readPickerVisit } from "@/lib/booking-page/lost-visit";
import { getMoveOffer } from "@/lib/booking-page/offers";
import { openAtBooking, type SearchParams } from "@/lib/booking-page/picker-query";
import { readVisitor } from "@/lib/booking-page/visitor";
import { visitorMay } from "@/lib/booking-record/change-policy";
import type { BookingView } from "@/lib/booking-record/queries";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { bookingOfPage } from "@/lib/reader/page-bookings";
import { stampForm } from "@/lib/shield/form-age";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("booking", await getLocale());
  return { title: words("move.heading") };
}

interface ReschedulePageProps {
  params: Promise<{ token: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function ReschedulePage({ params, searchParams }: ReschedulePageProps) {
  const locale = await getLocale();
  const words = translator("booking", locale);
  const { token } = await params;
  const booking = await bookingOfPage(token);
  if (!booking) notFound();
  const now = Date.now();
  const { changePolicy } = booking;
  if (visitorMay("reschedule", booking, changePolicy, now) !== "yes") redirect(`/booking/${token}`);
  const move = await getMoveOffer(booking.id);
  if (!move || !booking.organizer.takesBookings) {
    return <Closed booking={booking} token={token} />;
  }
  const visitor = await readVisitor(booking.visitor.locale);
  const { lost, query } = await readPickerVisit(await searchParams);
  const picker = await loadPicker(move.offer, {
    query: openAtBooking(query, booking.startsAt, visitor.zone ?? booking.visitor.timeZone),
    browserZone: visitor.zone ?? booking.visitor.timeZone,
    usualClock: visitor.clock,
    weekStartsOn: visitor.weekStartsOn,
    now,
    moving: { durationMinutes: move.durationMinutes, meetingId: move.meetingId },
  });
  const { organizer, startsAt, title } = booking;
  const { requiresApproval, rescheduleNeedsApproval } = move.offer.eventType;
  const needsApproval = booking.status === "confirmed" && requiresApproval && rescheduleNeedsApproval;
  return (
    <PublicShell {...houseOf(booking)} skip={words("page.skip")}>
      <SlotPicker
        picker={picker}
        query={query}
        path={`/booking/${token}/reschedule`}
        organizer={organizer}
        now={now}
        findsZone
        currentStart={startsAt.getTime()}
        side={
          <>
            <Introduction owner={booking.team ?? organizer} title={words("move.title", { title })} />
            <CurrentTime booking={booking} picker={picker} />
            <p className="text-muted">
              {needsApproval ? words("move.leadApproval", { name: organizer.name }) : words("move.lead")}
            </p>
            <p className="text-sm">
              <a href={`/booking/${token}`}>{words("move.back")}</a>
            </p>
          </>
        }
        headings={{
          day: words("move.heading"),
          choice: words("choice.newHeading"),
          details: words("move.confirm"),
        }}
      >
        <MoveForm
          {...pickedForm({ picker, lost, locale, organizer, fields: { token, openedAt: stampForm(now) } })}
          action={moveVisit}
          reason={
            changePolicy.reason === "none"
              ? null
              : {
                  bookingId: booking.id,
                  label: words("cancelPage.reason", { name: organizer.name }),
                  hint: words("move.reasonHint"),
                  optional:
                    changePolicy.reason === "optional" ? translator("common", locale)("optional") : undefined,
                }
          }
          words={{ ...slotFormWords("move", locale), time: words("form.time") }}
        />
      </SlotPicker>
    </PublicShell>
  );
}

function Closed({ booking, token }: { booking: BookingView; token: string }) {
  const { name, takesBookings } = booking.organizer;
  const words = translator("booking", use(getLocale()));
  return (
    <PublicShell {...houseOf(booking)} bar>
      <div className="wide w-full py-6 md:py-14">
        <Panel className="mx-auto grid max-w-[36rem] justify-items-start gap-5">
          <h1>{words("move.closedTitle")}</h1>
          <p>{words(takesBookings ? "move.closed" : "move.shut", { name })}</p>
          <ButtonLink href={`/booking/${token}`}>{words("move.back")}</ButtonLink>
        </Panel>
      </div>
    </PublicShell>
  );
}
