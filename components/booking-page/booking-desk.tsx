import { cookies } from "next/headers";
import type { ComponentProps } from "react";
import { BookForm } from "@/components/booking-page/book-form";
import { DurationChoice } from "@/components/booking-page/duration-choice";
import { HostChoice } from "@/components/booking-page/host-choice";
import { OfferIntro } from "@/components/booking-page/offer-intro";
import { OwnCalendarPart } from "@/components/booking-page/own-calendar";
import { ProofOfWork } from "@/components/booking-page/proof-of-work";
import { SlotHold } from "@/components/booking-page/slot-hold";
import { SlotPicker } from "@/components/booking-page/slot-picker";
import { holderHashOf } from "@/lib/booking-page/hold-key";
import { loadPicker, type Picker } from "@/lib/booking-page/load-picker";
import { offerInLanguage } from "@/lib/booking-page/offers";
import {
  isTaken,
  type OwnCalendar,
  offersOwnCalendar,
  ownCalendarCookie,
  readOwnCalendar,
} from "@/lib/booking-page/own-calendar";
import { writePickerQuery } from "@/lib/booking-page/picker-query";
import { readVisitor } from "@/lib/booking-page/visitor";
import { translator } from "@/lib/i18n/translator";
import { readUtm, writeUtm } from "@/lib/input/utm";
import { countVisit } from "@/lib/insights/visit";
import { choosableHosts, withHost } from "@/lib/offers/host-choice";
import type { Offer } from "@/lib/offers/offer";
import { getLocale } from "@/lib/reader/locale";
import { stampForm } from "@/lib/shield/form-age";

interface BookingDeskProps extends Pick<ComponentProps<typeof BookForm>, "action" | "lost" | "query"> {
  offer: Offer;
  /** The address of the page, without its query. */
  path: string;
  /** The zone (IANA) of the visitor's browser where its cookies don't say it. */
  browserZone?: string | undefined;
  /** In another website's frame: nothing leads away. */
  isFramed?: boolean;
  /** Why the visitor's own calendar couldn't be read, where they have just tried. */
  calendarProblem?: ComponentProps<typeof OwnCalendarPart>["problem"];
}

/** The starts of what falls into time that the visitor isn't free. */
function takenStarts(calendar: OwnCalendar | null, { days }: Picker): ReadonlySet<number> {
  if (!calendar) return new Set();
  const taken = days.flatMap(({ slots }) => slots.filter((slot) => isTaken(calendar, slot)));
  return new Set(taken.map(({ start }) => start));
}

/** All of a booking page but what is around it: who and what, the day and the time, and the form. */
export async function BookingDesk({ offer: offered, query, path, ...props }: BookingDeskProps) {
  const locale = await getLocale();
  const whole = offerInLanguage(offered, locale);
  const people = choosableHosts(whole);
  const person = people.find((one) => one.handle === query.host) ?? null;
  const offer = (person && withHost(whole, person.handle)) ?? whole;
  const visitor = await readVisitor();
  const now = Date.now();
  const picker = await loadPicker(offer, {
    query,
    browserZone: visitor.zone ?? props.browserZone ?? null,
    usualClock: visitor.clock,
    weekStartsOn: visitor.weekStartsOn,
    holderHash: holderHashOf(visitor.holdKey),
    now,
  });
  const offersCalendar = !props.isFramed && (await offersOwnCalendar());
  const calendar = offersCalendar
    ? await readOwnCalendar((await cookies()).get(ownCalendarCookie)?.value)
    : null;
  const words = translator("booking", locale);
  const { organizer, eventType, timeZone } = offer;
  await countVisit(eventType.id, timeZone, {
    hasForm: picker.startsAt !== null,
    hasTimes: picker.days.some(({ slots }) => slots.length > 0),
  });
  const fields = {
    handle: organizer.handle,
    slug: eventType.slug,
    ...(query.link ? { link: query.link } : {}),
    ...(person ? { host: person.handle } : {}),
  };
  const cameFrom = writeUtm(readUtm((name) => query.kept[name]));
  return (
    <SlotPicker
      picker={picker}
      query={query}
      path={path}
      organizer={{ name: organizer.name, timeZone }}
      now={now}
      findsZone
      ownCalendar={
        offersCalendar && (
          <OwnCalendarPart
            calendar={calendar}
            problem={props.calendarProblem ?? null}
            returnTo={`${path}${writePickerQuery(query)}`}
            timeZone={picker.timeZone}
          />
        )
      }
      taken={takenStarts(calendar, picker)}
      side={<OfferIntro offer={offer} picker={picker} person={person} isFramed={props.isFramed} />}
      durations={
        <>
          <HostChoice people={people} person={person} picker={picker} query={query} path={path} />
          <DurationChoice
            durationsMinutes={eventType.durationsMinutes}
            picker={picker}
            query={query}
            path={path}
          />
        </>
      }
      headings={{
        day: words("month.heading"),
        choice: words("choice.heading"),
        details: words("form.heading"),
      }}
    >
      <SlotHold
        request={{ ...fields, durationMinutes: picker.durationMinutes }}
        timeZone={picker.timeZone}
        clock={picker.clock}
        words={{ held: words("hold.held", { time: "{time}" }), ended: words("hold.ended") }}
      />
      <ProofOfWork formId="book" page={{ handle: organizer.handle, slug: eventType.slug }} />
      <BookForm
        action={props.action}
        offer={offer}
        picker={picker}
        query={query}
        lost={props.lost}
        fields={{ ...fields, ...cameFrom, openedAt: stampForm(now) }}
      />
    </SlotPicker>
  );
}
