import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AppointmentTime } from "@/components/booking-page/appointment-time";
import { capabilityPage } from "@/components/booking-page/capability-page";
import { FrameMessages } from "@/components/booking-page/frame-messages";
import { LuggageTag } from "@/components/booking-page/luggage-tag";
import { VisitBadge } from "@/components/booking-page/visit-badge";
import { VisitFacts } from "@/components/booking-page/visit-facts";
import { LookAgain, leadOf } from "@/components/booking-page/visit-head";
import { FrameShell } from "@/components/layout/frame-shell";
import { ButtonLink } from "@/components/ui/button";
import { currentPath } from "@/lib/auth/guards";
import { framePath, readFrame, readFrameLook } from "@/lib/booking-page/frame";
import { getPageOffer } from "@/lib/booking-page/offers";
import { writeInstant, writePickerQuery } from "@/lib/booking-page/picker-query";
import { getRedirect } from "@/lib/booking-page/redirect";
import { readVisitor } from "@/lib/booking-page/visitor";
import { listVisitorAnswers } from "@/lib/booking-record/given-answers";
import { visitStateOf } from "@/lib/booking-record/visit-state";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { bookingOfPage } from "@/lib/reader/page-bookings";

interface BookedPageProps {
  params: Promise<{ handle: string; slug: string; token: string }>;
}

export async function generateMetadata({ params }: BookedPageProps): Promise<Metadata> {
  const booking = await bookingOfPage((await params).token);
  const words = translator("booking", await getLocale());
  if (!booking) return { ...capabilityPage, title: words("lost.visit.title") };
  const { title, organizer } = booking;
  return { ...capabilityPage, title: words("visit.title", { title, name: organizer.name }) };
}

/**
 * What was booked in this frame. It shows the booking and changes nothing: the page that does, `/booking/{token}`, refuses every frame and
 * opens in a window of its own.
 */
export default async function BookedPage({ params }: BookedPageProps) {
  const { handle, slug, token } = await params;
  const booking = await bookingOfPage(token);
  const offer = await getPageOffer(handle, slug);
  // A page that some website may show shows that event type's bookings alone.
  if (!booking || !offer || booking.eventType?.id !== offer.eventType.id) notFound();
  const locale = await getLocale();
  const words = translator("booking", locale);
  const { clock } = await readVisitor(booking.visitor.locale);
  const { id, title, organizer, visitor, startsAt, endsAt } = booking;
  const state = visitStateOf(booking, Date.now());
  const lead = leadOf(booking, state, clock, locale);
  const heading = words("visit.title", { title, name: organizer.name });
  const look = readFrameLook(readFrame(await currentPath())?.query ?? new URLSearchParams());
  const site = booking.awaits === "visitor" ? null : await getRedirect(id);
  return (
    <FrameShell handle={handle} pageHref={`/booking/${token}`} label={heading}>
      <FrameMessages
        origins={offer.eventType.embedOrigins}
        isPreview={look.preview !== undefined}
        words={{ title: heading, close: words("frame.close") }}
        booked={{ id, start: writeInstant(startsAt.getTime()), end: writeInstant(endsAt.getTime()) }}
      />
      <div className="wide w-full max-w-[44rem] py-6">
        <LuggageTag
          size="lg"
          foot={
            <div className="grid gap-3">
              <div className="flex flex-wrap gap-3">
                {site && (
                  <ButtonLink href={site} kind="primary" target="_top" rel="noreferrer">
                    {words("frame.go", { site: new URL(site).host })}
                  </ButtonLink>
                )}
                <ButtonLink
                  href={`/booking/${token}`}
                  kind={site ? "second" : "primary"}
                  target="_blank"
                  rel="noopener noreferrer"
                >
                  {words("frame.manage")}
                </ButtonLink>
                <ButtonLink
                  href={`${framePath({ handle, slug })}${writePickerQuery({ kept: { ...look } })}`}
                  kind="quiet"
                >
                  {words("frame.another")}
                </ButtonLink>
              </div>
              <p className="text-sm text-muted">{words("frame.manageHint")}</p>
            </div>
          }
        >
          <div className="grid gap-6">
            <div className="grid justify-items-start gap-2.5 pe-9 md:pe-14">
              <VisitBadge state={state} organizerName={organizer.name} />
              <h1>{heading}</h1>
              {lead && <p className="max-w-[60ch] text-muted">{lead}</p>}
            </div>
            <div className="grid gap-3">
              <AppointmentTime
                booking={booking}
                dayClassName="text-lg font-semibold"
                visitorZone={visitor.timeZone}
                organizer={organizer}
                clock={clock}
              />
            </div>
            <VisitFacts booking={booking} answers={await listVisitorAnswers(id)} />
          </div>
        </LuggageTag>
      </div>
      <LookAgain state={state} />
    </FrameShell>
  );
}
