import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { moveOwnBooking } from "@/app/account/bookings/[id]/reschedule/actions";
import { slotFormWords } from "@/components/booking-page/form-words";
import { MoveForm } from "@/components/booking-page/move-form";
import { SlotPicker } from "@/components/booking-page/slot-picker";
import { ButtonLink } from "@/components/ui/button";
import { PageHead } from "@/components/ui/page-head";
import { requireOrganizer } from "@/lib/auth/guards";
import { withoutNotice } from "@/lib/booking/on-behalf";
import { loadPicker } from "@/lib/booking-page/load-picker";
import { lostSlotState, readLostVisit, withLostChoice } from "@/lib/booking-page/lost-visit";
import { getMoveOffer } from "@/lib/booking-page/offers";
import { readPickerQuery, type SearchParams } from "@/lib/booking-page/picker-query";
import { readClock } from "@/lib/booking-page/visitor";
import { canReschedule } from "@/lib/booking-record/policy";
import { getOwnBooking } from "@/lib/booking-record/queries";
import { clockRange, longDayName } from "@/lib/format/spoken-time";
import { translator } from "@/lib/i18n/translator";
import { isId } from "@/lib/input/id";
import { getLocale } from "@/lib/reader/locale";
import { localDateOf } from "@/lib/slot-engine/zone";

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
  const [start, end] = [booking.startsAt.getTime(), booking.endsAt.getTime()];
  const { timeZone } = booking.organizer;
  const lost = await readLostVisit();
  const query = readPickerQuery(withLostChoice(await searchParams, lost));
  const isFresh = !query.date && !query.month && query.startsAt === null;
  const date = localDateOf(start, query.timeZone ?? timeZone);
  const picker = await loadPicker(withoutNotice(move.offer), {
    query: isFresh ? { ...query, date, month: date.slice(0, 7) } : query,
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
        currentStart={start}
        side={
          <>
            <PageHead {...head} />
            <p>
              {words("move.now", {
                day: longDayName(localDateOf(start, picker.timeZone), locale),
                range: clockRange(start, end, picker.timeZone, picker.clock),
              })}
            </p>
            <p className="text-muted">{words("move.lead", { name })}</p>
          </>
        }
        headings={{
          day: words("move.heading"),
          choice: words("move.choice"),
          details: words("move.details"),
        }}
      >
        <MoveForm
          action={moveOwnBooking}
          initial={lostSlotState(lost, {
            locale,
            organizer: booking.organizer,
            timeZone: picker.timeZone,
            clock: picker.clock,
          })}
          hidden={{ bookingId: id, timeZone: picker.timeZone, clock: picker.clock }}
          requestKey={randomUUID()}
          reason={{
            bookingId: id,
            label: words("move.message", { name }),
            hint: words("move.messageHint"),
            optional: translator("common", locale)("optional"),
          }}
          words={{
            ...slotFormWords("move", locale),
            submit: words("move.submit"),
            working: words("move.working"),
            time: translator("booking", locale)("form.time"),
          }}
        />
      </SlotPicker>
    </div>
  );
}
