import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { moveOwnBooking } from "@/app/account/bookings/[id]/reschedule/actions";
import { CurrentTime } from "@/components/booking-page/current-time";
import { slotFormWords } from "@/components/booking-page/form-words";
import { MoveForm } from "@/components/booking-page/move-form";
import { pickedForm } from "@/components/booking-page/picked-form";
import { SlotPicker } from "@/components/booking-page/slot-picker";
import { ButtonLink } from "@/components/ui/button";
import { PageHead } from "@/components/ui/page-head";
import { requireOrganizer } from "@/lib/auth/guards";
import { withoutNotice } from "@/lib/booking/on-behalf";
import { loadPicker } from "@/lib/booking-page/load-picker";
import { readPickerVisit } from "@/lib/booking-page/lost-visit";
import { getMoveOffer } from "@/lib/booking-page/offers";
import { openAtBooking, type SearchParams } from "@/lib/booking-page/picker-query";
import { readClock } from "@/lib/booking-page/visitor";
import { canReschedule } from "@/lib/booking-record/policy";
import { getOwnBooking } from "@/lib/booking-record/queries";
import { translator } from "@/lib/i18n/translator";
import { isId } from "@/lib/input/id";
import { getLocale } from "@/lib/reader/locale";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("bookings", await getLocale());
  return { title: words("move.action") };
}

interface MovePageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function MovePage({ params, searchParams }: MovePageProps) {
  const locale = await getLocale();
  const words = translator("bookings", locale);
  const shared = translator("booking", locale);
  const { id } = await params;
  const { scope } = await requireOrganizer();
  const booking = isId(id) ? await getOwnBooking(scope, id) : null;
  if (!booking) notFound();
  const now = Date.now();
  const page = `/account/bookings/${id}`;
  if (!canReschedule(booking, now)) redirect(page);
  const { name } = booking.visitor;
  const head = { title: words("move.title", { name }), back: { href: page, label: words("move.back") } };
  const move = await getMoveOffer(id);
  if (!move) {
    return (
      <>
        <PageHead {...head} title={words("move.closedTitle")} lead={words("move.closed", { name })} />
        <ButtonLink href={page}>{words("move.back")}</ButtonLink>
      </>
    );
  }
  const { lost, query } = await readPickerVisit(await searchParams);
  const picker = await loadPicker(withoutNotice(move.offer), {
    query: openAtBooking(query, booking.startsAt, booking.organizer.timeZone),
    browserZone: null,
    usualClock: await readClock(),
    weekStartsOn: 1,
    now,
    moving: { durationMinutes: move.durationMinutes, meetingId: move.meetingId },
  });
  return (
    <div className="-mx-4 md:mx-0">
      <SlotPicker
        picker={picker}
        query={query}
        path={`${page}/reschedule`}
        organizer={{ name, timeZone: booking.visitor.timeZone }}
        zoneNote={words("onBehalf.zoneNote")}
        now={now}
        currentStart={booking.startsAt.getTime()}
        side={
          <>
            <PageHead {...head} />
            <CurrentTime booking={booking} picker={picker} />
            <p className="text-muted">{words("move.lead", { name })}</p>
          </>
        }
        headings={{
          day: shared("move.heading"),
          choice: words("move.choice"),
          details: shared("move.confirm"),
        }}
      >
        <MoveForm
          {...pickedForm({ picker, lost, locale, organizer: booking.organizer, fields: { bookingId: id } })}
          action={moveOwnBooking}
          reason={{
            bookingId: id,
            label: words("move.message", { name }),
            hint: words("move.messageHint"),
            optional: translator("common", locale)("optional"),
          }}
          words={{ ...slotFormWords("move", locale), time: shared("form.time") }}
        />
      </SlotPicker>
    </div>
  );
}
