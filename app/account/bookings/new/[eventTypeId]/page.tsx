import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { bookForVisitor } from "@/app/account/bookings/new/[eventTypeId]/actions";
import { BookForm } from "@/components/booking-page/book-form";
import { DurationChoice } from "@/components/booking-page/duration-choice";
import { SlotPicker } from "@/components/booking-page/slot-picker";
import { PageHead } from "@/components/ui/page-head";
import { requireOrganizer } from "@/lib/auth/guards";
import { onBehalf } from "@/lib/booking/on-behalf";
import { loadPicker } from "@/lib/booking-page/load-picker";
import { readPickerVisit } from "@/lib/booking-page/lost-visit";
import type { SearchParams } from "@/lib/booking-page/picker-query";
import { readClock } from "@/lib/booking-page/visitor";
import { translator } from "@/lib/i18n/translator";
import { getOwnOffer } from "@/lib/offers/offer";
import { getLocale } from "@/lib/reader/locale";

export async function generateMetadata(): Promise<Metadata> {
  const words = translator("bookings", await getLocale());
  return { title: words("onBehalf.title") };
}

interface OnBehalfPageProps {
  params: Promise<{ eventTypeId: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function OnBehalfPage({ params, searchParams }: OnBehalfPageProps) {
  const locale = await getLocale();
  const words = translator("bookings", locale);
  const { eventTypeId } = await params;
  const { scope } = await requireOrganizer();
  const found = await getOwnOffer(scope, eventTypeId);
  if (!found) notFound();
  const offer = onBehalf(found);
  const { organizer, eventType, timeZone } = offer;
  const { lost, query } = await readPickerVisit(await searchParams);
  const now = Date.now();
  const picker = await loadPicker(offer, {
    query,
    browserZone: null,
    usualClock: await readClock(),
    weekStartsOn: 1,
    now,
  });
  const path = `/account/bookings/new/${eventTypeId}`;
  return (
    <div className="-mx-4 md:mx-0">
      <SlotPicker
        picker={picker}
        query={query}
        path={path}
        organizer={{ name: organizer.name, timeZone }}
        zoneNote={words("onBehalf.zoneNote")}
        now={now}
        side={
          <>
            <PageHead
              title={eventType.title}
              back={{ href: "/account/bookings/new", label: words("onBehalf.back") }}
            />
            <p className="text-muted">{words("onBehalf.lead")}</p>
            <p className="text-sm text-muted">{words("onBehalf.zoneHint")}</p>
          </>
        }
        durations={
          <DurationChoice
            durationsMinutes={eventType.durationsMinutes}
            picker={picker}
            query={query}
            path={path}
          />
        }
        headings={{
          day: translator("booking", locale)("month.heading"),
          choice: words("move.choice"),
          details: words("onBehalf.formHeading"),
        }}
      >
        <BookForm
          action={bookForVisitor}
          offer={offer}
          picker={picker}
          query={query}
          lost={lost}
          fields={{ eventTypeId }}
          words={{
            name: words("onBehalf.name"),
            email: words("onBehalf.email"),
            submit: words("onBehalf.submit"),
            working: words("onBehalf.working"),
          }}
        />
      </SlotPicker>
    </div>
  );
}
