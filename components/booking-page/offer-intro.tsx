import {
  CalendarDotsIcon,
  ClockIcon,
  HourglassMediumIcon,
  SealCheckIcon,
  UserIcon,
  UsersThreeIcon,
} from "@phosphor-icons/react/ssr";
import { type ReactNode, use } from "react";
import { placeGlyphs } from "@/components/booking-page/place-glyphs";
import { Logo } from "@/components/brand/logo";
import { type Glyph, Icon } from "@/components/ui/icon";
import { Seal } from "@/components/ui/seal";
import type { Picker } from "@/lib/booking-page/load-picker";
import { listOf } from "@/lib/format/lists";
import { clockTime } from "@/lib/format/spoken-time";
import { translator } from "@/lib/i18n/translator";
import type { Offer } from "@/lib/offers/offer";
import { brandOfPage } from "@/lib/reader/brand";
import { getLocale } from "@/lib/reader/locale";

interface OfferIntroProps {
  offer: Offer;
  picker: Picker;
  /** The host who was chosen. */
  person?: { name: string } | null;
  /** In another website's frame: nothing leads away. */
  isFramed?: boolean | undefined;
}

/** Who it is with, what it is, how long, and where. */
export function OfferIntro({ offer, picker, person = null, isFramed = false }: OfferIntroProps) {
  const locale = use(getLocale());
  const words = translator("booking", locale);
  const { organizer, eventType } = offer;
  const always = offer.hosts.filter(({ kind }) => kind === "fixed").map((host) => host.name);
  const people = eventType.teamId === null ? [] : [...new Set([...always, ...(person ? [person.name] : [])])];
  const { name } = organizer;
  const { kind } = eventType.location;
  return (
    <>
      <Introduction owner={organizer} title={eventType.title} />
      {eventType.description && (
        <p className="max-w-[68ch] whitespace-pre-line">
          <bdi>{eventType.description}</bdi>
        </p>
      )}
      <ul className="grid gap-2.5 text-sm">
        {people.length > 0 && (
          <Fact glyph={UserIcon}>{words("page.with", { names: listOf(people, locale) })}</Fact>
        )}
        <Fact glyph={ClockIcon}>{words("minutes", { minutes: picker.durationMinutes })}</Fact>
        <Fact glyph={placeGlyphs[kind]}>
          {words(`place.${kind}`)}
          {". "}
          <span className="text-muted">{words(`place.${kind}Hint`, { name })}</span>
        </Fact>
        {kind === "teams" && <Fact glyph={SealCheckIcon}>{words("page.verified")}</Fact>}
        {eventType.requiresApproval && (
          <Fact glyph={HourglassMediumIcon}>{words("page.approval", { name })}</Fact>
        )}
        {(eventType.seats ?? 1) > 1 && (
          <Fact glyph={UsersThreeIcon}>{words("page.seats", { seats: eventType.seats ?? 1 })}</Fact>
        )}
        {picker.calendarAsOf && (
          <Fact glyph={CalendarDotsIcon}>
            {words("page.asOf", {
              time: clockTime(picker.calendarAsOf.getTime(), picker.timeZone, picker.clock, locale),
              name,
            })}
          </Fact>
        )}
      </ul>
      {!isFramed && (
        <p className="text-sm">
          <a href={`/${organizer.handle}`}>{words("page.others", { name })}</a>
        </p>
      )}
    </>
  );
}

/** Logo, seal and name of whoever's page it is, with its title. Who has a logo and no picture needs no seal. */
export function Introduction({ owner, title }: { owner: { name: string; handle: string }; title: string }) {
  const { name, logo, picture } = use(brandOfPage(owner.handle));
  const hasSeal = picture !== null || logo === null;
  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-4 gap-y-3.5 lg:grid-cols-1 lg:items-start">
      {logo && (
        <div className="col-span-full">
          <Logo logo={logo} size="lg" />
        </div>
      )}
      {hasSeal && <Seal name={name} pictureUrl={picture?.path} size="lg" />}
      <div className={hasSeal ? "" : "col-span-full"}>
        <p className="text-muted">{name}</p>
        <h1 className="mt-0.5">{title}</h1>
      </div>
    </div>
  );
}

/** An icon and a line. */
export function Fact({ glyph, children }: { glyph: Glyph; children: ReactNode }) {
  return (
    <li className="grid grid-cols-[1.25rem_minmax(0,1fr)] gap-3">
      <Icon glyph={glyph} className="text-muted" />
      <span>{children}</span>
    </li>
  );
}
